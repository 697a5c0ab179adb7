using System.Net;
using Providers.NoOp;
using Testing;
using Testing.Studio;

namespace System.Tests;

/// <summary>A studio whose provider must never be asked twice for the same, and takes its time.</summary>
public sealed class NeverTwiceStudio() : StudioFixture(new()
{
    ["Providers__Default"] = "no-op",
    ["Providers__NoOp__Latency"] = "00:00:02",
    ["Providers__NoOp__Resubmit"] = "Never",
    ["Orchestration__DispatchLease"] = "00:00:04",
    ["Orchestration__RunningLease"] = "00:00:03",
    ["Orchestration__ReapEvery"] = "00:00:00.500",
    ["Worker__AliveFor"] = "00:00:02",
});

/// <summary>A submit whose fate is unknown is shown, never repeated by itself, and bought again only when a person says so.</summary>
public sealed class UnknownOutcomeTests(NeverTwiceStudio fixture) : IClassFixture<NeverTwiceStudio>
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(2);
    private readonly RunningStudio _studio = fixture.Studio;

    [Fact]
    public async Task A_worker_killed_while_it_asks_leaves_an_unknown_outcome_that_a_person_retries_at_a_known_price()
    {
        var client = _studio.Client;
        var asset = (await client.UploadAsync(("photo.jpg", await TestPictures.PhotoAsync(320, 320))))[0];
        var body = new
        {
            inputs = new { images = new[] { new { asset_id = asset } }, prompts = new[] { "one", "two" } },
            steps = new object[] { new { step_type = "i2i", config = new { model = "kling-image" } } },
        };
        var id = (await client.PostAsync("/pipelines", body, HttpStatusCode.Created))["id"]!.GetValue<long>();
        await client.PostAsync($"/pipelines/{id}/run");
        await Eventually.HoldsAsync(async () => await _studio.CountAsync("select count(*) from worker.provider_jobs where pipeline_id = $1 and state = 'submitting'", id) == 2, Long);
        await Eventually.HoldsAsync(async () => NoOpJournal.Read(_studio.JournalPath).Count == 2, Long);

        await _studio.Service(RunningStudio.ImageWorker).KillAsync();
        _studio.Service(RunningStudio.ImageWorker).Start();

        var failed = await client.UntilAsync(id, Long, "failed", "completed");
        Assert.Equal("failed", failed["status"]!.GetValue<string>());
        var failures = await client.GetAsync($"/pipelines/{id}/failures");
        var failure = Assert.Single(failures["data"]!.AsArray())!;
        Assert.Equal(("outcome_unknown", 2, true), (failure["code"]!.GetValue<string>(), failure["items"]!.GetValue<int>(), failure["may_have_been_bought"]!.GetValue<bool>()));
        Assert.Equal(0m, failed["cost_actual"]!.GetValue<decimal>());
        Assert.Equal(2, NoOpJournal.Read(_studio.JournalPath).Values.Sum());

        var quote = await client.PostAsync($"/pipelines/{id}/retry", new { reasons = new[] { "outcome_unknown" }, quote = true }, HttpStatusCode.OK);
        Assert.Equal((2, 2, 0.056m), (quote["items"]!.GetValue<int>(), quote["may_have_been_bought"]!.GetValue<int>(), quote["total"]!.GetValue<decimal>()));
        await client.PostAsync($"/pipelines/{id}/retry", new { reasons = new[] { "outcome_unknown" }, max_cost_usd = 0.056 });
        var done = await client.UntilAsync(id, Long, "completed");

        Assert.Equal((2, 0.056m), (done["progress"]!["succeeded"]!.GetValue<int>(), done["cost_actual"]!.GetValue<decimal>()));
        var submits = NoOpJournal.Read(_studio.JournalPath);
        Assert.Equal((4, 4), (submits.Count, submits.Values.Sum()));
        Assert.Equal(2, await _studio.CountAsync("select count(*) from pipeline.items where pipeline_id = $1 and attempt = 2 and status = 'succeeded'", id));
        await Eventually.HoldsAsync(async () => await _studio.CountAsync("select count(*) from cost.ledger where pipeline_id = $1 and amount > 0", id) == 2, Long);
    }
}
