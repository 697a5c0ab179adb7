using System.Net;
using Providers.NoOp;
using Testing;
using Testing.Studio;

namespace System.Tests;

/// <summary>More processes of a service: nothing is done twice, and one that is asked to stop in the middle loses nothing.</summary>
public sealed class HorizontalTests
{
    private const int Prompts = 24;
    private const int ImagesEach = 10;
    private const int Items = 2 * Prompts * ImagesEach;
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    private static readonly Dictionary<string, string> Settings = new()
    {
        ["Providers__Default"] = "no-op",
        ["Providers__NoOp__Latency"] = "00:00:00.250",
        ["Providers__NoOp__Resubmit"] = "Never",
        ["Worker__Concurrency"] = "8",
        ["Logging__LogLevel__Default"] = "Warning",
    };

    [Fact]
    public async Task Two_services_and_five_workers_do_nothing_twice_and_lose_nothing_when_they_stop()
    {
        await using var many = new RunningStudio(
            Settings,
            new Dictionary<string, int> { [RunningStudio.PipelineService] = 2, [RunningStudio.ImageWorker] = 3, [RunningStudio.VideoWorker] = 2 });
        await many.StartAsync();
        await RunAsync(many);
        var stopped = await RunAsync(many, meanwhile: StopOneOfEachAsync);
        Assert.Equal(0, await many.CountAsync("select coalesce(sum(crashes), 0) from pipeline.items where pipeline_id = $1", stopped));
    }

    /// <summary>A run to its end, everything done once; its identifier.</summary>
    private static async Task<long> RunAsync(RunningStudio studio, Func<RunningStudio, long, Task>? meanwhile = null)
    {
        var asset = (await studio.Client.UploadAsync(("photo.jpg", await TestPictures.PhotoAsync(320, 320))))[0];
        var body = new
        {
            inputs = new { images = new[] { new { asset_id = asset } }, prompts = Enumerable.Range(0, Prompts).Select(n => $"prompt {n}") },
            steps = new object[]
            {
                new { step_type = "i2i", config = new { model = "kling-image", images_per_prompt = ImagesEach } },
                new { step_type = "i2v", config = new { model = "wan" } },
            },
        };
        var id = (await studio.Client.PostAsync("/pipelines", body, HttpStatusCode.Created))["id"]!.GetValue<long>();
        await studio.Client.PostAsync($"/pipelines/{id}/run");
        if (meanwhile is not null)
        {
            await meanwhile(studio, id);
        }

        var done = await studio.Client.UntilAsync(id, Long, Look, "completed", "failed", "cancelled");

        Assert.Equal("completed", done["status"]!.GetValue<string>());
        Assert.Equal(Items, done["progress"]!["succeeded"]!.GetValue<int>());
        Assert.Equal(Items, await studio.CountAsync("select count(*) from pipeline.items where pipeline_id = $1 and status = 'succeeded' and attempt = 1", id));
        Assert.Equal(Items, await studio.CountAsync("select count(*) from pipeline.outputs where pipeline_id = $1", id));
        await Eventually.HoldsAsync(async () => await studio.CountAsync("select count(*) from cost.ledger where amount > 0 and pipeline_id = $1", id) == Items, Long, Look);
        var submits = NoOpJournal.Read(studio.JournalPath);
        Assert.All(submits, submit => Assert.Equal(1, submit.Value));
        Assert.Equal(await studio.CountAsync("select count(*) from pipeline.items"), submits.Count);
        return id;
    }

    private static async Task StopOneOfEachAsync(RunningStudio studio, long id)
    {
        await Eventually.HoldsAsync(async () => await studio.CountAsync("select count(*) from pipeline.items where pipeline_id = $1 and lane = 'video' and status = 'succeeded'", id) > Items / 10, Long, Look);
        await Task.WhenAll(
            studio.Service(RunningStudio.ImageWorker).StopAsync(),
            studio.Service(RunningStudio.VideoWorker).StopAsync(),
            studio.Service(RunningStudio.PipelineService).StopAsync());
    }
}
