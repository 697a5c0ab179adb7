using System.Text;
using Contracts.Generation;
using ImageWorker;
using Jobs;
using Jobs.Webhooks;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Providers;
using Providers.Webhooks;
using ServiceDefaults;
using ServiceDefaults.Messaging;
using VideoWorker;

namespace Workers.Tests.Support;

/// <summary>A worker as its Program makes it, in this process, with the test's provider beside the others.</summary>
public sealed class WorkerHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private bool _stopped;

    private WorkerHost(WebApplication app, KeptLog log) => (_app, Log) = (app, log);

    public KeptLog Log { get; }

    public IServiceProvider Services => _app.Services;

    public Uri Address => new(_app.Urls.Single());

    public static async Task<WorkerHost> StartAsync(string lane, IProvider provider, IReadOnlyDictionary<string, string?> settings)
    {
        var builder = WebApplication.CreateSlimBuilder();
        var log = new KeptLog();
        builder.Logging.ClearProviders().AddProvider(log);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["urls"] = "http://127.0.0.1:0", ["Media:Fsync"] = "false" });
        builder.Configuration.AddInMemoryCollection(settings);
        builder.AddServiceDefaults(lane + "worker");
        builder.AddJobs(lane);
        builder.AddPipelineMessaging(bus =>
        {
            if (lane == Lanes.Image)
            {
                bus.AddConsumer<GenerateImagesConsumer, GenerateImagesDefinition>();
            }
            else
            {
                bus.AddConsumer<GenerateVideosConsumer, GenerateVideosDefinition>();
            }
        });
        builder.Services.AddSingleton(provider);
        builder.Services.AddSingleton<IWebhook, SaidWebhook>();
        var app = builder.Build();
        app.UseServiceDefaults();
        app.MapWebhooks();
        await app.StartAsync();
        await app.Services.GetRequiredService<IBusControl>().WaitForHealthStatus(BusHealthStatus.Healthy, TimeSpan.FromSeconds(30));
        return new WorkerHost(app, log);
    }

    public async Task StopAsync()
    {
        _stopped = true;
        await _app.StopAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_stopped)
        {
            await StopAsync();
        }

        await _app.DisposeAsync();
    }
}

/// <summary>Calls of a vendor that signs with a word.</summary>
public sealed class SaidWebhook : IWebhook
{
    public const string Header = "X-Said";

    public string Provider => "scripted";

    public Task<WebhookCall?> ReadAsync(IHeaderDictionary headers, IQueryCollection query, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var id = Encoding.UTF8.GetString(body.Span);
        return Task.FromResult(headers[Header] != "truly" ? null : query["job"].ToString() is { Length: > 0 } job ? new WebhookCall(id, job, id + " /somewhere") : new WebhookCall(id));
    }
}
