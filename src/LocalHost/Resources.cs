namespace LocalHosting;

// The nouns of the app model, as far as AppHost.cs uses them. The names are Aspire's, the machinery is not: a resource here
// knows which local processes make it up and what others are told about it.

internal interface IResource
{
    string Name { get; }
}

internal interface IResourceWithConnectionString : IResource
{
    string ConnectionString { get; }

    /// <summary>The parts of the connection string, each handed out as a variable of its own.</summary>
    IEnumerable<(string Name, string Value)> Properties { get; }
}

internal interface IResourceWithServiceDiscovery : IResource
{
    IEnumerable<(string Name, string Address)> Addresses { get; }
}

internal interface IResourceWithContainerFiles : IResource;

internal interface IProjectMetadata
{
    string ProjectPath { get; }
}

internal abstract class Resource(string name) : IResource
{
    public string Name => name;

    /// <summary>What has to be ready before this starts.</summary>
    public List<Resource> Waits { get; } = [];

    /// <summary>The resource whose processes carry this one.</summary>
    public virtual Resource Carrier => this;

    public virtual IEnumerable<ProcessSpec> Processes() => [];
}

internal sealed class ParameterResource(string name, Func<string> value) : Resource(name)
{
    public string Value => value();
}

internal sealed class ComputeEnvironmentResource(string name) : Resource(name);

/// <summary>One of the three servers: loopback only, a port and a password of its own, kept in the state folder.</summary>
internal abstract class ServerResource(string name, StateFolder state) : Resource(name), IResourceWithConnectionString
{
    protected StateFolder State => state;

    public int Port => state.Port(Name);

    public string Password => state.Secret($"{Name}-password", 24);

    public string Folder => Path.Combine(state.Root, Name);

    public bool Throwaway => state.ServersOnly;

    public List<string> Arguments { get; } = [];

    public abstract string ConnectionString { get; }

    public abstract IEnumerable<(string Name, string Value)> Properties { get; }
}

internal sealed class PostgresServerResource(string name, StateFolder state) : ServerResource(name, state)
{
    public override string ConnectionString => $"Host=127.0.0.1;Port={Port};Username=postgres;Password={Password}";

    public override IEnumerable<(string Name, string Value)> Properties =>
    [
        ("HOST", "127.0.0.1"), ("PORT", $"{Port}"), ("USERNAME", "postgres"), ("PASSWORD", Password),
        ("URI", $"postgresql://postgres:{Password}@127.0.0.1:{Port}"), ("JDBCCONNECTIONSTRING", $"jdbc:postgresql://127.0.0.1:{Port}"),
    ];

    public override IEnumerable<ProcessSpec> Processes() => [Postgres.Process(this)];
}

/// <summary>A name for a database; the service that comes first creates it.</summary>
internal sealed class PostgresDatabaseResource(string name, string database, PostgresServerResource server) : Resource(name), IResourceWithConnectionString
{
    public override Resource Carrier => server;

    public string ConnectionString => $"{server.ConnectionString};Database={database}";

    public IEnumerable<(string Name, string Value)> Properties =>
        server.Properties
            .Select(part => part.Name is "URI" or "JDBCCONNECTIONSTRING" ? (part.Name, $"{part.Value}/{database}") : part)
            .Append(("DATABASENAME", database));
}

internal sealed class RabbitMQServerResource(string name, StateFolder state) : ServerResource(name, state)
{
    public bool Management { get; set; }

    public int DistributionPort => State.Port($"{Name}/distribution");

    public int EpmdPort => State.Port($"{Name}/epmd");

    public int ManagementPort => State.Port($"{Name}/management");

    public override string ConnectionString => $"amqp://guest:{Password}@127.0.0.1:{Port}";

    public override IEnumerable<(string Name, string Value)> Properties =>
        [("HOST", "127.0.0.1"), ("PORT", $"{Port}"), ("USERNAME", "guest"), ("PASSWORD", Password), ("URI", ConnectionString)];

    public override IEnumerable<ProcessSpec> Processes() => RabbitMq.Processes(this);
}

internal sealed class RedisResource(string name, StateFolder state) : ServerResource(name, state)
{
    public override string ConnectionString => $"127.0.0.1:{Port},password={Password}";

    public override IEnumerable<(string Name, string Value)> Properties =>
        [("HOST", "127.0.0.1"), ("PORT", $"{Port}"), ("PASSWORD", Password), ("URI", $"redis://:{Password}@127.0.0.1:{Port}")];

    public override IEnumerable<ProcessSpec> Processes() => [Redis.Process(this)];
}

/// <param name="FixedPort">A port that is part of the contract; null: one is chosen and kept.</param>
/// <param name="Variable">The variable that tells the process its port; null: it is in ASPNETCORE_URLS.</param>
internal sealed record Endpoint(string Name, int? FixedPort, string? Variable);

internal sealed record EndpointReference(IResourceWithServiceDiscovery Resource, string Name)
{
    public string Address => Resource.Addresses.Single(address => address.Name == Name).Address;
}

/// <summary>A program of ours that others find by name.</summary>
internal abstract class AppResource(string name, StateFolder state) : Resource(name), IResourceWithServiceDiscovery
{
    protected StateFolder State => state;

    public List<(string Name, Func<string> Value)> Variables { get; } = [];

    public List<Endpoint> Endpoints { get; } = [];

    public string? HealthPath { get; set; }

    public bool External { get; set; }

    /// <summary>Where others find it. With replicas that is the first one: there is no proxy in front of them here.</summary>
    public IEnumerable<(string Name, string Address)> Addresses =>
        Endpoints.Select(endpoint => (endpoint.Name, $"http://127.0.0.1:{Port(endpoint)}"));

    protected int Port(Endpoint endpoint, int replica = 1) =>
        endpoint.FixedPort is { } fixedPort ? state.FixedPort ?? fixedPort
        : state.Port(Name + (endpoint.Name == "http" ? "" : $"/{endpoint.Name}") + (replica == 1 ? "" : $"/{replica}"));
}

internal sealed class ProjectResource(string name, string projectPath, StateFolder state) : AppResource(name, state)
{
    public int Replicas { get; set; } = 1;

    /// <summary>What the process finds in its environment, beside what it inherits.</summary>
    public IEnumerable<(string Name, string Value)> EnvironmentOf(int replica)
    {
        var host = External ? "localhost" : "127.0.0.1";
        var urls = Endpoints.Where(endpoint => endpoint.Variable is null).Select(endpoint => $"http://{host}:{Port(endpoint, replica)}");
        return
        [
            .. Variables.Select(variable => (variable.Name, variable.Value())),
            .. Endpoints.Where(endpoint => endpoint.Variable is not null).Select(endpoint => (endpoint.Variable!, $"{Port(endpoint, replica)}")),
            ("ASPNETCORE_URLS", string.Join(';', urls)),
            ("OTEL_SERVICE_NAME", Name),
            ("LOGGING__CONSOLE__FORMATTERNAME", "simple"),
            ("LOGGING__CONSOLE__FORMATTEROPTIONS__SINGLELINE", "true"),
        ];
    }

    public override IEnumerable<ProcessSpec> Processes()
    {
        var folder = Path.GetDirectoryName(projectPath)!;
        var assembly = Path.Combine(folder, "bin", StateFolder.BuildConfiguration, "net10.0", Path.GetFileNameWithoutExtension(projectPath) + ".dll");
        for (var replica = 1; replica <= Replicas; replica++)
        {
            var address = $"http://127.0.0.1:{Port(Endpoints[0], replica)}";
            yield return new ProcessSpec(Replicas == 1 ? Name : $"{Name}-{replica}", "dotnet", [assembly])
            {
                Folder = folder,
                Variables = [.. EnvironmentOf(replica)],
                IsReady = HealthPath is null ? Probe.Port(new Uri(address).Port) : Probe.Http(address + HealthPath),
                Address = address,
            };
        }
    }
}

/// <summary>The development server of the web app; runs only with <c>--watch</c>. Otherwise the gateway serves the built files.</summary>
internal sealed class ViteAppResource(string name, string folder, StateFolder state) : AppResource(name, state), IResourceWithContainerFiles
{
    public override IEnumerable<ProcessSpec> Processes()
    {
        if (!State.Watch)
        {
            return [];
        }

        var port = Port(Endpoints[0]);
        return
        [
            new ProcessSpec(Name, "npm", ["run", "dev", "--", "--host", "127.0.0.1", "--port", $"{port}", "--strictPort"])
            {
                Folder = folder,
                Variables = [.. Variables.Select(variable => (variable.Name, variable.Value())), ("PORT", $"{port}"), ("NODE_ENV", "development")],
                IsReady = Probe.Port(port),
                Address = $"http://127.0.0.1:{port}",
            },
        ];
    }
}
