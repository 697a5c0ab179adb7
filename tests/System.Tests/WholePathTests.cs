using System.Net;
using Testing;
using Testing.Studio;
using System.Text.Json.Nodes;

namespace System.Tests;

/// <summary>The main job through the public API, with the demo renderer.</summary>
[Collection(LocalStudio.Name)]
public sealed class WholePathTests(LocalStudio fixture)
{
    private readonly RunningStudio _studio = fixture.Studio;
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(4);

    private static object Body(long asset, string mode = "auto", string[]? checkpoints = null, int variations = 5, int perPrompt = 2) => new
    {
        name = "Red dress launch",
        mode,
        checkpoints = checkpoints ?? [],
        inputs = new { images = new[] { new { asset_id = asset } }, prompts = new[] { "woman in red dress" } },
        steps = new object[]
        {
            new { step_type = "prompt_enhance", config = new { variations_per_prompt = variations, theme_focus = "outfits" } },
            new { step_type = "i2i", config = new { model = "kling-image", images_per_prompt = perPrompt, aspect_ratio = "9:16" } },
            new { step_type = "i2v", config = new { model = "wan", videos_per_image = 1, resolution = "480p", duration_sec = 5 } },
        },
    };

    [Fact]
    public async Task A_photo_becomes_ten_playable_videos_and_every_item_is_charged_once()
    {
        var asset = (await _studio.Client.UploadAsync(("photo.jpg", await TestPictures.PhotoAsync())))[0];
        var estimate = await _studio.Client.PostAsync("/pipelines/estimate", Body(asset), HttpStatusCode.OK);
        var created = await _studio.Client.PostAsync("/pipelines", Body(asset), HttpStatusCode.Created);
        var id = created["id"]!.GetValue<long>();
        using var limit = new CancellationTokenSource(Long);
        var events = _studio.Client.EventsUntilEndAsync(id, limit.Token);

        await _studio.Client.PostAsync($"/pipelines/{id}/run");
        var done = await _studio.Client.UntilAsync(id, Long, "completed", "failed", "cancelled");

        Assert.Equal("completed", done["status"]!.GetValue<string>());
        Assert.Equal(25, done["progress"]!["succeeded"]!.GetValue<int>());
        Assert.Equal(25, done["progress"]!["total"]!.GetValue<int>());
        Assert.Equal(estimate["total"]!.GetValue<decimal>(), done["cost_actual"]!.GetValue<decimal>());
        Assert.Equal(created["cost_estimate"]!.GetValue<decimal>(), done["cost_actual"]!.GetValue<decimal>());

        var video = done["steps"]!.AsArray().Single(step => step!["step_type"]!.GetValue<string>() == "i2v")!;
        Assert.Equal(10, video["outputs_total"]!.GetValue<int>());
        foreach (var output in video["outputs"]!.AsArray())
        {
            var content = await _studio.Client.RawGetAsync(output!["url"]!.GetValue<string>());
            Assert.Equal("video/mp4", content.Content.Headers.ContentType!.MediaType);
            var (codec, width, height, seconds) = await TestPictures.ProbeAsync(await content.Content.ReadAsByteArrayAsync());
            Assert.Equal("h264", codec);
            Assert.Equal(480, Math.Min(width, height));
            Assert.True(height > width, "9:16 stands upright.");
            Assert.Equal(5, seconds, 0.1);
        }

        var seen = await events;
        var ids = seen.Select(progress => long.Parse(progress["id"]!.GetValue<string>())).ToList();
        Assert.Equal(ids.Order().Distinct(), ids);
        // overtaken progress may be left out of frames, never of pages
        var all = (await _studio.Client.GetAsync($"/pipelines/{id}/events?limit=1000"))["data"]!.AsArray().Select(progress => long.Parse(progress!["id"]!.GetValue<string>())).ToList();
        Assert.Equal(Enumerable.Range(1, all.Count).Select(number => (long)number), all);
        Assert.Equal(25, seen.Count(progress => progress["event"]!.GetValue<string>() == "output_ready"));
        Assert.Equal(["cost_update", "output_ready", "pipeline_status", "step_progress"], seen.Select(progress => progress["event"]!.GetValue<string>()).Distinct().Order());

        // One charge an item, and together they are the actual cost.
        await Eventually.HoldsAsync(async () => await _studio.CountAsync("select count(*) from pipeline.outbox") == 0);
        var items = await _studio.CountAsync("select count(*) from pipeline.items where pipeline_id = $1 and status = 'succeeded'", id);
        Assert.Equal(21, items);
        await Eventually.HoldsAsync(async () => await _studio.CountAsync("select count(*) from cost.ledger where amount > 0 and pipeline_id = $1", id) == items);
        Assert.Equal(items, await _studio.CountAsync("select count(distinct item_id) from cost.ledger where amount > 0 and pipeline_id = $1", id));
    }

    [Fact]
    public async Task A_checkpoint_takes_an_edited_prompt_and_a_deselected_image_and_goes_on_with_exactly_the_rest()
    {
        var asset = (await _studio.Client.UploadAsync(("photo.jpg", await TestPictures.PhotoAsync(hue: 40))))[0];
        var id = (await _studio.Client.PostAsync("/pipelines", Body(asset, "checkpoint", ["prompt_enhance", "i2i"], variations: 2, perPrompt: 2), HttpStatusCode.Created))["id"]!.GetValue<long>();
        await _studio.Client.PostAsync($"/pipelines/{id}/run");

        var review = await _studio.Client.UntilAsync(id, Long, "paused", "failed");
        var prompts = Step(review, "prompt_enhance");
        Assert.Equal("review", prompts["status"]!.GetValue<string>());
        Assert.Equal("review", review["status_reason"]!.GetValue<string>());
        var edited = prompts["outputs"]!.AsArray()[0]!["id"]!.GetValue<long>();
        await _studio.Client.PostAsync(
            $"/pipelines/{id}/steps/{prompts["id"]}/approve", new { outputs = new[] { new { id = edited, text = "woman in a blue evening gown" } } });

        var second = await _studio.Client.UntilAsync(id, Long, "paused", "failed");
        var images = Step(second, "i2i");
        Assert.Equal("review", images["status"]!.GetValue<string>());
        Assert.Equal(4, images["outputs_total"]!.GetValue<int>());
        Assert.Equal(2, images["outputs"]!.AsArray().Count(output => output!["prompt"]!.GetValue<string>().Contains("blue evening gown", StringComparison.Ordinal)));
        var dropped = images["outputs"]!.AsArray()[1]!["id"]!.GetValue<long>();
        await _studio.Client.PostAsync($"/pipelines/{id}/steps/{images["id"]}/approve", new { outputs = new[] { new { id = dropped, selected = false } } });

        var done = await _studio.Client.UntilAsync(id, Long, "completed", "failed");
        Assert.Equal("completed", done["status"]!.GetValue<string>());
        var videos = Step(done, "i2v")["outputs"]!.AsArray();
        Assert.Equal(3, videos.Count);
        Assert.DoesNotContain(videos, output => output!["parent_output_id"]!.GetValue<long>() == dropped);
        Assert.Equal(done["progress"]!["total"]!.GetValue<int>(), done["progress"]!["succeeded"]!.GetValue<int>());
    }

    private static JsonNode Step(JsonNode pipeline, string type) => pipeline["steps"]!.AsArray().Single(step => step!["step_type"]!.GetValue<string>() == type)!;
}
