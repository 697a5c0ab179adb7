using System.Net;
using Providers.NoOp;
using Testing;
using Testing.Studio;

namespace System.Tests;

/// <summary>A studio whose provider takes eight requests at once in each of two workers, and none while a file says that it is out.</summary>
public sealed class LimitedStudio() : StudioFixture(
    new()
    {
        ["Providers__Default"] = "no-op",
        ["Providers__NoOp__Latency"] = "00:00:00.100",
        ["Providers__NoOp__MaxConcurrency"] = "8",
        ["Providers__NoOp__RetryAfter"] = "00:00:00.500",
        ["Providers__NoOp__OutagePath"] = Outage,
        ["Traffic__ReactionTime"] = "00:00:00.500",
        ["Traffic__BreakerOpen"] = "00:00:01",
        ["Traffic__BreakerMaxOpen"] = "00:00:02",
        ["Orchestration__RetryDelay"] = "00:00:00.500",
    },
    new() { [RunningStudio.ImageWorker] = 2 })
{
    public static string Outage { get; } = Path.Combine(Path.GetTempPath(), $"outage-{Guid.NewGuid():N}");
}

/// <summary>Providers that are slow to take or down cost a run time and nothing else.</summary>
public sealed class ProviderTrafficTests(LimitedStudio fixture) : IClassFixture<LimitedStudio>, IAsyncLifetime
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(2);
    private readonly RunningStudio _studio = fixture.Studio;

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync()
    {
        File.Delete(LimitedStudio.Outage);
        return Task.CompletedTask;
    }

    [Fact]
    public async Task A_provider_that_takes_few_at_once_makes_all_of_a_big_run_with_few_refusals()
    {
        var before = Submits();

        var id = await StartAsync(200);
        var done = await _studio.Client.UntilAsync(id, Long, "completed", "failed");

        Assert.Equal((200, 0), (done["progress"]!["succeeded"]!.GetValue<int>(), done["progress"]!["failed"]!.GetValue<int>()));
        Assert.InRange(Submits() - before, 200, 320);
        Assert.Equal(0, await _studio.CountAsync("select count(*) from pipeline.items where pipeline_id = $1 and failures > 0", id));
        await Eventually.HoldsAsync(async () => await _studio.CountAsync("select count(*) from cost.ledger where pipeline_id = $1 and amount > 0", id) == 200, Long);
    }

    [Fact]
    public async Task While_a_provider_is_out_submissions_stop_the_run_says_so_and_ends_by_itself_when_it_is_back()
    {
        await File.WriteAllTextAsync(LimitedStudio.Outage, string.Empty);
        var before = Submits();
        var id = await StartAsync(100);

        await Eventually.HoldsAsync(async () =>
        {
            var run = await _studio.Client.GetAsync($"/pipelines/{id}");
            return run["status"]!.GetValue<string>() == "running" && run["status_reason"]?.GetValue<string>() == "provider"
                && run["warnings"]![0]!.GetValue<string>().StartsWith("Waiting for no-op (kling-image)", StringComparison.Ordinal);
        }, Long);
        await Eventually.HoldsAsync(async () => await InFlightAsync(id) <= 1, Long);

        // Some were on their way when it went out; from then on only one item at a time tries.
        var asked = Submits();
        Assert.InRange(asked - before, 5, 150);
        await Eventually.HoldsAsync(() => Task.FromResult(Submits() >= asked + 2), Long);
        Assert.InRange(await InFlightAsync(id), 0, 1);
        Assert.InRange(Submits(), asked + 2, asked + 6);
        Assert.Equal(0, await _studio.CountAsync("select count(*) from pipeline.items where pipeline_id = $1 and (status = 'failed' or failures > 1)", id));
        File.Delete(LimitedStudio.Outage);

        var done = await _studio.Client.UntilAsync(id, Long, "completed", "failed", "paused");
        Assert.Equal((100, 0), (done["progress"]!["succeeded"]!.GetValue<int>(), done["progress"]!["failed"]!.GetValue<int>()));
        Assert.Null(done["status_reason"]);
    }

    private int Submits() => NoOpJournal.Read(_studio.JournalPath).Values.Sum();

    private Task<long> InFlightAsync(long id) => _studio.CountAsync("select count(*) from pipeline.items where pipeline_id = $1 and status in ('dispatched', 'running')", id);

    private async Task<long> StartAsync(int items)
    {
        var asset = (await _studio.Client.UploadAsync(("photo.jpg", await TestPictures.PhotoAsync(320, 320))))[0];
        var body = new
        {
            inputs = new { images = new[] { new { asset_id = asset } }, prompts = Enumerable.Range(1, items).Select(number => $"prompt {number}") },
            steps = new object[] { new { step_type = "i2i", config = new { model = "kling-image" } } },
        };
        var id = (await _studio.Client.PostAsync("/pipelines", body, HttpStatusCode.Created))["id"]!.GetValue<long>();
        await _studio.Client.PostAsync($"/pipelines/{id}/run");
        return id;
    }
}
