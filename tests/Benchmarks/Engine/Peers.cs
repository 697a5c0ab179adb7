using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Benchmarks.Engine;

/// <summary>Runs other systems' scripts on the same matrix and reads what they measured. Nothing of them is part of this project.</summary>
internal static class Peers
{
    private const string Rounds = "5";
    private const string Warmups = "3";
    private static readonly string[] Named = ["graphile", "pgboss-item", "dbos-steps", "celery", "bullmq", "floor-rabbit"];

    /// <param name="folder">Has <c>run.sh</c>, which takes rounds and warm-ups and, in the environment, PEERS, KILL, OUT and BENCH_WORK.</param>
    public static async Task<IReadOnlyList<EngineRow>> MeasureAsync(string folder)
    {
        var names = Environment.GetEnvironmentVariable("PEERS")?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? Named;
        var rows = new List<EngineRow>();
        foreach (var name in names)
        {
            if (await MeasureAsync(Path.GetFullPath(folder), name) is { } row)
            {
                rows.Add(row);
            }
            else
            {
                Console.Error.WriteLine($"{name} could not be measured here; its script says why.");
            }
        }

        return rows;
    }

    private static async Task<EngineRow?> MeasureAsync(string folder, string name)
    {
        var work = Environment.GetEnvironmentVariable("BENCH_WORK") ?? Path.Combine(Path.GetTempPath(), "pipeline-peers");
        var output = Directory.CreateTempSubdirectory("peer-").FullName;
        try
        {
            var start = new ProcessStartInfo("bash", [Path.Combine(folder, "run.sh"), Rounds, Warmups])
            {
                Environment = { ["PEERS"] = name, ["KILL"] = "0", ["OUT"] = output, ["BENCH_WORK"] = work },
                RedirectStandardOutput = true,
            };
            using var process = Process.Start(start)!;
            // Its servers leave the tree of the script, but not its folder.
            await using var watch = Watch.Begin(() => [process.Id, .. ProcessTrees.Mentioning(work)]);
            await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            var lines = File.Exists(Path.Combine(output, "time.jsonl")) ? await File.ReadAllLinesAsync(Path.Combine(output, "time.jsonl")) : [];
            return lines.Where(line => line.Contains("MEDIAN", StringComparison.Ordinal)).Select(line => JsonNode.Parse(line)!).LastOrDefault() is { } median
                ? new EngineRow(name, Number(median, "items_s"), Number(median, "first_video_ms") / 1000, Number(median, "cpu_per_1000"), watch.PeakMegabytes)
                : null;
        }
        finally
        {
            Directory.Delete(output, recursive: true);
        }
    }

    private static double Number(JsonNode node, string name) => double.Parse(node[name]!.ToJsonString(), CultureInfo.InvariantCulture);
}
