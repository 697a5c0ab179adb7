using Testing.Studio;

namespace Chaos.Tests;

/// <summary>One studio on servers of its own, for all rounds. Leases and signs of life are short, so that what was lost is missed soon.</summary>
public sealed class ChaosStudio : IAsyncLifetime
{
    private static readonly Dictionary<string, string> Settings = new()
    {
        ["Providers__Default"] = "no-op",
        ["Providers__NoOp__Latency"] = "00:00:00.020",
        ["Orchestration__DispatchLease"] = "00:00:03",
        ["Orchestration__RunningLease"] = "00:00:03",
        ["Orchestration__ReapEvery"] = "00:00:00.500",
        ["Orchestration__RetryDelay"] = "00:00:00.100",
        // Jumps of the clock look like crashes; a round may hold several.
        ["Orchestration__MaxCrashes"] = "50",
        ["Orchestration__DrainedAfter"] = "00:00:02",
        ["Budgets__AskAfter"] = "00:00:03",
        ["Worker__AliveFor"] = "00:00:02",
        ["Worker__CallTimeout"] = "00:00:01",
        ["Worker__PollEvery"] = "00:00:00.100",
        ["Worker__MaxPollEvery"] = "00:00:01",
        ["Logging__LogLevel__Default"] = "Warning",
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
        Broker = new Broker(Studio.Vhost);
        var photo = await TestPictures.PhotoAsync(320, 320);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Console.WriteLine(Studio.Service(RunningStudio.Gateway).Output + Studio.Service(RunningStudio.PipelineService).Output + Studio.Service(RunningStudio.PipelineService, 1).Output);
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

        foreach (var worker in Studio.Services.Where(service => service.Project is RunningStudio.ImageWorker or RunningStudio.VideoWorker))
        {
            worker.Set("Providers__NoOp__Resubmit", plan.ResubmitNever ? "Never" : "Safe");
            worker.Set("Providers__NoOp__Asynchronous", (worker.Project == RunningStudio.ImageWorker ? plan.ImagesAsynchronous : plan.VideosAsynchronous) ? "true" : "false");
            await worker.KillAsync();
            worker.Start();
        }

        _providers = wanted;
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
