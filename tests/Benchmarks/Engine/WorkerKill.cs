using System.Diagnostics;
using Providers.NoOp;
using Testing;
using Testing.Studio;

namespace Benchmarks.Engine;

/// <summary>kill -9 of the image worker in the middle of the matrix, 20 ms an item, and the same program started again a second later.</summary>
internal static class WorkerKill
{
    private const int KillAfter = 400;

    public static async Task MeasureAsync(Report report)
    {
        await using var studio = new RunningStudio(EngineMatrix.Settings(("Providers__NoOp__Latency", "00:00:00.020"), ("Worker__Concurrency", "32")));
        await studio.StartAsync();
        var id = await EngineMatrix.CreateAsync(studio, await EngineMatrix.UploadAsync(studio), "killed");
        await studio.Client.PostAsync($"/pipelines/{id}/run");
        await Eventually.HoldsAsync(
            async () => await studio.CountAsync("select count(*) from pipeline.items where pipeline_id = $1 and status = 'succeeded' and lane = 'image'", id) >= KillAfter,
            TimeSpan.FromMinutes(1));

        var worker = studio.Service(RunningStudio.ImageWorker);
        await worker.KillAsync();
        var killed = Stopwatch.GetTimestamp();
        await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System);
        worker.Start();
        await studio.Client.UntilAsync(id, TimeSpan.FromMinutes(3), "completed", "failed");
        var seconds = Stopwatch.GetElapsedTime(killed).TotalSeconds;
        await EngineMatrix.SettledAsync(studio, id);
        var done = NoOpJournal.ReadDone(studio.JournalPath);

        report.AtMost("worker killed -9: from the kill to the end", [seconds], 30, "s");
        report.AtMost("worker killed -9: items lost", [EngineMatrix.Items - done.Count], 0, "items");
        report.AtMost("worker killed -9: items done twice at the provider", [done.Values.Count(count => count > 1)], 0, "items");
    }
}
