using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Contracts.Generation;
using PipelineService.Orchestration;
using PipelineService.Pipelines;
using PipelineService.Reuse;
using PipelineService.Tests.Pipelines;

namespace PipelineService.Tests.Reuse;

/// <summary>No worker has come yet, so nothing that is sent stays sent.</summary>
public sealed class HostWithoutWorkers : PipelinesHost
{
    protected override IEnumerable<string> LaneQueues => [];
}

/// <summary>Identical items at the same time: one goes, the others wait for it, take its result, or go on when it fails.</summary>
public sealed class ReuseSiftTests(HostWithoutWorkers host) : IClassFixture<HostWithoutWorkers>
{
    private readonly TenantClient _tenant = host.NewTenant();
    private readonly string _picture = Guid.NewGuid().ToString("N");

    [Fact]
    public async Task One_of_each_key_goes_and_the_others_take_its_result_or_its_place()
    {
        var id = await HeldAsync(_tenant, images: 3);
        var items = await ItemsAsync(id);
        var step = await StepAsync(id);

        // Three pictures alike, two takes of each: two keys.
        var first = await SiftAsync(id);
        Assert.Equal([0, 1], items.Where(item => first.Contains(item.Id)).Select(item => item.Input.Take).Order());
        var waiting = (await ItemsAsync(id)).Where(item => !first.Contains(item.Id)).ToList();
        Assert.All(waiting, item => Assert.Equal((ItemStatus.Queued, 1, true), (item.Status, item.Attempt, item.DueAt is not null)));
        Assert.Empty(await SiftAsync(id));

        var (good, bad) = (items.Single(item => first.Contains(item.Id) && item.Input.Take == 0), items.Single(item => first.Contains(item.Id) && item.Input.Take == 1));
        await Work.ReportAsync(host, [Work.Result(step, good, null), Work.Result(step, bad, FailureKind.ContentRefused)]);
        var next = await SiftAsync(id);

        Assert.Equal(1, items.Single(item => item.Id == Assert.Single(next)).Input.Take);
        var after = (await ItemsAsync(id)).Where(item => item.Input.Take == 0).ToList();
        Assert.All(after, item => Assert.Equal((ItemStatus.Succeeded, item.Id != good.Id, item.Id == good.Id ? 0.028m : 0m), (item.Status, item.Reused, item.ActualCost)));
        Assert.Equal(3, await host.NumberAsync("select count(*) from pipeline.outputs where pipeline_id = $1", id));
        Assert.Equal(1, await host.NumberAsync("select count(*) from pipeline.outputs where pipeline_id = $1 and reuse_key is not null", id));
    }

    [Fact]
    public async Task Two_pipelines_of_a_tenant_at_once_send_one_and_two_tenants_two()
    {
        var stranger = host.NewTenant();
        long[] ids = [await HeldAsync(_tenant, 1), await HeldAsync(_tenant, 1), await HeldAsync(stranger, 1)];

        var sent = await Task.WhenAll(ids.Select(SiftAsync));

        Assert.Equal(2, sent[0].Count + sent[1].Count);
        Assert.Equal(2, sent[2].Count);
    }

    [Fact]
    public async Task One_that_is_sent_again_keeps_its_place()
    {
        var id = await HeldAsync(_tenant, images: 2);
        var first = await SiftAsync(id);
        await host.WithDatabaseAsync(db => db.Items.Where(item => first.Contains(item.Id)).ExecuteUpdateAsync(set => set.SetProperty(item => item.Status, ItemStatus.Queued)));

        Assert.Equal(first.Order(), (await SiftAsync(id)).Order());
    }

    [Fact]
    public async Task One_in_flight_in_a_run_that_does_not_reuse_is_waited_for_too()
    {
        var other = await HeldAsync(_tenant, 1, reuse: false);
        await host.WithDatabaseAsync(db => db.Items.Where(item => item.PipelineId == other).ExecuteUpdateAsync(set => set.SetProperty(item => item.Status, ItemStatus.Running)));
        await host.WithDatabaseAsync(db => db.DispatchQueues.Where(queue => queue.PipelineId == other).ExecuteUpdateAsync(
            set => set.SetProperty(queue => queue.Queued, 0).SetProperty(queue => queue.InFlight, 2)));
        var id = await HeldAsync(_tenant, 1);

        Assert.Empty(await SiftAsync(id));
        var step = await StepAsync(other);
        await Work.ReportAsync(host, [.. (await ItemsAsync(other)).Select(item => Work.Result(step, item, null))]);
        Assert.Empty(await SiftAsync(id));
        Assert.All(await ItemsAsync(id), item => Assert.True(item.Reused));
    }

    [Fact]
    public async Task What_waits_does_not_keep_another_run_of_the_tenant_from_its_turn()
    {
        var waiting = await HeldAsync(_tenant, images: 10);
        await host.WithDatabaseAsync(db => db.Items.Where(item => item.PipelineId == waiting).ExecuteUpdateAsync(
            set => set.SetProperty(item => item.DueAt, TimeProvider.System.GetUtcNow().AddHours(1))));
        await _tenant.PostAsync($"/pipelines/{waiting}/run", null, HttpStatusCode.Accepted);

        var other = await HeldAsync(_tenant, images: 1, reuse: false);
        await _tenant.PostAsync($"/pipelines/{other}/run", null, HttpStatusCode.Accepted);

        await Testing.Eventually.HoldsAsync(async () => await host.NumberAsync("select count(*) from cost.holds where pipeline_id = $1", other) == 2);
        Assert.All(await ItemsAsync(waiting), item => Assert.Equal(ItemStatus.Queued, item.Status));
    }

    /// <summary>A started pipeline of pictures alike, of which nothing is sent by itself.</summary>
    private async Task<long> HeldAsync(TenantClient tenant, int images, bool reuse = true)
    {
        var assets = new List<object>();
        for (var image = 0; image < images; image++)
        {
            assets.Add(new { asset_id = await host.AddAssetAsync(tenant.TenantId, sha256: _picture) });
        }

        var body = new
        {
            reuse,
            inputs = new { images = assets, prompts = new[] { "woman in red dress" } },
            steps = new object[] { new { step_type = "i2i", config = new { model = "kling-image", images_per_prompt = 2 } } },
        };
        var id = (await tenant.PostAsync("/pipelines", body, HttpStatusCode.Created)).Id();
        await tenant.PostAsync($"/pipelines/{id}/run", null, HttpStatusCode.Accepted);
        await tenant.PostAsync($"/pipelines/{id}/pause?now=true", null, HttpStatusCode.Accepted);
        await Testing.Eventually.HoldsAsync(async () => (await ItemsAsync(id)).TrueForAll(item => item.Status == ItemStatus.Queued));
        return id;
    }

    /// <summary>Claims all queued items and sifts them; returns those to be sent, which stay dispatched.</summary>
    private async Task<IReadOnlyList<long>> SiftAsync(long id)
    {
        var queued = (await ItemsAsync(id)).Where(item => item.Status == ItemStatus.Queued).ToList();
        var ids = queued.Select(item => item.Id).ToArray();
        await host.WithDatabaseAsync(db => db.Items.Where(item => ids.Contains(item.Id)).ExecuteUpdateAsync(
            set => set.SetProperty(item => item.Status, ItemStatus.Dispatched).SetProperty(item => item.DispatchedAt, TimeProvider.System.GetUtcNow())));
        var pipeline = await host.WithDatabaseAsync(db => db.Pipelines.AsNoTracking().SingleAsync(row => row.Id == id));
        var claimed = queued.Select(item => new ClaimedItem(
            item.Id, item.TenantId, id, item.StepId, item.Attempt, item.Units, item.QuotedCost, item.Input, null, item.Resolved, item.ServedBy, item.ReuseKey)).ToList();
        var left = await host.Services.GetRequiredService<ReuseSift>().SiftAsync(Lanes.Image, new RunHead(pipeline.TenantId, id, pipeline.Version, pipeline.Epoch, null, null, pipeline.Reuse), [await StepAsync(id)], claimed, CancellationToken.None);
        return [.. left.Select(item => item.Id)];
    }

    private Task<Step> StepAsync(long id) => host.WithDatabaseAsync(db => db.Steps.AsNoTracking().SingleAsync(row => row.PipelineId == id));

    private Task<List<Item>> ItemsAsync(long id) =>
        host.WithDatabaseAsync(db => db.Items.AsNoTracking().Where(item => item.PipelineId == id).OrderBy(item => item.Id).ToListAsync());
}
