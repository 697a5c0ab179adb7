using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PipelineService.Storage;
using ServiceDefaults;
using ServiceDefaults.Identity;
using ServiceDefaults.Storage;
using Testing;

namespace PipelineService.Tests;

/// <summary>The service's database, store and front door on real servers and a real port, with the features a test class wants.</summary>
public sealed class LibraryHost : IAsyncDisposable
{
    private const string SigningKey = "test-signing-key-of-enough-length-000";

    private readonly TestDatabase _database;
    private readonly string _folder;
    private readonly WebApplication _app;

    private LibraryHost(TestDatabase database, string folder, WebApplication app) => (_database, _folder, _app) = (database, folder, app);

    public Uri Address => new(_app.Urls.Single());

    public IServiceProvider Services => _app.Services;

    /// <summary>Where the object store keeps its files.</summary>
    public string MediaRoot => Path.Combine(_folder, "media");

    /// <summary>Ids of tenants that no other test has.</summary>
    public static long NewTenant() => Random.Shared.NextInt64(1, 1L << 40);

    public static async Task<LibraryHost> StartAsync(
        Action<WebApplicationBuilder> add, Action<WebApplication> map, IReadOnlyDictionary<string, string?>? settings = null, string? redis = null)
    {
        var database = TestDatabase.Fresh();
        var folder = Directory.CreateTempSubdirectory("library-test-").FullName;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["urls"] = "http://127.0.0.1:0",
            ["ConnectionStrings:postgres"] = database.ConnectionString,
            ["ConnectionStrings:redis"] = redis ?? TestServers.Redis,
            ["Internal:SigningKey"] = SigningKey,
            ["Media:Root"] = Path.Combine(folder, "media"),
            ["Media:Fsync"] = "false",
        });
        builder.Configuration.AddInMemoryCollection(settings);
        builder.AddServiceDefaults("pipelineservice");
        builder.AddPostgres<PipelineDbContext>(PipelineDbContext.Schema);
        builder.AddRedis();
        add(builder);
        var app = builder.Build();
        app.UseServiceDefaults();
        map(app);
        await app.StartAsync();
        return new LibraryHost(database, folder, app);
    }

    /// <summary>A client whose calls carry the tenant's token.</summary>
    public HttpClient ClientOf(long tenantId)
    {
        var client = new HttpClient { BaseAddress = Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", TokenOf(tenantId));
        return client;
    }

    public string TokenOf(long tenantId) => Services.GetRequiredService<InternalToken>().Issue(new Caller(tenantId, null, 1, ["read", "run"]));

    public async Task<T> WithDatabaseAsync<T>(Func<PipelineDbContext, Task<T>> work)
    {
        await using var scope = Services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<PipelineDbContext>());
    }

    public Task WithDatabaseAsync(Func<PipelineDbContext, Task> work) => WithDatabaseAsync(async db =>
    {
        await work(db);
        return true;
    });

    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        await _database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
