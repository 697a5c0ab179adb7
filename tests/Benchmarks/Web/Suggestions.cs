using System.Net;
using Microsoft.Playwright;

namespace Benchmarks.Web;

/// <summary>From the press of a key in the prompt box to the list that stays painted, with a workspace's prompts behind it.</summary>
internal static class Suggestions
{
    private const int Pipelines = 40;
    private const int Letters = 9;
    private static readonly TimeSpan BetweenKeys = TimeSpan.FromMilliseconds(400);
    private static readonly string[] Texts = ["woman in a green coat", "portrait of a sailor", "coffee on a windowsill", "film noir alley", "product shot on slate", "landscape with a river"];

    public static async Task MeasureAsync(Report report, WebStudio web)
    {
        for (var pipeline = 0; pipeline < Pipelines; pipeline++)
        {
            var prompts = Enumerable.Range(0, 20).Select(n => $"{Texts[n % Texts.Length]}, {pipeline} of {n}");
            await web.Studio.Client.PostAsync(
                "/pipelines",
                new { inputs = new { images = new[] { new { asset_id = web.Asset } }, prompts }, steps = new object[] { new { step_type = "i2i", config = new { model = WebStudio.ImageModel } } } },
                HttpStatusCode.Created);
        }

        await using var context = await web.NewContextAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync("/playground");
        var box = page.GetByRole(AriaRole.Textbox, new() { Name = "Prompt", Exact = true });
        await box.ClickAsync();
        await page.EvaluateAsync("() => { window.typed = window.benchmark.typing(); }");
        var (first, further) = (new List<double>(), new List<double>());
        for (var round = -1; round < Texts.Length; round++)
        {
            await box.FillAsync("");
            await Task.Delay(BetweenKeys, TimeProvider.System);
            var before = (await Vitals.ReadAsync<double?[]>(page, "window.typed()")).Length;
            // A text for warming up that no other begins like
            foreach (var letter in (round < 0 ? "sneakers" : Texts[round])[..(round < 0 ? 8 : Letters)])
            {
                await page.Keyboard.PressAsync(letter == ' ' ? "Space" : letter.ToString());
                await Task.Delay(BetweenKeys, TimeProvider.System);
            }

            // One letter says too little to guess from.
            var painted = (await Vitals.ReadAsync<double?[]>(page, "window.typed()"))[(before + 1)..];
            if (round >= 0)
            {
                first.Add(painted[0] ?? throw new InvalidOperationException($"No list for '{Texts[round][..2]}'."));
                further.AddRange(painted[1..].OfType<double>());
            }
        }

        report.AtMost("suggestions: from the key to the first list", first, 50, "ms");
        report.AtMost("suggestions: from each further key", further, 50, "ms");
    }
}
