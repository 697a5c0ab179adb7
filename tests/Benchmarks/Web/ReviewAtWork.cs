using System.Net;
using Microsoft.Playwright;
using Testing;

namespace Benchmarks.Web;

/// <summary>A review of 1,000 pictures: how soon it is there, and what a step to the next or the one before takes until it is seen.</summary>
internal static class ReviewAtWork
{
    private const int Sources = 20;
    private const int Prompts = 50;
    private const int Steps = 60;
    private const int Sessions = 3;
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(5);
    /// <summary>What somebody takes to find the link on a page that has just been opened.</summary>
    private static readonly TimeSpan BeforeThePress = TimeSpan.FromSeconds(1);

    /// <summary>Milliseconds from the press to the frame behind the paint of the first picture.</summary>
    private const string FirstPicture =
        """
        async (link) => {
          const start = performance.now();
          link.click();
          const there = () => [...document.querySelectorAll('[data-tile] img')].some((image) => image.complete && image.naturalWidth > 0);
          while (!there()) await new Promise((resolve) => requestAnimationFrame(resolve));
          await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
          return performance.now() - start;
        }
        """;

    public static async Task MeasureAsync(Report report, WebStudio web)
    {
        var (id, step) = await StartAsync(web);
        var (opened, next, previous, verdicts) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
        for (var session = 0; session < Sessions; session++)
        {
            await using var context = await web.NewContextAsync();
            var page = await context.NewPageAsync();
            await page.GotoAsync($"/jobs/{id}");
            var link = page.GetByRole(AriaRole.Link, new() { Name = "Open the light table" });
            await link.WaitForAsync();
            await Task.Delay(BeforeThePress, TimeProvider.System);
            opened.Add(await link.EvaluateAsync<double>(FirstPicture));

            // In the loupe, where each step draws a large picture. A first round fetches, as a person does who looks at each.
            await page.Keyboard.PressAsync("z");
            await page.GetByRole(AriaRole.Group, new() { Name = "Filmstrip" }).WaitForAsync();
            next.AddRange(await PressedAsync(page, "ArrowRight"));
            previous.AddRange(await PressedAsync(page, "ArrowLeft"));
            verdicts.AddRange(await PressedAsync(page, "p"));
        }

        report.AtMost("review: 1,000 pictures, first of them seen after", opened, 1000, "ms");
        report.AtMost("review: next picture seen after", next, 50, "ms");
        report.AtMost("review: previous picture seen after", previous, 50, "ms");
        report.AtMost("review: verdict and the next one seen after", verdicts, 50, "ms");
        await web.Studio.Client.PostAsync($"/pipelines/{id}/cancel");
    }

    /// <summary>Milliseconds from the key to the frame behind the next paint, a calm moment between two.</summary>
    private static async Task<double[]> PressedAsync(IPage page, string key) => await page.EvaluateAsync<double[]>(
        """
        async ([key, steps]) => {
          const times = [];
          for (let step = 0; step < steps; step += 1) {
            await new Promise((resolve) => setTimeout(resolve, 180));
            const start = performance.now();
            (document.activeElement ?? document.body).dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
            await new Promise((resolve) => requestAnimationFrame(() => { const channel = new MessageChannel(); channel.port1.onmessage = resolve; channel.port2.postMessage(0); }));
            times.push(performance.now() - start);
          }
          return times;
        }
        """,
        new object[] { key, Steps });

    private static async Task<(long Id, long Step)> StartAsync(WebStudio web)
    {
        var body = new
        {
            name = "A thousand to judge",
            mode = "checkpoint",
            checkpoints = new[] { "i2i" },
            inputs = new { images = Enumerable.Repeat(new { asset_id = web.Asset }, Sources), prompts = Enumerable.Range(1, Prompts).Select(n => $"a photo of the same woman, light number {n}") },
            steps = new object[] { new { step_type = "i2i", config = new { model = WebStudio.ImageModel } }, new { step_type = "i2v", config = new { model = WebStudio.VideoModel } } },
        };
        var id = (await web.Studio.Client.PostAsync("/pipelines", body, HttpStatusCode.Created))["id"]!.GetValue<long>();
        await web.Studio.Client.PostAsync($"/pipelines/{id}/run");
        var waiting = await web.Studio.Client.UntilAsync(id, Long, "paused");
        return (id, waiting["current_step"]!.GetValue<long>());
    }
}
