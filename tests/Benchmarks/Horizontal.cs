using System.Diagnostics;
using System.Net;
using Testing.Studio;

namespace Benchmarks;

/// <summary>Two orchestrators with three image and two video workers beside one of each: where the workers' slots are what limits, more processes are not slower.</summary>
internal static class Horizontal
{
    private const int Prompts = 24;
    private const int ImagesEach = 10;
    private const int Rounds = 3;

    // At a quarter of a second an item and eight at once the slots limit, not this machine.
    private static readonly Dictionary<string, string> Settings = new()
    {
        ["Providers__Default"] = "no-op",
        ["Providers__NoOp__Latency"] = "00:00:00.250",
        ["Worker__Concurrency"] = "8",
        ["Logging__LogLevel__Default"] = "Warning",
    };

    public static async Task MeasureAsync(Report report)
    {
        var alone = await RoundsAsync(new Dictionary<string, int>());
        var together = await RoundsAsync(new Dictionary<string, int> { [RunningStudio.PipelineService] = 2, [RunningStudio.ImageWorker] = 3, [RunningStudio.VideoWorker] = 2 });
        report.Tell($"{2 * Prompts * ImagesEach} items, one of each service", alone, "s");
        report.Tell($"{2 * Prompts * ImagesEach} items, two orchestrators and five workers", together, "s");
        report.AtMost("time with more processes, of the time with one of each", [Report.Median(together) / Report.Median(alone)], 1.1, string.Empty);
    }

    private static async Task<List<double>> RoundsAsync(Dictionary<string, int> replicas)
    {
        await using var studio = new RunningStudio(Settings, replicas);
        await studio.StartAsync();
        var asset = (await studio.Client.UploadAsync(("photo.jpg", await TestPictures.PhotoAsync(320, 320))))[0];
        await RunAsync(studio, asset, Prompts / 3);
        var seconds = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            seconds.Add(await RunAsync(studio, asset, Prompts));
        }

        return seconds;
    }

    private static async Task<double> RunAsync(RunningStudio studio, long asset, int prompts)
    {
        var body = new
        {
            inputs = new { images = new[] { new { asset_id = asset } }, prompts = Enumerable.Range(0, prompts).Select(n => $"prompt {n}") },
            steps = new object[]
            {
                new { step_type = "i2i", config = new { model = "kling-image", images_per_prompt = ImagesEach } },
                new { step_type = "i2v", config = new { model = "wan" } },
            },
        };
        var id = (await studio.Client.PostAsync("/pipelines", body, HttpStatusCode.Created))["id"]!.GetValue<long>();
        var start = Stopwatch.GetTimestamp();
        await studio.Client.PostAsync($"/pipelines/{id}/run");
        await studio.Client.UntilAsync(id, TimeSpan.FromMinutes(3), TimeSpan.FromMilliseconds(100), "completed");
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
