using System.Diagnostics;
using System.Net;
using Npgsql;
using Testing;
using Testing.Studio;

namespace Benchmarks;

/// <summary>Items a second through ledger, broker and worker with a provider that does nothing, beside what the database commits alone in the same run.</summary>
internal static class Throughput
{
    private const int Items = 4000;
    private const int Rounds = 3;

    public static async Task MeasureAsync(Report report)
    {
        await using var studio = new RunningStudio(new Dictionary<string, string> { ["Providers__Default"] = "no-op" });
        await studio.StartAsync();
        var asset = (await studio.Client.UploadAsync(("a.jpg", await TestPictures.PhotoAsync(320, 320))))[0];
        var rates = new List<double>();
        for (var round = -1; round < Rounds; round++)
        {
            var id = (await studio.Client.PostAsync("/pipelines", Body(asset, round < 0 ? 50 : Items / 10), HttpStatusCode.Created))["id"]!.GetValue<long>();
            var start = Stopwatch.GetTimestamp();
            await studio.Client.PostAsync($"/pipelines/{id}/run");
            await studio.Client.UntilAsync(id, TimeSpan.FromMinutes(3), "completed");
            if (round >= 0)
            {
                rates.Add(Items / Stopwatch.GetElapsedTime(start).TotalSeconds);
            }
        }

        var commits = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            commits.Add(await CommitsAsync());
        }

        report.AtLeast("items through ledger, broker and worker", rates, 300, "items/s");
        report.Tell("single-row commits of this machine's database", commits, "commits/s");
        report.Tell("items for each of those commits", [Report.Median(rates) / Report.Median(commits)], "items");
    }

    private static object Body(long asset, int prompts) => new
    {
        inputs = new { images = new[] { new { asset_id = asset } }, prompts = Enumerable.Range(0, prompts).Select(n => $"prompt {n}") },
        steps = new object[] { new { step_type = "i2i", config = new { model = "kling-image", images_per_prompt = 10 } } },
    };

    private static async Task<double> CommitsAsync()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(database.ConnectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using (var table = new NpgsqlCommand("create table t (id bigint generated always as identity primary key, text text)", connection))
        {
            await table.ExecuteNonQueryAsync();
        }

        await using var insert = new NpgsqlCommand("insert into t (text) values ('one')", connection);
        await insert.PrepareAsync();
        var start = Stopwatch.GetTimestamp();
        var count = 0;
        while (Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(2))
        {
            await insert.ExecuteNonQueryAsync();
            count++;
        }

        return count / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
