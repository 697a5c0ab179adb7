using System.Diagnostics;
using System.Net;
using Testing;
using Testing.Studio;

namespace Benchmarks.Engine;

/// <summary>
/// The matrix on the no-op provider, everything durable: 10 pictures × 5 prompts make 50 prompt items, each leads to 20 image items, each of those to one
/// video item; 2,050 items. This project, the floor and, when their folder is given, other systems on the same matrix, in one run and one table.
/// </summary>
internal static class EngineMatrix
{
    public const int Prompts = 50;
    public const int Images = 1000;
    public const int Items = Prompts + (2 * Images);
    // So many until the services' hot code has been compiled for good, most of a minute.
    private const int Warmups = 45;
    private const int Rounds = 7;
    private const int QuickWarmups = 14;

    /// <param name="peers">A folder with other systems' scripts (<c>bench.mjs</c>, <c>run.sh</c>); null to run without them.</param>
    /// <param name="quick">Few rounds of this project alone, to see what a change does.</param>
    public static async Task MeasureAsync(Report report, string? peers, bool quick)
    {
        if (quick)
        {
            await PipelineAsync(report, QuickWarmups, floor: null);
            return;
        }

        EngineRow pipeline, floor;
        await using (var floorRounds = await Floor.StartAsync())
        {
            for (var round = 0; round < Warmups; round++)
            {
                await floorRounds.RoundAsync(timed: false);
            }

            pipeline = await PipelineAsync(report, Warmups, floorRounds);
            floor = floorRounds.Row;
        }

        var rows = new List<EngineRow> { pipeline, floor };
        if (peers is not null)
        {
            rows.AddRange(await Peers.MeasureAsync(peers));
        }

        EngineRow.Print(rows, floor);
        rows.ForEach(report.Row);
        report.AtLeast("items a second, matrix", [pipeline.ItemsPerSecond], 1500, "items/s");
        report.AtLeast("of the RabbitMQ floor in the same run", [100 * pipeline.ItemsPerSecond / floor.ItemsPerSecond], 45, "%");
        report.AtMost("first video of the matrix", [1000 * pipeline.FirstVideoSec], 300, "ms");
        report.AtMost("CPU of all processes for 1,000 items", [pipeline.CpuSecPer1000], 1.0, "s");
        await WorkerKill.MeasureAsync(report);
    }

    public static Dictionary<string, string> Settings(params (string Name, string Value)[] more)
    {
        var settings = new Dictionary<string, string>
        {
            ["Providers__Default"] = "no-op",
            ["Limits__MaxImagesPerPrompt"] = "20",
            ["Logging__LogLevel__Default"] = "Warning",
        };
        foreach (var (name, value) in more)
        {
            settings[name] = value;
        }

        return settings;
    }

    public static async Task<long[]> UploadAsync(RunningStudio studio)
    {
        var photos = new List<(string, byte[])>();
        for (var index = 0; index < 10; index++)
        {
            photos.Add(($"{index}.jpg", await TestPictures.PhotoAsync(320, 320, index * 20)));
        }

        return await studio.Client.UploadAsync([.. photos]);
    }

    public static async Task<long> CreateAsync(RunningStudio studio, long[] assets, string mark)
    {
        var body = new
        {
            name = mark,
            inputs = new { images = assets.Select(asset => new { asset_id = asset }), prompts = Enumerable.Range(0, 5).Select(n => $"{mark}: prompt {n}") },
            steps = new object[]
            {
                new { step_type = "prompt_enhance", config = new { variations_per_prompt = 1 } },
                new { step_type = "i2i", config = new { model = "kling-image", images_per_prompt = 20 } },
                new { step_type = "i2v", config = new { model = "wan" } },
            },
        };
        return (await studio.Client.PostAsync("/pipelines", body, HttpStatusCode.Created))["id"]!.GetValue<long>();
    }

    /// <param name="floor">Does a round after each timed one, so that both meet the same minutes of the machine.</param>
    private static async Task<EngineRow> PipelineAsync(Report report, int warmups, Floor? floor)
    {
        // Nobody is killed here, so nothing has to remember what the provider was asked.
        await using var studio = new RunningStudio(Settings(("Providers__NoOp__JournalPath", string.Empty)));
        await studio.StartAsync();
        var assets = await UploadAsync(studio);
        IReadOnlyList<int> roots = [Environment.ProcessId, .. studio.ProcessIds, TestServers.ProcessId];
        List<double> rates = [], firsts = [], accepted = [], cpu = [];
        var parts = Parts(studio).ToDictionary(part => part.Name, part => (part.Roots, Used: new List<double>()));
        var peak = 0d;
        for (var round = -warmups; round < Rounds; round++)
        {
            var id = await CreateAsync(studio, assets, $"matrix {round}");
            using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
            await using var feed = await MatrixFeed.OpenAsync(studio, id, limit.Token);
            await using var watch = Watch.Begin(roots, floor?.ProcessIds ?? []);
            var before = parts.ToDictionary(part => part.Key, part => ProcessTrees.CpuSeconds(part.Value.Roots));
            var start = Stopwatch.GetTimestamp();
            var following = feed.FollowAsync(start, limit.Token);
            await studio.Client.PostAsync($"/pipelines/{id}/run");
            var answered = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            var (seconds, firstVideo) = await following;
            await HoldsGoneAsync(studio, id);
            var used = watch.CpuSeconds;
            var usedBy = parts.ToDictionary(part => part.Key, part => ProcessTrees.CpuSeconds(part.Value.Roots) - before[part.Key]);
            await SettledAsync(studio, id);
            if (round >= 0)
            {
                rates.Add(Items / seconds);
                firsts.Add(firstVideo);
                accepted.Add(answered);
                cpu.Add(used * 1000 / Items);
                peak = Math.Max(peak, watch.PeakMegabytes);
                foreach (var (name, (_, samples)) in parts)
                {
                    samples.Add(usedBy[name] * 1000 / Items);
                }

                if (floor is not null)
                {
                    await floor.RoundAsync(timed: true, studio.ProcessIds);
                }
            }
        }

        foreach (var (name, (_, used)) in parts)
        {
            report.Tell($"CPU for 1,000 items: {name}", used, "s");
        }

        report.Tell("first video, each round", firsts, "s");
        report.AtMost("submit to accepted, matrix", accepted, 50, "ms");
        report.Tell("items a second, each round", rates, "items/s");
        report.Tell("CPU for 1,000 items, each round", cpu, "s");
        return new EngineRow("pipeline", Report.Median(rates), Report.Median(firsts), Report.Median(cpu), peak);
    }

    private static IEnumerable<(string Name, IReadOnlyList<int> Roots)> Parts(RunningStudio studio)
    {
        foreach (var service in new[]
        {
            RunningStudio.Gateway, RunningStudio.PipelineService, RunningStudio.CostService, RunningStudio.EnhancerService, RunningStudio.ImageWorker, RunningStudio.VideoWorker,
        })
        {
            yield return (service, [studio.Service(service).Id]);
        }

        foreach (var child in ProcessTrees.Children(TestServers.ProcessId))
        {
            yield return ($"{child.Name} {child.Id}", [child.Id]);
        }
    }

    private static Task HoldsGoneAsync(RunningStudio studio, long pipeline) => Eventually.HoldsAsync(
        async () => await studio.CountAsync("select count(*) from cost.holds where pipeline_id = $1", pipeline) == 0, TimeSpan.FromSeconds(30));

    /// <summary>Every item is stored once and booked once, and no money is held any more.</summary>
    public static Task SettledAsync(RunningStudio studio, long pipeline) => Eventually.HoldsAsync(
        async () => await studio.CountAsync(
            """
            select case when
                (select count(*) from pipeline.items where pipeline_id = $1 and status = 'succeeded') = $2
                and (select count(*) from pipeline.outputs where pipeline_id = $1) = $2
                and (select count(*) from cost.ledger where pipeline_id = $1 and amount > 0) = $2
                and not exists (select 1 from cost.holds where pipeline_id = $1)
            then 1 else 0 end
            """,
            pipeline, Items) == 1,
        TimeSpan.FromSeconds(30));
}
