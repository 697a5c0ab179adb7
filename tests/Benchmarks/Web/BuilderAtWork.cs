using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Playwright;

namespace Benchmarks.Web;

/// <summary>A workflow of 100 steps in 25 branches: a step is dragged, the canvas zoomed, a setting changed.</summary>
internal static class BuilderAtWork
{
    private const int Branches = 25;
    /// <summary>Of each of three steps: every one asks for a price that was not asked for before.</summary>
    private const int Edits = 6;
    private const string Draft = "benchmark";

    public static async Task MeasureAsync(Report report, WebStudio web)
    {
        await using var context = await web.NewContextAsync();
        var session = JsonNode.Parse(await (await context.APIRequest.GetAsync("/session")).TextAsync())!;
        var page = await context.NewPageAsync();
        await page.GotoAsync("/workflows");
        await page.EvaluateAsync("([key, draft]) => localStorage.setItem(key, draft)", new[] { $"pipeline.workflow.{session["workspace"]!["id"]}.{Draft}", Graph(web.Asset) });
        await page.GotoAsync($"/workflows/{Draft}");
        await Assertions.Expect(page.Locator(".react-flow__node")).ToHaveCountAsync(Branches * 4);
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Run") })).ToContainTextAsync("$");

        var dragged = await WithTraceAsync(page, () => DragAsync(page));
        var zoomed = await WithTraceAsync(page, () => ZoomAsync(page));
        // The first is for the services to warm up.
        await EditAsync(page, "i0");
        double[] edits = [.. await EditAsync(page, "i1"), .. await EditAsync(page, "i2")];

        report.AtMost("builder: scripting and layout of a frame while one of 100 steps is dragged, 95th percentile", [Percentile(dragged)], 8, "ms");
        report.Tell("builder: the longest of them", [dragged.Max()], "ms");
        report.AtMost("builder: scripting and layout of a frame while the canvas is zoomed, 95th percentile", [Percentile(zoomed)], 8, "ms");
        report.Tell("builder: the longest of them", [zoomed.Max()], "ms");
        report.AtMost("builder: from an edit to its price", edits, 100, "ms");
        report.Row(new { Page = "builder", Dragged = dragged.OrderDescending().Take(16), Zoomed = zoomed.OrderDescending().Take(16) });
    }

    private static async Task<IReadOnlyList<double>> WithTraceAsync(IPage page, Func<Task> work)
    {
        await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System);
        var trace = await FrameTrace.StartAsync(page);
        await work();
        var frames = (await trace.StopAsync()).Where(frame => frame > 0.05).ToList();
        return frames.Count > 0 ? frames : throw new InvalidOperationException("The trace has no frames.");
    }

    private static async Task DragAsync(IPage page)
    {
        var box = (await page.Locator(".react-flow__node").Nth(Branches * 2).BoundingBoxAsync())!;
        await page.Mouse.MoveAsync(box.X + (box.Width / 2), box.Y + 8);
        await page.Mouse.DownAsync();
        for (var step = 1; step <= 120; step++)
        {
            await page.Mouse.MoveAsync(box.X + (box.Width / 2) + (float)(120 * Math.Sin(step / 12.0)), box.Y + 8 + step);
            await Task.Delay(TimeSpan.FromMilliseconds(16), TimeProvider.System);
        }

        await page.Mouse.UpAsync();
    }

    private static async Task ZoomAsync(IPage page)
    {
        await page.Mouse.MoveAsync(700, 450);
        for (var turn = 0; turn < 80; turn++)
        {
            await page.Mouse.WheelAsync(0, turn % 20 < 10 ? -60 : 60);
            await Task.Delay(TimeSpan.FromMilliseconds(16), TimeProvider.System);
        }
    }

    /// <summary>Milliseconds from a key at the slider of a step until its own price on the canvas is another.</summary>
    private static async Task<double[]> EditAsync(IPage page, string step)
    {
        await page.Locator($".react-flow__node[data-id='{step}']").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        // Its settings take the place of the last one's.
        await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System);
        await page.GetByRole(AriaRole.Slider, new() { Name = "Images per prompt" }).FocusAsync();
        await page.EvaluateAsync(
            """
            (step) => {
              window.edits = [];
              let at = 0;
              const price = () => document.querySelector(`.react-flow__node[data-id='${step}']`).getAttribute('aria-label').replace(/ × \d+/, '');
              let before = price();
              window.keyed ??= addEventListener('keydown', (event) => window.pressed?.(event.timeStamp), true) ?? true;
              window.pressed = (time) => { at = time; before = price(); };
              window.watch?.disconnect();
              window.watch = new MutationObserver(() => {
                if (at === 0 || price() === before) return;
                const from = at;
                at = 0;
                requestAnimationFrame(() => {
                  const { port1, port2 } = new MessageChannel();
                  port1.onmessage = () => window.edits.push(performance.now() - from);
                  port2.postMessage(null);
                });
              });
              window.watch.observe(document.querySelector('main'), { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ['aria-label'] });
            }
            """,
            step);
        for (var edit = 0; edit < Edits; edit++)
        {
            await page.Keyboard.PressAsync("ArrowRight");
            await page.WaitForFunctionAsync("so => window.edits.length > so", edit);
            await Task.Delay(TimeSpan.FromMilliseconds(400), TimeProvider.System);
        }

        return await page.EvaluateAsync<double[]>("() => window.edits");
    }

    private static double Percentile(IReadOnlyList<double> frames) => frames.Order().ElementAt((int)(frames.Count * 0.95));

    private static string Graph(long asset)
    {
        var nodes = new List<object>();
        var edges = new List<object>();
        for (var branch = 0; branch < Branches; branch++)
        {
            Add(branch, "u", "upload_images", 0, new { images = new[] { new { assetId = asset, name = "photo.jpg", url = $"/assets/{asset}/content", thumbnailUrl = $"/assets/{asset}/thumbnail" } } });
            Add(branch, "e", "enhance_prompts", 1, new { prompt = $"woman in red dress, number {branch}", variations = 4 });
            Add(branch, "i", "generate_images", 2, new { model = WebStudio.ImageModel, count = 2 });
            Add(branch, "v", "generate_videos", 3, new { model = WebStudio.VideoModel, count = 1 });
            edges.Add(new { from = $"u{branch}", to = $"e{branch}" });
            edges.Add(new { from = $"e{branch}", to = $"i{branch}" });
            edges.Add(new { from = $"i{branch}", to = $"v{branch}" });
        }

        return JsonSerializer.Serialize(new { graph = new { format = "pipeline.workflow", version = 1, name = "A hundred steps", nodes, edges }, run = (object?)null, updatedAt = "2026-01-31T12:00:00Z" });

        void Add(int branch, string letter, string kind, int column, object config) =>
            nodes.Add(new { id = $"{letter}{branch}", kind, config, pause = false, x = ((branch % 5) * 1250) + (column * 288), y = branch / 5 * 240 });
    }
}
