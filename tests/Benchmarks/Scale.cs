using System.Diagnostics;
using System.Globalization;
using System.Net;
using Testing;
using Testing.Studio;

namespace Benchmarks;

/// <summary>
/// What a large run costs: how soon it is accepted and stopped, what an item costs at 1,000 and in a large run, how much memory the service takes, and
/// how long another tenant's single item waits behind it. <c>BENCH_SCALE_ITEMS</c> sets the size of the large run; 100,000 unless told.
/// </summary>
internal static class Scale
{
    private const int Small = 1000;
    private const int Queued = 10_000;
    private const int Rounds = 3;
    private const long OtherTenant = 1L << 40;

    private static readonly int Large = int.TryParse(Environment.GetEnvironmentVariable("BENCH_SCALE_ITEMS"), NumberStyles.None, CultureInfo.InvariantCulture, out var items) ? items : 100_000;

    public static async Task MeasureAsync(Report report)
    {
        var most = Math.Max(Large, Queued).ToString(CultureInfo.InvariantCulture);
        await using var studio = new RunningStudio(new Dictionary<string, string>
        {
            ["Providers__Default"] = "no-op",
            ["Limits__MaxItemsPerStep"] = most,
            ["Limits__MaxPrompts"] = most,
        });
        await studio.StartAsync();
        var asset = (await studio.Client.UploadAsync(("a.jpg", await TestPictures.PhotoAsync(320, 320))))[0];
        await RunAsync(studio, asset, 200);

        await StopAsync(report, studio, asset);
        await OtherTenantAsync(report, studio, asset);
        await CostAsync(report, studio, asset);
    }

    private static async Task StopAsync(Report report, RunningStudio studio, long asset)
    {
        var (created, accepted, cancelled, paused) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            var (id, create, run) = await StartAsync(studio, asset, Queued);
            created.Add(create);
            accepted.Add(run);
            cancelled.Add(await TimeAsync(() => studio.Client.PostAsync($"/pipelines/{id}/cancel")));
            await NoneAsync(studio, "select count(*) from pipeline.items where pipeline_id = $1 and status in ('queued', 'dispatched')", id);

            (id, create, run) = await StartAsync(studio, asset, Queued);
            created.Add(create);
            accepted.Add(run);
            paused.Add(await TimeAsync(() => studio.Client.PostAsync($"/pipelines/{id}/pause?now=true")));
            await NoneAsync(studio, "select count(*) from pipeline.dispatch_queues where pipeline_id = $1 and queued > 0 and not held", id);
            await studio.Client.PostAsync($"/pipelines/{id}/cancel");
        }

        report.Tell($"POST /pipelines with {Queued:N0} prompts", created, "s");
        report.AtMost($"POST /run accepted, {Queued:N0} items", accepted, 1, "s");
        report.AtMost($"cancel of {Queued:N0} queued items", cancelled, 1, "s");
        report.AtMost($"pause now of {Queued:N0} queued items", paused, 1, "s");
    }

    private static async Task OtherTenantAsync(Report report, RunningStudio studio, long asset)
    {
        var waits = new List<double>();
        using var other = studio.ClientOf(OtherTenant);
        var picture = (await other.UploadAsync(("b.jpg", await TestPictures.PhotoAsync(320, 320, 40))))[0];
        var (big, _, _) = await StartAsync(studio, asset, Queued);
        for (var round = 0; round < 5; round++)
        {
            var (id, _, _) = await StartAsync(other, picture, 1);
            await EndedAsync(studio, id);
            waits.Add(await studio.CountAsync("select (extract(epoch from min(started_at) - min(queued_at)) * 1000)::bigint from pipeline.items where pipeline_id = $1", id));
        }

        var left = await studio.CountAsync("select count(*) from pipeline.items where pipeline_id = $1 and status = 'queued'", big);
        await studio.Client.PostAsync($"/pipelines/{big}/cancel");
        report.AtMost($"another tenant's item starts, {left:N0} to {Queued:N0} queued before it", waits, 500, "ms");
    }

    private static async Task CostAsync(Report report, RunningStudio studio, long asset)
    {
        var few = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            few.Add((await RunAsync(studio, asset, Small)).CpuMs);
        }

        await using var watch = Watch.Begin([studio.Service(RunningStudio.PipelineService).Id]);
        var (create, run, seconds, cpu) = await RunAsync(studio, asset, Large);
        report.Tell($"POST /pipelines with {Large:N0} prompts", [create], "s");
        report.AtMost($"POST /run accepted, {Large:N0} items", [run], 8, "s");
        report.Tell($"items a second, {Large:N0} items", [Large / seconds], "items/s");
        report.Tell($"CPU of all processes for an item, {Small:N0} items", few, "ms");
        report.Tell($"CPU of all processes for an item, {Large:N0} items", [cpu], "ms");
        report.AtMost($"growth of CPU for an item, {Small:N0} to {Large:N0}", [cpu / Report.Median(few)], 1.2, "×");
        report.AtMost($"most memory of PipelineService, {Large:N0} items", [watch.PeakMegabytes], 400, "MB");
    }

    private static async Task<(double Create, double Accept, double Seconds, double CpuMs)> RunAsync(RunningStudio studio, long asset, int items)
    {
        IReadOnlyList<int> roots = [.. studio.ProcessIds, TestServers.ProcessId];
        var before = ProcessTrees.CpuSeconds(roots);
        var start = Stopwatch.GetTimestamp();
        var (id, create, run) = await StartAsync(studio, asset, items);
        await EndedAsync(studio, id);
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return (create, run, seconds, (ProcessTrees.CpuSeconds(roots) - before) * 1000 / items);
    }

    private static Task<(long Id, double Create, double Run)> StartAsync(RunningStudio studio, long asset, int items) => StartAsync(studio.Client, asset, items);

    private static async Task<(long Id, double Create, double Run)> StartAsync(StudioClient client, long asset, int items)
    {
        var body = new
        {
            inputs = new { images = new[] { new { asset_id = asset } }, prompts = Enumerable.Range(0, items).Select(n => $"a photo of the same woman in a red dress, number {n}").ToArray() },
            steps = new object[] { new { step_type = "i2i", config = new { model = "kling-image" } } },
        };
        var id = 0L;
        var create = await TimeAsync(async () => id = (await client.PostAsync("/pipelines", body, HttpStatusCode.Created))["id"]!.GetValue<long>());
        return (id, create, await TimeAsync(() => client.PostAsync($"/pipelines/{id}/run")));
    }

    private static async Task EndedAsync(RunningStudio studio, long id)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (await studio.CountAsync("select count(*) from pipeline.pipelines where id = $1 and status in ('completed', 'failed')", id) == 0)
        {
            await timer.WaitForNextTickAsync();
        }
    }

    private static async Task NoneAsync(RunningStudio studio, string sql, long id)
    {
        if (await studio.CountAsync(sql, id) is var left and not 0)
        {
            throw new InvalidOperationException($"{left} items were not stopped.");
        }
    }

    private static async Task<double> TimeAsync(Func<Task> work)
    {
        var start = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
