using System.Net;
using Testing;

namespace Benchmarks.Web;

/// <summary>
/// A run with 10,000 pictures in its gallery that goes on to make clips of them, some 20 events a second, while somebody scrolls, selects, changes the layout, filters and
/// opens pictures.
/// </summary>
internal static class GalleryAtWork
{
    private const int Pictures = 10_000;
    private const int Sessions = 3;
    private const int BarePresses = 12;
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(5);

    public static async Task MeasureAsync(Report report, WebStudio web)
    {
        var id = await StartAsync(web);
        var bare = await OnBarePageAsync(web);
        var sessions = new List<GallerySession>();
        for (var session = 0; session < Sessions; session++)
        {
            await using var context = await web.NewContextAsync();
            sessions.Add(await GallerySession.RunAsync(await context.NewPageAsync(), id, Pictures));
        }

        await web.Studio.Client.PostAsync($"/pipelines/{id}/cancel");
        report.AtLeast("gallery: events that arrive meanwhile", [.. sessions.Select(session => session.EventsPerSecond)], 20, "events/s");
        report.Tell("gallery: of them outputs", [.. sessions.Select(session => session.OutputsPerSecond)], "outputs/s");
        report.Tell($"gallery: {Pictures:N0} pictures there after", [.. sessions.Select(session => session.OpenedAfter)], "s");
        report.Tell("gallery: a press on a page with one button alone, meanwhile", bare, "ms");
        report.AtMost("gallery: interaction to next paint", [.. sessions.Select(session => session.ToNextPaint)], 100, "ms");
        foreach (var kind in sessions[0].Kinds)
        {
            report.Tell($"gallery: {kind}", [.. sessions.SelectMany(session => session.Of(kind))], "ms");
        }

        report.AtMost("gallery: layout shift", [.. sessions.Select(session => session.Shift)], 0.02, "");
        report.Tell("gallery: longest frame while a wheel scrolls", [.. sessions.Select(session => session.LongestScrollFrame)], "ms");
        report.Tell("gallery: 95th percentile of those frames", [.. sessions.Select(session => session.ScrollFrameP95)], "ms");
        report.Tell("gallery: longest frame while nobody does anything", [.. sessions.Select(session => session.LongestIdleFrame)], "ms");
        report.Tell("gallery: blocked while nobody does anything", [.. sessions.Select(session => session.IdleBlocked)], "ms/s");
        report.Tell("gallery: read again while nobody does anything", [.. sessions.Select(session => session.IdleReads)], "calls/s");
        report.Tell("gallery: bytes of that", [.. sessions.Select(session => session.IdleMegabytes)], "MB/s");
        foreach (var session in sessions)
        {
            report.Row(new { Page = "gallery", session.Slowest, session.LongestFrames, session.Moved });
        }
    }

    /// <summary>What a press takes here at the least, with the same run going on: a browser without a graphics card draws every frame with the processor.</summary>
    private static async Task<double[]> OnBarePageAsync(WebStudio web)
    {
        await using var context = await web.NewContextAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync("/docs");
        await page.SetContentAsync("<!doctype html><button style='width:400px;height:400px'>Press</button>");
        await page.EvaluateAsync("() => document.querySelector('button').addEventListener('click', (event) => (event.target.textContent += '.'))");
        var presses = new List<double>();
        for (var press = 0; press < BarePresses; press++)
        {
            await Vitals.TakeAsync(page);
            await page.Mouse.ClickAsync(200, 200);
            await Task.Delay(TimeSpan.FromMilliseconds(400), TimeProvider.System);
            presses.Add((await Vitals.TakeAsync(page)).Interactions.Select(interaction => interaction.Ms).DefaultIfEmpty(GallerySession.ShortestTold).Max());
        }

        return [.. presses];
    }

    private static async Task<long> StartAsync(WebStudio web)
    {
        var body = new
        {
            name = "Ten thousand",
            inputs = new { images = new[] { new { asset_id = web.Asset } }, prompts = Enumerable.Range(1, Pictures).Select(n => $"a photo of the same woman in a red dress, number {n}") },
            steps = new object[]
            {
                new { step_type = "i2i", config = new { model = WebStudio.ImageModel } },
                // Four at once, each this many milliseconds
                new { step_type = "i2v", config = new { model = WebStudio.VideoModel, motion_prompts = new[] { "slow push in [slow:340]" } } },
            },
        };
        var id = (await web.Studio.Client.PostAsync("/pipelines", body, HttpStatusCode.Created))["id"]!.GetValue<long>();
        await web.Studio.Client.PostAsync($"/pipelines/{id}/run");
        await Eventually.HoldsAsync(
            async () => await web.Studio.CountAsync("select count(*) from pipeline.items i join pipeline.pipeline_steps s on s.id = i.step_id where i.pipeline_id = $1 and s.step_type = 'i2i' and i.status = 'succeeded'", id) == Pictures,
            Long, TimeSpan.FromSeconds(1));
        return id;
    }
}
