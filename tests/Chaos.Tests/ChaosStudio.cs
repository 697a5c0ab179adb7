using Testing;
using Testing.Studio;

namespace Chaos.Tests;

/// <summary>One studio on servers of its own, for all rounds. Leases and signs of life are short, so that what was lost is missed soon.</summary>
public sealed class ChaosStudio : IAsyncLifetime
{
    private static readonly Dictionary<string, string> Settings = new()
    {
        ["Providers__Default"] = "no-op",
        ["Providers__NoOp__Latency"] = "00:00:00.020",
        ["Orchestration__DispatchLease"] = "00:00:06",
        ["Orchestration__RunningLease"] = "00:00:05",
        ["Orchestration__ReapEvery"] = "00:00:00.500",
        ["Orchestration__RetryDelay"] = "00:00:00.100",
        // Jumps of the clock look like crashes; a round may hold several.
        ["Orchestration__MaxCrashes"] = "50",
        ["Orchestration__DrainedAfter"] = "00:00:02",
        ["Budgets__AskAfter"] = "00:00:03",
        // Answers that are lost on purpose look like a provider that is down.
        ["Traffic__BreakerOpen"] = "00:00:00.200",
        ["Traffic__BreakerMaxOpen"] = "00:00:01",
        ["Worker__AliveFor"] = "00:00:03",
        ["Worker__CallTimeout"] = "00:00:01",
        ["Worker__PollEvery"] = "00:00:00.100",
        ["Worker__MaxPollEvery"] = "00:00:01",
        ["Broker__StandstillAfter"] = "00:00:10",
        ["Broker__EndAfter"] = "00:00:25",
        ["Logging__LogLevel__Default"] = "Warning",
        // Processes that live for seconds have more from a cheap start than from fast loops.
        ["DOTNET_TieredPGO"] = "0",
    };

    private readonly PrivateServers _servers = new();
    private (bool, bool, bool)? _providers;

    public RunningStudio Studio { get; private set; } = null!;

    public Broker Broker { get; private set; } = null!;

    /// <summary>An uploaded picture.</summary>
    public long Picture { get; private set; }

    public async Task InitializeAsync()
    {
        await _servers.StartAsync();
        Studio = new RunningStudio(Settings, Targets.Services.ToDictionary(target => target.Service, target => target.Replicas));
        await Studio.StartAsync();
        foreach (var service in Studio.Services)
        {
            service.Kept = true;
        }

        Broker = new Broker(Studio.Vhost);
        var photo = await TestPictures.PhotoAsync(320, 320);
        Picture = await ChaosRun.PatientlyAsync(async () => (await Studio.Client.UploadAsync(("photo.jpg", photo)))[0]);
    }

    /// <summary>Gives the workers the provider that a plan asks for. Only between rounds, when they have nothing in hand.</summary>
    public async Task UseProvidersAsync(ChaosPlan plan)
    {
        var wanted = (plan.ResubmitNever, plan.ImagesAsynchronous, plan.VideosAsynchronous);
        if (_providers == wanted)
        {
            return;
        }

        var workers = Studio.Services.Where(service => service.Project is RunningStudio.ImageWorker or RunningStudio.VideoWorker).ToList();
        foreach (var worker in workers)
        {
            worker.Set("Providers__NoOp__Resubmit", plan.ResubmitNever ? "Never" : "Safe");
            worker.Set("Providers__NoOp__Asynchronous", (worker.Project == RunningStudio.ImageWorker ? plan.ImagesAsynchronous : plan.VideosAsynchronous) ? "true" : "false");
            await worker.KillAsync();
            worker.Start();
        }

        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        await Task.WhenAll(workers.Select(worker => Eventually.HoldsAsync(() => ReadyAsync(http, worker), TimeSpan.FromMinutes(2), TimeSpan.FromMilliseconds(250))));
        _providers = wanted;
    }

    private static async Task<bool> ReadyAsync(HttpClient http, ServiceProcess service)
    {
        try
        {
            return (await http.GetAsync(new Uri(service.Address, "/readyz"))).IsSuccessStatusCode;
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }

    public async Task DisposeAsync()
    {
        if (Studio is not null)
        {
            await Studio.DisposeAsync();
        }

        await _servers.DisposeAsync();
    }
}

[CollectionDefinition(Name)]
public sealed class ChaosCollection : ICollectionFixture<ChaosStudio>
{
    public const string Name = "chaos";
}
