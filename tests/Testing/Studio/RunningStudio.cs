using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography;
using Npgsql;
using ServiceDefaults.Identity;

namespace Testing.Studio;

/// <summary>
/// The whole studio as processes of its own on the real servers, with a database, a virtual host and a media folder of its own. Environment as the
/// app host gives it.
/// </summary>
/// <param name="settings">Environment variables for all services, for example <c>Providers__Default</c>; <c>{gateway}</c> stands for the gateway's address.</param>
/// <param name="replicas">Processes of a service, where it is more than one.</param>
public sealed class RunningStudio(IReadOnlyDictionary<string, string> settings, IReadOnlyDictionary<string, int>? replicas = null) : IAsyncDisposable
{
    private readonly TestDatabase _database = TestDatabase.Fresh();
    private readonly List<ServiceProcess> _services = [];
    private readonly string _folder = Directory.CreateTempSubdirectory("studio-").FullName;
    private TestVhost? _vhost;
    private string _redis = string.Empty;
    private readonly string _signingKey = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
    private Uri _pipelines = null!;

    public const string PipelineService = "PipelineService";
    public const string CostService = "CostService";
    public const string EnhancerService = "EnhancerService";
    public const string ImageWorker = "ImageWorker";
    public const string VideoWorker = "VideoWorker";
    public const string Gateway = "Gateway";

    /// <summary>Of the gateway, for example http://127.0.0.1:40123.</summary>
    public Uri Address { get; private set; } = null!;

    public string ApiKey { get; } = "pk_demo_" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    public StudioClient Client { get; private set; } = null!;

    /// <summary>What the no-op provider was asked.</summary>
    public string JournalPath => Path.Combine(_folder, "submits.log");

    public IReadOnlyList<ServiceProcess> Services => _services;

    /// <summary>The virtual host's name.</summary>
    public string Vhost => _vhost!.Name;

    /// <param name="replica">From 0.</param>
    public ServiceProcess Service(string project, int replica = 0) => _services.Where(service => service.Project == project).ElementAt(replica);

    public int Replicas(string project) => replicas?.GetValueOrDefault(project, 1) ?? 1;

    /// <summary>Of the services as they run now.</summary>
    public IReadOnlyList<int> ProcessIds => [.. _services.Select(service => service.Id)];

    public async Task StartAsync()
    {
        _vhost = await TestVhost.CreateAsync();
        var ports = new Queue<int>(FreePorts(7 + (replicas?.Values.Sum() ?? 0)));
        var grpc = ports.Dequeue();
        var common = new Dictionary<string, string>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["DOTNET_GCgen0size"] = "0x1000000",
            // A studio lives for minutes: measuring its code in order to make it faster later does not pay.
            ["DOTNET_TieredPGO"] = "0",
            ["ConnectionStrings__postgres"] = _database.ConnectionString,
            ["ConnectionStrings__rabbitmq"] = _vhost.Uri,
            ["ConnectionStrings__redis"] = _redis = await TestServers.EmptyRedisAsync(),
            ["Internal__SigningKey"] = _signingKey,
            ["Media__Root"] = Path.Combine(_folder, "media"),
            ["Keys__Ring"] = Path.Combine(_folder, "keys"),
            ["services__costservice__grpc__0"] = Local(grpc),
            ["Frontend__Root"] = Path.Combine(Repository.Root, "src", "Frontend", "dist"),
            ["Providers__NoOp__JournalPath"] = JournalPath,
            // Tests look every few milliseconds.
            ["RateLimits__PerMinute"] = "60000",
            ["RateLimits__Burst"] = "10000",
        };
        var addresses = new[] { CostService, PipelineService, EnhancerService, ImageWorker, VideoWorker, Gateway }
            .SelectMany(project => Enumerable.Range(0, Replicas(project)).Select(replica => (Project: project, Replica: replica, Port: ports.Dequeue()))).ToList();
        // Only what others call: a service that is named must be ready before the studio is.
        foreach (var (project, replica, port) in addresses.Where(address => address.Project is CostService or PipelineService or EnhancerService))
        {
            common[$"services__{project.ToLowerInvariant()}__http__{replica}"] = Local(port);
        }

        var gateway = Local(addresses.First(address => address.Project == Gateway).Port);
        foreach (var (name, value) in settings)
        {
            common[name] = value.Replace("{gateway}", gateway, StringComparison.Ordinal);
        }

        foreach (var (project, _, port) in addresses)
        {
            _services.Add(new ServiceProcess(project, new Dictionary<string, string>(common) { ["ASPNETCORE_URLS"] = Local(port) }));
        }

        Service(CostService).Set("GRPC_PORT", $"{grpc}");
        Service(Gateway).Set("Demo__ApiKey", ApiKey);
        Service(Gateway).Set("services__imageworker__http__0", Local(addresses.First(address => address.Project == ImageWorker).Port));
        foreach (var service in _services.Where(service => service.Project == PipelineService))
        {
            service.Set("services__imageworker__http__0", Local(addresses.First(address => address.Project == ImageWorker).Port));
        }

        foreach (var service in _services)
        {
            service.Start();
        }

        _pipelines = new Uri(Local(addresses.First(address => address.Project == PipelineService).Port));
        Address = new Uri(Local(addresses.First(address => address.Project == Gateway).Port));
        Client = new StudioClient(Address, ApiKey);
        try
        {
            await Client.ReadyAsync();
        }
        catch (TimeoutException)
        {
            throw new InvalidOperationException("The studio did not get ready.\n" + string.Join('\n', _services.Select(service => $"== {service.Project}\n{Last(service.Output)}")));
        }
    }

    /// <summary>A client of another tenant, past the gateway; good for a minute.</summary>
    public StudioClient ClientOf(long tenantId) =>
        new(_pipelines, new InternalToken(_signingKey, TimeProvider.System).Issue(new Caller(tenantId, null, 1, ["read", "run"])));

    public async ValueTask DisposeAsync()
    {
        Client?.Dispose();
        foreach (var service in _services)
        {
            service.Dispose();
        }

        if (_vhost is not null)
        {
            await _vhost.DisposeAsync();
        }

        await _database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Sends a command to this studio's Redis.</summary>
    public Task RedisAsync(string command) => TestServers.RedisAsync(int.Parse(_redis[(_redis.LastIndexOf('=') + 1)..]), command);

    /// <summary>A connection to the database as its owner.</summary>
    public async Task<NpgsqlConnection> ConnectAsync()
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(_database.ConnectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    /// <summary>A number out of the database, as its owner sees it.</summary>
    public async Task<long> CountAsync(string sql, params object[] parameters)
    {
        await using var connection = await ConnectAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = parameter });
        }

        return Convert.ToInt64(await command.ExecuteScalarAsync());
    }

    private static string Last(string text) => text.Length > 3000 ? text[^3000..] : text;

    private static string Local(int port) => $"http://127.0.0.1:{port}";

    private static int[] FreePorts(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ =>
        {
            var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            return listener;
        }).ToList();
        var ports = listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port).ToArray();
        listeners.ForEach(listener => listener.Stop());
        return ports;
    }
}
