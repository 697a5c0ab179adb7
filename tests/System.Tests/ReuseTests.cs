using System.Net;
using Testing;
using Testing.Studio;

namespace System.Tests;

/// <summary>Identical requests through the public API on the real parts: what is bought is bought once, also when two runs want it at the same moment.</summary>
[Collection(NoOpStudio.Name)]
public sealed class ReuseTests(NoOpStudio fixture)
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(2);
    private readonly RunningStudio _studio = fixture.Studio;

    private StudioClient Client => _studio.Client;

    [Fact]
    public async Task Identical_runs_at_the_same_time_buy_each_item_once_and_a_later_one_buys_nothing()
    {
        const string ofPipeline = "select count(*) from worker.provider_jobs where pipeline_id = $1";
        await Client.ReadyAsync();
        var asset = (await Client.UploadAsync(("photo.jpg", await TestPictures.PhotoAsync(320, 320))))[0];
        var prompts = Enumerable.Range(0, 8).Select(n => $"prompt {n} of {Guid.NewGuid():N}").ToArray();
        var ids = new List<long>();
        for (var run = 0; run < 3; run++)
        {
            ids.Add(await CreateAsync(asset, prompts));
        }

        await Task.WhenAll(ids.Select(id => Client.PostAsync($"/pipelines/{id}/run")));
        var cost = 0m;
        var jobs = 0L;
        foreach (var id in ids)
        {
            var done = await Client.UntilAsync(id, Long, "completed", "failed");
            Assert.Equal(("completed", 16), (done["status"]!.GetValue<string>(), done["progress"]!["succeeded"]!.GetValue<int>()));
            cost += done["cost_actual"]!.GetValue<decimal>();
            jobs += await _studio.CountAsync(ofPipeline, id);
        }

        Assert.Equal(16, jobs);
        Assert.Equal((8 * 0.028m) + (8 * 0.25m), cost);
        Assert.Equal(16, await _studio.CountAsync("select count(*) from pipeline.outputs where pipeline_id = any($1) and not reused", ids.ToArray()));

        var later = await CreateAsync(asset, prompts);
        var started = await Client.PostAsync($"/pipelines/{later}/run");
        Assert.Equal(16, started["reuse_quote"]!["at_least"]!.GetValue<long>());
        var last = await Client.UntilAsync(later, Long, "completed", "failed");
        Assert.Equal(("completed", 0m), (last["status"]!.GetValue<string>(), last["cost_actual"]!.GetValue<decimal>()));
        Assert.Equal(0, await _studio.CountAsync(ofPipeline, later));
        Assert.Equal(HttpStatusCode.OK, (await Client.RawGetAsync($"/pipelines/{later}/download")).StatusCode);
    }

    [Fact]
    public async Task When_the_first_of_identical_items_fails_the_next_one_goes()
    {
        await Client.ReadyAsync();
        var asset = (await Client.UploadAsync(("photo.jpg", await TestPictures.PhotoAsync(320, 320))))[0];
        string[] prompts = [$"never [fail:content_refused] {Guid.NewGuid():N}", "good"];
        long[] ids = [await CreateAsync(asset, prompts), await CreateAsync(asset, prompts)];

        await Task.WhenAll(ids.Select(id => Client.PostAsync($"/pipelines/{id}/run")));
        foreach (var id in ids)
        {
            Assert.Equal(1, (await Client.UntilAsync(id, Long, "completed"))["steps"]![0]!["progress"]!["failed"]!.GetValue<int>());
        }

        Assert.Equal(2, await _studio.CountAsync("select count(*) from worker.provider_jobs where pipeline_id = any($1) and state = 'failed'", ids));
    }

    private async Task<long> CreateAsync(long asset, string[] prompts) => (await Client.PostAsync(
        "/pipelines",
        new
        {
            reuse = true,
            inputs = new { images = new[] { new { asset_id = asset } }, prompts },
            steps = new object[] { new { step_type = "i2i", config = new { model = "kling-image" } }, new { step_type = "i2v", config = new { model = "wan" } } },
        },
        HttpStatusCode.Created))["id"]!.GetValue<long>();
}
