using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Gateway.Storage;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;
using Testing;

namespace Gateway.Tests.Support;

/// <summary>The gateway on a real port, with PostgreSQL, Redis and two services behind it.</summary>
public sealed class GatewayApp : IAsyncDisposable
{
    public const string SigningKey = "the-signing-key-of-the-gateway-tests-000";

    private static int s_lastRedis;

    private readonly WebApplicationFactory<GatewayDbContext> _factory;
    private readonly string _root;

    private GatewayApp(TestDatabase database, StubService pipelines, StubService costs, WebApplicationFactory<GatewayDbContext> factory, string root, LogSink logs)
    {
        Database = database;
        Pipelines = pipelines;
        Costs = costs;
        Logs = logs;
        _factory = factory;
        _root = root;
        Http = Client();
        Demo = Client(DemoKey);
    }

    public static string DemoKey => "pk_demo_of_the_gateway_tests_0123456789";

    public TestDatabase Database { get; }

    public StubService Pipelines { get; }

    public StubService Costs { get; }

    public LogSink Logs { get; }

    public IServiceProvider Services => _factory.Services;

    public Uri Address => new(Services.GetRequiredService<Microsoft.AspNetCore.Hosting.Server.IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    /// <summary>As it stands in a browser's Origin header.</summary>
    public string Origin => Address.GetLeftPart(UriPartial.Authority);

    /// <summary>Without a credential.</summary>
    public HttpClient Http { get; }

    /// <summary>With the demo key.</summary>
    public HttpClient Demo { get; }

    /// <param name="settings">Over the defaults, which have no limits that a test would meet by chance.</param>
    public static async Task<GatewayApp> StartAsync(Dictionary<string, string?>? settings = null, string environment = "Development", TestDatabase? database = null)
    {
        var root = Directory.CreateTempSubdirectory("gateway-tests-").FullName;
        Directory.CreateDirectory(Path.Combine(root, "static"));
        foreach (var page in new[] { "index", "sign-in", "start", "playground", "workflows", "workflow", "bulk", "jobs", "run", "review", "library", "settings" })
        {
            await File.WriteAllTextAsync(Path.Combine(root, page + ".html"), $"<!doctype html><title>The page</title><!-- {page} -->");
        }

        await File.WriteAllTextAsync(Path.Combine(root, "static", "app.js"), new string(' ', 5000) + "run()");
        await File.WriteAllTextAsync(Path.Combine(root, "static", "packed.js"), "as it is");
        await File.WriteAllTextAsync(Path.Combine(root, "static", "packed.js.br"), "packed with brotli");
        await File.WriteAllTextAsync(Path.Combine(root, "static", "packed.js.gz"), "packed with gzip");
        await File.WriteAllTextAsync(Path.Combine(root, "favicon.svg"), "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");

        database ??= TestDatabase.Fresh();
        var pipelines = await StubService.StartAsync(SigningKey, "Pipelines");
        var costs = await StubService.StartAsync(SigningKey, "Costs");
        var logs = new LogSink();

        // Buckets are named by tenant and key, and every test database starts counting at 1: each app gets a Redis database of its own.
        var redis = $"{TestServers.Redis},defaultDatabase={1 + (Interlocked.Increment(ref s_lastRedis) % 14)}";
        await ForgetBucketsAsync(settings?.GetValueOrDefault("ConnectionStrings:redis") ?? redis);
        var all = new Dictionary<string, string?>
        {
            ["ConnectionStrings:postgres"] = database.ConnectionString,
            ["ConnectionStrings:redis"] = redis,
            ["services:pipelineservice:http:0"] = pipelines.Address,
            ["services:costservice:http:0"] = costs.Address,
            ["Internal:SigningKey"] = SigningKey,
            ["Demo:ApiKey"] = DemoKey,
            ["Frontend:Root"] = root,
            ["RateLimits:PerMinute"] = "600000",
            ["RateLimits:Burst"] = "100000",
            ["RateLimits:AddressPerMinute"] = "600000",
            ["RateLimits:AddressBurst"] = "100000",

            // A busy machine is no reason to count locally.
            ["RateLimits:RedisTimeout"] = "00:00:05",
            ["Logging:LogLevel:Default"] = "Trace",
            ["Logging:LogLevel:Microsoft.AspNetCore"] = "Trace",
            ["Logging:LogLevel:Microsoft.EntityFrameworkCore"] = "Trace",
            ["Logging:LogLevel:System.Net.Http.HttpClient"] = "Trace",
            ["Logging:LogLevel:Yarp.ReverseProxy"] = "Trace",
        };
        foreach (var (name, value) in settings ?? [])
        {
            all[name] = value;
        }

        var factory = new WebApplicationFactory<GatewayDbContext>().WithWebHostBuilder(host =>
        {
            host.UseEnvironment(environment);
            host.UseUrls("http://127.0.0.1:0");
            foreach (var (name, value) in all)
            {
                host.UseSetting(name, value);
            }

            host.ConfigureLogging(logging => logging.ClearProviders().AddProvider(logs));
        });
        factory.UseKestrel();
        factory.StartServer();
        return new GatewayApp(database, pipelines, costs, factory, root, logs);
    }

    /// <summary>A client that follows nothing and keeps no cookies.</summary>
    public HttpClient Client(string? key = null)
    {
        var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = Address };
        if (key is not null)
        {
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }

        return client;
    }

    public async Task<(long Id, string Key)> MakeKeyAsync(params string[] scopes)
    {
        var answer = await Demo.PostAsJsonAsync("/api-keys", new { name = "test", scopes });
        var body = (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonNode>())!;
        return ((long)body["id"]!, (string)body["key"]!);
    }

    /// <summary>Signs in to the demo workspace; the Cookie header's value.</summary>
    public async Task<string> SignInAsync()
    {
        var answer = (await Http.PostAsync("/session/demo", null)).EnsureSuccessStatusCode();
        return answer.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
    }

    // Earlier runs used the same Redis databases.
    private static async Task ForgetBucketsAsync(string configuration)
    {
        var options = ConfigurationOptions.Parse(configuration);
        options.AbortOnConnectFail = false;
        options.ConnectTimeout = 1000;
        using var redis = await ConnectionMultiplexer.ConnectAsync(options);
        if (redis.IsConnected)
        {
            await redis.GetDatabase().ExecuteAsync("FLUSHDB");
        }
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        Demo.Dispose();
        await _factory.DisposeAsync();
        await Pipelines.DisposeAsync();
        await Costs.DisposeAsync();
        await Database.DisposeAsync();
        Directory.Delete(_root, recursive: true);
    }
}
