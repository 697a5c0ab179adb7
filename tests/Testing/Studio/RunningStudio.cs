using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography;
using Npgsql;

namespace Testing.Studio;

/// <summary>
/// The whole studio as processes of its own on the real servers, with a database, a virtual host and a media folder of its own. Environment as the
/// app host gives it.
/// </summary>
/// <param name="settings">Environment variables for all services, for example <c>Providers__Default</c>.</param>
/// <param name="journal">Whether the no-op provider writes down what it was asked.</param>
public sealed class RunningStudio(IReadOnlyDictionary<string, string> settings, bool journal = true) : IAsyncDisposable
{
    private readonly TestDatabase _database = TestDatabase.Fresh();
    private readonly Dictionary<string, ServiceProcess> _services = [];
    private readonly string _folder = Directory.CreateTempSubdirectory("studio-").FullName;
    private TestVhost? _vhost;
    private string _redis = string.Empty;

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

    /// <summary>One line a submit that the no-op provider saw.</summary>
    public string JournalPath => Path.Combine(_folder, "submits.log");

    public ServiceProcess Service(string project) => _services[project];

    /// <summary>Of the services as they run now.</summary>
    public IReadOnlyList<int> ProcessIds => [.. _services.Values.Select(service => service.Id)];

    public async Task StartAsync()
    {
        _vhost = await TestVhost.CreateAsync();
        var ports = FreePorts(7);
        var common = new Dictionary<string, string>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["ConnectionStrings__postgres"] = _database.ConnectionString,
            ["ConnectionStrings__rabbitmq"] = _vhost.Uri,
            ["ConnectionStrings__redis"] = _redis = await TestServers.EmptyRedisAsync(),
            ["Internal__SigningKey"] = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)),
            ["Media__Root"] = Path.Combine(_folder, "media"),
            ["services__costservice__http__0"] = Local(ports[0]),
            ["services__costservice__grpc__0"] = Local(ports[1]),
            ["services__pipelineservice__http__0"] = Local(ports[2]),
            ["services__enhancerservice__http__0"] = Local(ports[3]),
            ["Frontend__Root"] = Path.Combine(Repository.Root, "src", "Frontend", "dist"),
            ["Providers__NoOp__JournalPath"] = JournalPath,
            // Tests look every few milliseconds.
            ["RateLimits__PerMinute"] = "60000",
            ["RateLimits__Burst"] = "10000",
        };
        if (!journal)
        {
            common.Remove("Providers__NoOp__JournalPath");
        }

        foreach (var (name, value) in settings)
        {
            common[name] = value;
        }

        Add(CostService, common, ports[0], ("GRPC_PORT", $"{ports[1]}"));
        Add(PipelineService, common, ports[2]);
        Add(EnhancerService, common, ports[3]);
        Add(ImageWorker, common, ports[4]);
        Add(VideoWorker, common, ports[5]);
        Add(Gateway, common, ports[6], ("Demo__ApiKey", ApiKey));
        foreach (var service in _services.Values)
        {
            service.Start();
        }

        Address = new Uri(Local(ports[6]));
        Client = new StudioClient(Address, ApiKey);
        try
        {
            await Client.ReadyAsync();
        }
        catch (TimeoutException)
        {
            throw new InvalidOperationException("The studio did not get ready.\n" + string.Join('\n', _services.Values.Select(service => $"== {service.Project}\n{Last(service.Output)}")));
        }
    }

    public async ValueTask DisposeAsync()
    {
        Client?.Dispose();
        foreach (var service in _services.Values)
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

    /// <summary>A number out of the database, as its owner sees it.</summary>
    public async Task<long> CountAsync(string sql, params object[] parameters)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(_database.ConnectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = parameter });
        }

        return Convert.ToInt64(await command.ExecuteScalarAsync());
    }

    private void Add(string project, Dictionary<string, string> common, int port, params (string Name, string Value)[] more)
    {
        var environment = new Dictionary<string, string>(common) { ["ASPNETCORE_URLS"] = Local(port) };
        foreach (var (name, value) in more)
        {
            environment[name] = value;
        }

        _services[project] = new ServiceProcess(project, environment);
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
