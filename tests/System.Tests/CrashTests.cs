using System.Net;
using Testing;
using Testing.Studio;

namespace System.Tests;

/// <summary>kill -9 of each service in the middle of a run costs nothing but time: every item ends, once, and is bought and charged once.</summary>
[Collection(NoOpStudio.Name)]
public sealed class CrashTests(NoOpStudio fixture)
{
    private readonly RunningStudio _studio = fixture.Studio;
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(3);


    [Theory]
    [InlineData(RunningStudio.ImageWorker)]
    [InlineData(RunningStudio.VideoWorker)]
    [InlineData(RunningStudio.EnhancerService)]
    [InlineData(RunningStudio.PipelineService)]
    [InlineData(RunningStudio.CostService)]
    [InlineData(RunningStudio.Gateway)]
    public async Task A_killed_service_loses_nothing_and_buys_nothing_twice(string victim)
    {
        await _studio.Client.ReadyAsync();
        var asset = (await _studio.Client.UploadAsync(("photo.jpg", await TestPictures.PhotoAsync(320, 320))))[0];
        var body = new
        {
            inputs = new { images = new[] { new { asset_id = asset } }, prompts = Enumerable.Range(0, 10).Select(n => $"prompt {n} of {victim}") },
            steps = new object[]
            {
                new { step_type = "prompt_enhance", config = new { variations_per_prompt = 4 } },
                new { step_type = "i2i", config = new { model = "kling-image", images_per_prompt = 2 } },
                new { step_type = "i2v", config = new { model = "wan" } },
            },
        };
        var id = (await _studio.Client.PostAsync("/pipelines", body, HttpStatusCode.Created))["id"]!.GetValue<long>();
        await _studio.Client.PostAsync($"/pipelines/{id}/run");
        await Eventually.HoldsAsync(async () => await _studio.CountAsync(HalfWay(victim), id) >= 3, Long);

        await _studio.Service(victim).KillAsync();
        _studio.Service(victim).Start();

        var done = await _studio.Client.UntilAsync(id, Long, "completed", "failed", "cancelled");
        Assert.Equal("completed", done["status"]!.GetValue<string>());
        Assert.Equal(40 + 80 + 80, done["progress"]!["succeeded"]!.GetValue<int>());
        Assert.Equal(0, done["progress"]!["failed"]!.GetValue<int>());
        Assert.Equal(done["cost_estimate"]!.GetValue<decimal>(), done["cost_actual"]!.GetValue<decimal>());

        Assert.Equal(170, await _studio.CountAsync("select count(*) from pipeline.items where pipeline_id = $1 and status = 'succeeded'", id));
        Assert.Equal(200, await _studio.CountAsync("select count(*) from pipeline.outputs where pipeline_id = $1", id));
        await Eventually.HoldsAsync(async () => await _studio.CountAsync("select count(*) from cost.ledger where amount > 0 and pipeline_id = $1", id) == 170, Long);
        Assert.Equal(170, await _studio.CountAsync("select count(distinct item_id) from cost.ledger where amount > 0 and pipeline_id = $1", id));
        Assert.Equal(0, await _studio.CountAsync("select count(*) from pipeline.dispatch_queues where pipeline_id = $1 and (queued <> 0 or in_flight <> 0)", id));
        Assert.Equal(
            await _studio.CountAsync("select max(number) from pipeline.events where pipeline_id = $1", id),
            await _studio.CountAsync("select count(*) from pipeline.events where pipeline_id = $1", id));
    }

    // The moment at which the victim has work in hand.
    private static string HalfWay(string victim) => "select count(*) from pipeline.items where pipeline_id = $1 and status = 'succeeded' and lane = '" + victim switch
    {
        RunningStudio.EnhancerService => "enhance'",
        RunningStudio.VideoWorker => "video'",
        _ => "image'",
    };
}
