using System.Net.Http.Headers;
using Contracts.Generation;
using EnhancerService;
using MassTransit;
using Media;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Providers;
using ServiceDefaults;
using ServiceDefaults.Identity;
using Testing;
using Workers.Tests.Support;

namespace Workers.Tests.Enhancer;

/// <summary>The enhancer as its Program makes it, on a real port, with a provider that counts.</summary>
public sealed class EnhancerHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly string _folder;

    private EnhancerHost(WebApplication app, string folder) => (_app, _folder) = (app, folder);

    public ScriptedProvider Provider { get; private init; } = null!;

    public IObjectStore Store => _app.Services.GetRequiredService<IObjectStore>();

    public static async Task<EnhancerHost> StartAsync(string rabbit, string? redis = null)
    {
        var provider = new ScriptedProvider
        {
            Resubmit = Resubmit.Safe,
            OnSubmit = (request, _) =>
            {
                var asked = (PromptsRequest)request;
                return Task.FromResult<ProviderResult>(new ProviderResult.Finished(
                    [.. Enumerable.Range(1, asked.Count).Select(number => new Produced($"{asked.Prompt} {number}", null, null, null, asked.Seed))], 0.002m, "vendor-3"));
            },
        };
        var folder = Directory.CreateTempSubdirectory("enhancer-test-").FullName;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["urls"] = "http://127.0.0.1:0",
            ["ConnectionStrings:rabbitmq"] = rabbit,
            ["ConnectionStrings:redis"] = redis ?? TestServers.Redis,
            ["Internal:SigningKey"] = "test-signing-key-of-enough-length-000",
            ["Media:Root"] = folder,
            ["Worker:HeartbeatEvery"] = "00:00:00.050",
            // What one test's provider does must not hold up another's.
            ["Traffic:BreakerMinimum"] = "10000",
            ["Traffic:DefaultWait"] = "00:00:00.050",
        });
        builder.AddServiceDefaults("enhancerservice");
        builder.AddEnhancer();
        builder.Services.AddSingleton<IProvider>(provider);
        var app = builder.Build();
        app.UseServiceDefaults();
        app.MapEnhance();
        await app.StartAsync();
        await app.Services.GetRequiredService<IBusControl>().WaitForHealthStatus(BusHealthStatus.Healthy, TimeSpan.FromSeconds(30));
        return new EnhancerHost(app, folder) { Provider = provider };
    }

    /// <summary>A client whose calls carry the tenant's token; without a tenant, none.</summary>
    public HttpClient ClientOf(long? tenantId)
    {
        var client = new HttpClient { BaseAddress = new Uri(_app.Urls.Single()) };
        if (tenantId is { } tenant)
        {
            var token = _app.Services.GetRequiredService<InternalToken>().Issue(new Caller(tenant, null, 1, ["run"]));
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        return client;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
