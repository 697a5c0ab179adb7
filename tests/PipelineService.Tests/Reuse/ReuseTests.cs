using System.Net;
using System.Text.Json.Nodes;
using Contracts.Generation;
using Microsoft.EntityFrameworkCore;
using PipelineService.Pipelines;
using PipelineService.Tests.Pipelines;

namespace PipelineService.Tests.Reuse;

/// <summary>An identical request of the same tenant takes the result that is there, at no cost.</summary>
[Collection(PipelinesCollection.Name)]
public sealed class ReuseTests(PipelinesHost host)
{
    private readonly TenantClient _tenant = host.NewTenant();
    private readonly string _picture = Guid.NewGuid().ToString("N");

    [Fact]
    public async Task A_second_run_takes_images_and_videos_of_the_first_at_no_cost_and_says_so_before()
    {
        var first = await MadeAsync(_tenant);

        var asset = await host.AddAssetAsync(_tenant.TenantId, sha256: _picture);
        var estimate = await _tenant.PostAsync("/pipelines/estimate", Body(asset, reuse: true), HttpStatusCode.OK);
        var created = await _tenant.PostAsync("/pipelines", Body(asset, reuse: true), HttpStatusCode.Created);
        Assert.All([estimate, created], quoted => Assert.Equal(
            (4, (2 * 0.028m) + (2 * 0.35m), "$0.76"), (quoted["reuse_quote"]!.Number("at_least"), quoted["reuse_quote"]!.Amount("saves"), quoted["reuse_quote"]!.Text("saves_display"))));
        var id = created.Id();
        var started = await _tenant.PostAsync($"/pipelines/{id}/run", null, HttpStatusCode.Accepted);
        Assert.Equal(4, started["reuse_quote"]!.Number("at_least"));

        // Nobody works here: everything comes from what is there.
        var done = await _tenant.UntilAsync(id, "completed");
        Assert.Equal((4, 0m, 0.756m), (done["progress"]!.Number("succeeded"), done.Amount("cost_actual"), done.Amount("cost_estimate")));
        var outputs = done.Step("i2v").Outputs();
        Assert.All(outputs, output => Assert.True(output["reused"]!.GetValue<bool>()));
        Assert.Equal(first.Step("i2v").Outputs().Select(output => output["seed"]!.GetValue<long>()).Order(), outputs.Select(output => output["seed"]!.GetValue<long>()).Order());
        Assert.Empty(outputs.Select(output => output["asset_id"]!.GetValue<long>()).Intersect(first.Step("i2v").Outputs().Select(output => output["asset_id"]!.GetValue<long>())));
        Assert.Equal(await ObjectsAsync(first.Id()), await ObjectsAsync(id));
        Assert.All((await _tenant.GetAsync($"/pipelines/{id}/steps/{done.Step("i2i").Id()}/items"))["data"]!.AsArray(), item => Assert.True(item!["reused"]!.GetValue<bool>()));
        await Testing.Eventually.HoldsAsync(async () => await host.NumberAsync("select count(*) from cost.ledger where pipeline_id = $1", id) == 4);
        Assert.Equal(0, await host.NumberAsync("select sum(amount) from cost.ledger where pipeline_id = $1", id));
        Assert.Equal(0, await host.NumberAsync("select count(*) from cost.holds where pipeline_id = $1", id));
        Assert.Equal(0, await host.NumberAsync("select sum(queued + in_flight) from pipeline.dispatch_queues where pipeline_id = $1", id));
    }

    [Fact]
    public async Task Nothing_is_taken_unless_the_pipeline_wants_it()
    {
        await MadeAsync(_tenant);
        var asset = await host.AddAssetAsync(_tenant.TenantId, sha256: _picture);
        var id = await RunAsync(_tenant, Body(asset, reuse: false));

        Assert.Null((await _tenant.PipelineAsync(id))["reuse_quote"]);
        await SentAsync(id);
        Assert.Equal(0, (await _tenant.PipelineAsync(id))["progress"]!.Number("succeeded"));
    }

    [Fact]
    public async Task Nothing_is_ever_taken_from_another_tenant()
    {
        await MadeAsync(_tenant);
        var stranger = host.NewTenant();
        var asset = await host.AddAssetAsync(stranger.TenantId, sha256: _picture);

        Assert.Equal(0, (await stranger.PostAsync("/pipelines/estimate", Body(asset, reuse: true), HttpStatusCode.OK))["reuse_quote"]!.Number("at_least"));
        var id = await RunAsync(stranger, Body(asset, reuse: true));
        await SentAsync(id);
        Assert.Equal(0, (await stranger.PipelineAsync(id))["progress"]!.Number("succeeded"));
    }

    [Theory]
    [InlineData("another prompt", null, 0)]
    [InlineData("woman in red dress", 5, 0)]
    [InlineData("woman in red dress", null, 2)]
    public async Task Only_identical_requests_are_taken(string prompt, int? seed, int expected)
    {
        await MadeAsync(_tenant, videos: false);
        var asset = await host.AddAssetAsync(_tenant.TenantId, sha256: _picture);

        Assert.Equal(expected, (await _tenant.PostAsync("/pipelines/estimate", Body(asset, true, videos: false, prompt, seed), HttpStatusCode.OK))["reuse_quote"]!.Number("at_least"));
    }

    [Fact]
    public async Task What_a_simulated_provider_made_is_not_good_for_a_real_one_and_the_other_way_round_it_is()
    {
        var made = await MadeAsync(_tenant, videos: false);
        var asset = await host.AddAssetAsync(_tenant.TenantId, sha256: _picture);
        var real = (await _tenant.PostAsync("/pipelines", Body(asset, true, videos: false), HttpStatusCode.Created)).Id();
        await host.WithDatabaseAsync(db => db.Steps.Where(step => step.PipelineId == real).ExecuteUpdateAsync(set => set.SetProperty(step => step.Provider, "fal")));

        Assert.Equal(0, (await _tenant.PostAsync($"/pipelines/{real}/run", null, HttpStatusCode.Accepted))["reuse_quote"]!.Number("at_least"));
        await SentAsync(real);
        Assert.Equal(0, (await _tenant.PipelineAsync(real))["progress"]!.Number("succeeded"));

        await host.WithDatabaseAsync(db => db.Outputs.Where(output => output.PipelineId == made.Id()).ExecuteUpdateAsync(set => set.SetProperty(output => output.Simulated, false)));
        await host.WithDatabaseAsync(db => db.Items.Where(item => item.PipelineId == real).ExecuteUpdateAsync(set => set.SetProperty(item => item.LeaseUntil, DateTimeOffset.UnixEpoch)));
        await _tenant.UntilAsync(real, "completed");
        await _tenant.UntilAsync(await RunAsync(_tenant, Body(asset, true, videos: false)), "completed");
    }

    [Fact]
    public async Task A_result_whose_file_was_deleted_is_none()
    {
        var made = await MadeAsync(_tenant, videos: false);
        await host.WithDatabaseAsync(db => db.Assets.Where(row => row.PipelineId == made.Id()).ExecuteDeleteAsync());
        var asset = await host.AddAssetAsync(_tenant.TenantId, sha256: _picture);

        var id = await RunAsync(_tenant, Body(asset, true, videos: false));
        await SentAsync(id);
        await _tenant.DoAsync(id, "i2i");
        Assert.Equal(0.056m, (await _tenant.UntilAsync(id, "completed")).Amount("cost_actual"));
    }

    [Fact]
    public async Task A_rerun_is_a_new_picture_and_not_the_one_that_is_there()
    {
        var asset = await host.AddAssetAsync(_tenant.TenantId, sha256: _picture);
        var id = await RunAsync(_tenant, Body(asset, true, videos: false));
        await _tenant.DoAsync(id, "i2i");
        var step = (await _tenant.UntilAsync(id, "completed")).Step("i2i").Id();
        var item = (await _tenant.ItemsAsync(id, step))[0];

        await _tenant.PostAsync($"/pipelines/{id}/steps/{step}/items/{item.Id}/rerun", null, HttpStatusCode.Accepted);
        await _tenant.DoAsync(id, "i2i");
        var done = await _tenant.UntilAsync(id, "completed");

        Assert.Equal(3 * 0.028m, done.Amount("cost_actual"));
        Assert.All(done.Step("i2i").Outputs(), output => Assert.False(output["reused"]!.GetValue<bool>()));
    }

    private async Task<JsonNode> MadeAsync(TenantClient tenant, bool videos = true)
    {
        var asset = await host.AddAssetAsync(tenant.TenantId, sha256: _picture);
        var id = await RunAsync(tenant, Body(asset, reuse: false, videos));
        await tenant.DoAsync(id, "i2i");
        if (videos)
        {
            await tenant.DoAsync(id, "i2v");
        }

        return await tenant.UntilAsync(id, "completed");
    }

    private static async Task<long> RunAsync(TenantClient tenant, object body)
    {
        var id = (await tenant.PostAsync("/pipelines", body, HttpStatusCode.Created)).Id();
        await tenant.PostAsync($"/pipelines/{id}/run", null, HttpStatusCode.Accepted);
        return id;
    }

    /// <summary>Until money has been held for all of its items: it would have been taken before.</summary>
    private Task SentAsync(long id) => Testing.Eventually.HoldsAsync(async () => await host.NumberAsync("select count(*) from cost.holds where pipeline_id = $1", id) == 2);

    private Task<List<string>> ObjectsAsync(long id) =>
        host.WithDatabaseAsync(db => db.Assets.Where(asset => asset.PipelineId == id).Select(asset => asset.ObjectKey).OrderBy(key => key).ToListAsync());

    private static object Body(long asset, bool reuse, bool videos = true, string prompt = "woman in red dress", int? seed = null) => new
    {
        reuse,
        inputs = new { images = new[] { new { asset_id = asset } }, prompts = new[] { prompt } },
        steps = new object[] { new { step_type = "i2i", config = Config(seed) }, new { step_type = "i2v", config = new { model = "kling", skip = !videos } } },
    };

    private static object Config(int? seed) => seed is null ? new { model = "kling-image", images_per_prompt = 2 } : new { model = "kling-image", images_per_prompt = 2, seed };
}
