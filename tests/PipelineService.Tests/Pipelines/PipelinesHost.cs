using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Contracts.Generation;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using PipelineService.Assets;
using PipelineService.Idempotency;
using PipelineService.Orchestration;
using PipelineService.Pipelines;
using PipelineService.Progress;
using PipelineService.Storage;
using Providers;
using ServiceDefaults;
using ServiceDefaults.Grpc;
using ServiceDefaults.Identity;
using ServiceDefaults.OpenApi;
using ServiceDefaults.Storage;
using Testing;
using Testing.Studio;

namespace PipelineService.Tests.Pipelines;

/// <summary>
/// The service on a real port with real PostgreSQL, RabbitMQ and Redis, and the real cost service as a process beside it. There are no workers:
/// what is sent stays in their queues, and a test says what became of the work itself.
/// </summary>
public class PipelinesHost : IAsyncLifetime
{
    private readonly TestDatabase _database = TestDatabase.Fresh();
    private readonly string _folder = Directory.CreateTempSubdirectory("pipelines-test-").FullName;
    private TestVhost _vhost = null!;
    private ServiceProcess _costs = null!;
    private WebApplication _app = null!;

    /// <summary>A web server on the loopback network that counts as trusted.</summary>
    public ScriptedServer Pictures { get; private set; } = null!;

    public IServiceProvider Services => _app.Services;

    public string MediaRoot => Path.Combine(_folder, "media");

    /// <summary>The queues that workers have made; without one, what is sent to it comes back.</summary>
    protected virtual IEnumerable<string> LaneQueues => Lanes.All.Select(Lanes.Queue);

    /// <summary>Settings of its own.</summary>
    protected virtual Dictionary<string, string?> Settings => [];

    /// <summary>How long money is held before the cost service asks what became of it.</summary>
    protected virtual TimeSpan AskAfter => TimeSpan.FromSeconds(1);

    public virtual async Task InitializeAsync()
    {
        _vhost = await TestVhost.CreateAsync();
        foreach (var queue in LaneQueues)
        {
            await _vhost.AddQueueAsync(queue);
        }

        Pictures = await ScriptedServer.StartAsync();
        var ports = FreePorts(2);
        var signingKey = "test-signing-key-of-enough-length-000";
        _costs = new ServiceProcess("CostService", new Dictionary<string, string>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["ASPNETCORE_URLS"] = $"http://127.0.0.1:{ports[0]}",
            ["GRPC_PORT"] = $"{ports[1]}",
            ["ConnectionStrings__postgres"] = _database.ConnectionString,
            ["ConnectionStrings__rabbitmq"] = _vhost.Uri,
            ["ConnectionStrings__redis"] = TestServers.Redis,
            ["Internal__SigningKey"] = signingKey,
            ["Budgets__AskAfter"] = AskAfter.ToString(),
        });
        _costs.Start();

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["urls"] = "http://127.0.0.1:0",
            ["ConnectionStrings:postgres"] = _database.ConnectionString,
            ["ConnectionStrings:rabbitmq"] = _vhost.Uri,
            ["ConnectionStrings:redis"] = TestServers.Redis,
            ["Internal:SigningKey"] = signingKey,
            ["Media:Root"] = MediaRoot,
            ["Media:Fsync"] = "false",
            ["Assets:TrustedEndpoints:0"] = $"127.0.0.1:{Pictures.Address.Port}",
            ["services:costservice:grpc:0"] = $"http://127.0.0.1:{ports[1]}",
            ["Orchestration:DrainedAfter"] = "00:00:01",

            // What other tests leave in flight takes no room from anybody.
            ["Orchestration:MinWindow"] = "10000",
            ["Orchestration:MaxWindow"] = "10000",
        });
        builder.Configuration.AddInMemoryCollection(Settings);
        builder.AddServiceDefaults("pipelineservice");
        builder.AddPipelineOpenApi("Pipelines");
        builder.AddPostgres<PipelineDbContext>(PipelineDbContext.Schema);
        builder.AddRedis();
        builder.AddAssets();
        builder.AddProviders();
        builder.AddCostClient();
        builder.AddProgress();
        builder.AddIdempotency();
        builder.AddOrchestration();
        builder.AddPipelines();
        _app = builder.Build();
        _app.UseServiceDefaults();
        _app.UseIdempotency();
        _app.MapPipelineOpenApi();
        _app.MapPipelines();
        await _app.StartAsync();
        using var costs = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{ports[0]}") };
        await Eventually.HoldsAsync(() => ReadyAsync(costs), TimeSpan.FromSeconds(60));
    }

    public async Task DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        _costs.Dispose();
        await Pictures.DisposeAsync();
        await _vhost.DisposeAsync();
        await _database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>A tenant that no other test has, with a client that speaks for it.</summary>
    public TenantClient NewTenant() => ClientOf(Random.Shared.NextInt64(1, 1L << 40));

    /// <param name="name">What the workspace calls who is calling.</param>
    public TenantClient ClientOf(long tenantId, string? name = null)
    {
        var token = Services.GetRequiredService<InternalToken>().Issue(new Caller(tenantId, null, 1, ["read", "run"]) { Name = name });
        var http = new HttpClient { BaseAddress = new Uri(_app.Urls.Single()) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return new TenantClient(this, tenantId, http);
    }

    public async Task<T> WithDatabaseAsync<T>(Func<PipelineDbContext, Task<T>> work)
    {
        await using var scope = Services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<PipelineDbContext>());
    }

    /// <summary>A number out of the database, whichever service owns the row.</summary>
    public async Task<decimal> NumberAsync(string sql, params object[] parameters)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(_database.ConnectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = parameter });
        }

        return Convert.ToDecimal(await command.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>A picture in a tenant's library, as far as the ledger is concerned.</summary>
    /// <param name="sha256">Content of its own unless told.</param>
    public async Task<long> AddAssetAsync(long tenantId, string type = "image", string? sha256 = null)
    {
        var asset = new Asset
        {
            TenantId = tenantId,
            Type = type,
            // Uploads of the same content are one asset; what was generated is not.
            Source = sha256 is null ? "uploaded" : "generated",
            Name = "photo.png",
            ContentType = type == "image" ? "image/png" : "video/mp4",
            Width = 640,
            Height = 800,
            Bytes = 1000,
            Sha256 = sha256 ?? Guid.NewGuid().ToString("N"),
            ObjectKey = $"t/{tenantId}/sha256/{Guid.NewGuid():N}",
            CreatedAt = TimeProvider.System.GetUtcNow(),
        };
        return await WithDatabaseAsync(async db =>
        {
            db.Add(asset);
            await db.SaveChangesAsync();
            return asset.Id;
        });
    }

    private static async Task<bool> ReadyAsync(HttpClient http)
    {
        try
        {
            return (await http.GetAsync("/readyz")).IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

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

/// <summary>One host for all tests of the HTTP surface; every test has a tenant of its own.</summary>
[CollectionDefinition(Name)]
public sealed class PipelinesCollection : ICollectionFixture<PipelinesHost>
{
    public const string Name = "pipelines over HTTP";
}
