using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Npgsql;
using Testing;
using Testing.Studio;

namespace Benchmarks.Live;

/// <summary>From an item's completion in the ledger to its event at a client of the gateway, while a real run does some 500 items a second.</summary>
internal static partial class LiveItems
{
    private const int Items = 5000;
    private const int Clients = 20;
    private const int Warmups = 4;

    public static async Task MeasureAsync(Report report)
    {
        await using var database = TestDatabase.Fresh();
        await using var studio = new RunningStudio(new Dictionary<string, string>
        {
            ["ConnectionStrings__postgres"] = database.ConnectionString,
            ["Providers__Default"] = "no-op",
            // 500 items a second and no more
            ["Providers__NoOp__Latency"] = "00:00:00.064",
            ["Worker__Concurrency"] = "44",
            ["Orchestration__MinWindow"] = "512",
        });
        await studio.StartAsync();
        var asset = (await studio.Client.UploadAsync(("a.jpg", await TestPictures.PhotoAsync(320, 320))))[0];
        // As with the matrix: until hot code has been compiled for good.
        for (var warmup = 0; warmup < Warmups; warmup++)
        {
            await RunAsync(studio, asset);
        }

        var (id, seconds, heard) = await RunAsync(studio, asset);
        report.Tell("items of a real run", [Items / seconds], "items/s");

        var times = new LiveTimes();
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        await using var command = source.CreateCommand($"select o.id, i.finished_at from pipeline.outputs o join pipeline.items i on i.id = o.item_id where i.pipeline_id = {id}");
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            var (output, finished) = (rows.GetInt64(0), rows.GetFieldValue<DateTimeOffset>(1));
            foreach (var client in heard)
            {
                times.Add(client[output] - finished, 1);
            }
        }

        report.Tell("from completion to client: p50, p95, p99", [times.Percentile(0.5), times.Percentile(0.95), times.Percentile(0.99)], "ms");
        report.Row(new { Name = "items", ItemsPerSecond = Items / seconds, P50Ms = times.Percentile(0.5), P95Ms = times.Percentile(0.95), P99Ms = times.Percentile(0.99) });
        report.AtMost("from an item's completion to its event at a client, p95", [times.Percentile(0.95)], 100, "ms");
    }

    private static async Task<(long Id, double Seconds, List<Dictionary<long, DateTimeOffset>> Heard)> RunAsync(RunningStudio studio, long asset)
    {
        var id = (await studio.Client.PostAsync("/pipelines", Body(asset, Items / 10), HttpStatusCode.Created))["id"]!.GetValue<long>();
        var heard = Enumerable.Range(0, Clients).Select(_ => new Dictionary<long, DateTimeOffset>()).ToList();
        var sockets = new List<LiveSocket>();
        foreach (var client in heard)
        {
            sockets.Add(await LiveSocket.ConnectAsync(studio.Address, $"/pipelines/{id}/events", studio.ApiKey));
            _ = sockets[^1].ReadAsync(payload => Hear(client, payload));
        }

        var start = Stopwatch.GetTimestamp();
        await studio.Client.PostAsync($"/pipelines/{id}/run");

        // Told by the events, not by asking for the run again and again, which would be work beside the one that is measured.
        await Eventually.HoldsAsync(() => Task.FromResult(heard.TrueForAll(client => client.Count == Items)), TimeSpan.FromMinutes(2));
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        await studio.Client.UntilAsync(id, TimeSpan.FromMinutes(1), "completed");
        sockets.ForEach(socket => socket.Dispose());
        return (id, seconds, heard);
    }

    private static void Hear(Dictionary<long, DateTimeOffset> client, ReadOnlySpan<byte> payload)
    {
        var now = TimeProvider.System.GetUtcNow();
        foreach (Match match in OutputId().Matches(Encoding.UTF8.GetString(payload)))
        {
            client.Add(long.Parse(match.Groups[1].ValueSpan), now);
        }
    }

    private static object Body(long asset, int prompts) => new
    {
        inputs = new { images = new[] { new { asset_id = asset } }, prompts = Enumerable.Range(0, prompts).Select(n => $"prompt {n}") },
        steps = new object[] { new { step_type = "i2i", config = new { model = "kling-image", images_per_prompt = 10 } } },
    };

    [GeneratedRegex("\"output_id\": ?([0-9]+)")]
    private static partial Regex OutputId();
}
