using System.Diagnostics;
using System.Net;
using Testing.Studio;

namespace Benchmarks;

/// <summary>How soon a start is answered, and how soon a subscriber hears of it: 3 images × 5 prompts × 2 images × 1 video.</summary>
internal static class StartRun
{
    private const int Rounds = 15;

    public static async Task MeasureAsync(Report report)
    {
        await using var studio = new RunningStudio(new Dictionary<string, string> { ["Providers__Default"] = "no-op" });
        await studio.StartAsync();
        var photo = await TestPictures.PhotoAsync(320, 320);
        var assets = await studio.Client.UploadAsync(("a.jpg", photo), ("b.jpg", await TestPictures.PhotoAsync(320, 320, 40)), ("c.jpg", await TestPictures.PhotoAsync(320, 320, 80)));
        var answers = new List<double>();
        var events = new List<double>();
        for (var round = -2; round < Rounds; round++)
        {
            var created = await studio.Client.PostAsync("/pipelines", Body(assets), HttpStatusCode.Created);
            var id = created["id"]!.GetValue<long>();
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            await using var feed = await studio.Client.SubscribeAsync(id, limit.Token);
            var start = Stopwatch.GetTimestamp();
            var first = feed.FirstAsync(limit.Token);
            await studio.Client.PostAsync($"/pipelines/{id}/run");
            var answered = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            await first;
            var heard = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            await studio.Client.UntilAsync(id, TimeSpan.FromMinutes(1), "completed");
            if (round >= 0)
            {
                answers.Add(answered);
                events.Add(heard);
            }
        }

        report.AtMost("POST /run, 3 × 5 × 2 × 1", answers, 100, "ms");
        report.AtMost("first event at a subscriber", events, 200, "ms");
    }

    private static object Body(long[] assets) => new
    {
        inputs = new { images = assets.Select(asset => new { asset_id = asset }), prompts = new[] { "woman in red dress" } },
        steps = new object[]
        {
            new { step_type = "prompt_enhance", config = new { variations_per_prompt = 5 } },
            new { step_type = "i2i", config = new { model = "kling-image", images_per_prompt = 2 } },
            new { step_type = "i2v", config = new { model = "wan" } },
        },
    };
}
