using System.Net;
using Contracts.Generation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PipelineService.Pipelines;
using PipelineService.Tests.Pipelines;
using PipelineService.Waiting;
using Testing;

namespace PipelineService.Tests.Waiting;

/// <summary>Few items may be in flight.</summary>
public sealed class HostWithSmallWindow : PipelinesHost
{
    protected override Dictionary<string, string?> Settings => new() { ["Orchestration:MinWindow"] = "32" };
}

/// <summary>The queue list, places and durations over HTTP, with the real dispatcher.</summary>
public sealed class QueueTests(HostWithSmallWindow host) : IClassFixture<HostWithSmallWindow>
{
    private readonly TenantClient _big = host.NewTenant();
    private readonly TenantClient _small = host.NewTenant();

    [Fact]
    public async Task A_single_item_of_another_tenant_passes_hundreds()
    {
        var big = await _big.StartAsync(images => Items(images, 300));
        var small = 0L;
        try
        {
            await Eventually.HoldsAsync(async () => (await CountsAsync(big)).Dispatched > 0);
            small = await _small.StartAsync(images => Items(images, 1));
            await FinishSomeAsync(big);

            await Eventually.HoldsAsync(async () => (await CountsAsync(small)).Dispatched == 1);
            Assert.InRange((await CountsAsync(big)).Queued, 200, 300);
        }
        finally
        {
            await CancelAsync(_big, big);
            await CancelAsync(_small, small);
        }
    }

    [Fact]
    public async Task A_small_run_passes_a_big_one_of_the_same_tenant()
    {
        var big = await _big.StartAsync(images => Items(images, 300));
        var small = 0L;
        try
        {
            await Eventually.HoldsAsync(async () => (await CountsAsync(big)).Dispatched > 0);
            small = await _big.StartAsync(images => Items(images, 2));
            await FinishSomeAsync(big);
            await FinishSomeAsync(big);

            await Eventually.HoldsAsync(async () => (await CountsAsync(small)).Dispatched == 2);
            Assert.InRange((await CountsAsync(big)).Queued, 200, 300);
        }
        finally
        {
            await CancelAsync(_big, big);
            await CancelAsync(_big, small);
        }
    }

    [Fact]
    public async Task The_queue_lists_a_tenants_own_runs_with_their_place_in_pages()
    {
        var first = await _big.StartAsync(images => Items(images, 100));
        var second = await _big.StartAsync(images => Items(images, 100));
        try
        {
            var page = await _big.GetAsync("/queue?limit=1");
            var entry = page["data"]!.AsArray().Single()!;
            Assert.Equal(first, entry["pipeline_id"]!.GetValue<long>());
            Assert.Equal(100, entry["waiting"]!.GetValue<int>() + entry["in_flight"]!.GetValue<int>());
            Assert.True(entry["queue"]!["position"]!.GetValue<int>() >= 1);
            Assert.True(entry["queue"]!["ahead"]!.GetValue<int>() >= 0);
            var rest = await _big.GetAsync($"/queue?limit=1&cursor={page.Text("next_cursor")}");
            Assert.Equal(second, rest["data"]![0]!["pipeline_id"]!.GetValue<long>());
            Assert.Null(rest["next_cursor"]);
            Assert.Empty((await _small.GetAsync("/queue"))["data"]!.AsArray());
            Assert.NotNull((await _big.PipelineAsync(first))["queue"]);
            Assert.NotNull((await _big.PipelineAsync(first))["steps"]![0]!["queue"]);
        }
        finally
        {
            await CancelAsync(_big, first);
            await CancelAsync(_big, second);
        }

        Assert.Empty((await _big.GetAsync("/queue"))["data"]!.AsArray());
        Assert.Null((await _big.PipelineAsync(first))["queue"]);
    }

    [Theory]
    [InlineData("limit=0", "/limit")]
    [InlineData("limit=201", "/limit")]
    [InlineData("cursor=next", "/cursor")]
    public async Task A_bad_page_is_refused_by_name(string query, string pointer) =>
        Assert.NotNull((await _small.GetAsync("/queue?" + query, HttpStatusCode.UnprocessableEntity))["errors"]![pointer]);

    [Fact]
    public async Task Durations_are_learned_and_told_as_the_time_that_is_left()
    {
        var id = await _small.StartAsync(images => Items(images, 40));
        try
        {
            var step = await host.WithDatabaseAsync(db => db.Steps.AsNoTracking().SingleAsync(row => row.PipelineId == id));
            var times = host.Services.GetRequiredService<ServiceTimes>();
            var monitor = host.Services.GetRequiredService<WaitingMonitor>();
            var start = TimeProvider.System.GetUtcNow();
            for (var item = 0; item < 2000; item++)
            {
                times.Observe(step, start, start.AddSeconds(4));
            }

            await Eventually.HoldsAsync(() => Task.FromResult(monitor.Latest.Means.TryGetValue(DurationKey.Of(step), out var mean) && mean is > 3.5 and < 4.5));
            var view = await _small.PipelineAsync(id);
            Assert.InRange(view["progress"]!["eta_sec"]!.GetValue<int>(), 1, 40 * 5);
            Assert.Equal(view["progress"]!["eta_sec"]!.GetValue<int>(), view["steps"]![0]!["progress"]!["eta_sec"]!.GetValue<int>());
        }
        finally
        {
            await CancelAsync(_small, id);
        }
    }

    private async Task FinishSomeAsync(long pipeline)
    {
        var (step, items) = await host.WithDatabaseAsync(async db => (
            await db.Steps.AsNoTracking().SingleAsync(row => row.PipelineId == pipeline),
            await db.Items.AsNoTracking().Where(item => item.PipelineId == pipeline && item.Status == ItemStatus.Dispatched).OrderBy(item => item.Id).Take(2).ToListAsync()));
        await Work.FinishAsync(host, step, items);
    }

    private Task<(int Queued, int Dispatched)> CountsAsync(long pipeline) => host.WithDatabaseAsync(async db => (
        await db.Items.CountAsync(item => item.PipelineId == pipeline && item.Status == ItemStatus.Queued),
        await db.Items.CountAsync(item => item.PipelineId == pipeline && item.Status == ItemStatus.Dispatched)));

    /// <summary>Ends a run and gives its room in the window back.</summary>
    private static async Task CancelAsync(TenantClient tenant, long pipeline)
    {
        if (pipeline != 0)
        {
            await tenant.SendAsync(HttpMethod.Post, $"/pipelines/{pipeline}/cancel");
            await tenant.DoAsync(pipeline, "i2i", _ => FailureKind.Cancelled);
        }
    }

    private static object Items(long[] images, int count) => new
    {
        inputs = new { images = images.Select(id => new { asset_id = id }), prompts = Enumerable.Range(0, count).Select(n => $"prompt {n}") },
        steps = new object[] { new { step_type = "i2i", config = new { model = "kling-image" } } },
    };
}
