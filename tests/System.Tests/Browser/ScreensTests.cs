using System.Text.Json;
using Microsoft.Playwright;
using Testing.Studio;

namespace System.Tests.Browser;

/// <summary>
/// Every screen in both themes, on the desktop and on a phone: axe finds nothing (WCAG 2.2 A and AA), nothing runs off the side. With PIPELINE_GEN=1 the pictures in
/// docs/screens are taken again.
/// </summary>
[Collection(LocalStudio.Name)]
public sealed class ScreensTests(LocalStudio fixture) : InBrowser(fixture)
{
    private const string Axe = "src/Frontend/node_modules/axe-core/axe.min.js";
    private static readonly bool TakesPictures = Environment.GetEnvironmentVariable("PIPELINE_GEN") == "1";

    public static TheoryData<ColorScheme, bool> Views => new()
    {
        { ColorScheme.Dark, false }, { ColorScheme.Light, false }, { ColorScheme.Dark, true }, { ColorScheme.Light, true },
    };

    [Theory]
    [MemberData(nameof(Views))]
    public async Task Axe_finds_nothing_and_nothing_runs_off_the_side(ColorScheme theme, bool phone)
    {
        var found = new List<string>();
        var page = await ArriveAsync((phone ? Device.Phone : Device.Desktop) with { Theme = theme, Still = true });
        await Button(page, "Open the demo workspace").WaitForAsync();
        await LookAsync("sign-in");
        await Button(page, "Open the demo workspace").ClickAsync();
        await page.GetByText("What do you want to create?").WaitForAsync();
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        await LookAsync("start");

        await Button(page, "Try with sample photos").ClickAsync();
        await Assertions.Expect(page.Locator("#photos figure img")).ToHaveCountAsync(3);
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Prompt" }).FillAsync("golden hour, film look");
        await Assertions.Expect(Generate(page)).ToContainTextAsync("$");
        await LookAsync("playground");
        if (phone)
        {
            await Button(page, "Models, settings and price").ClickAsync();
            await page.GetByRole(AriaRole.Dialog).WaitForAsync();
            await LookAsync("settings-sheet");
            await page.Keyboard.PressAsync("Escape");
        }

        await Button(page, "Create photo set").ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Portraits" }).ClickAsync();
        await page.GetByText("What the model reads").WaitForAsync();
        await LookAsync("photo-set");
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Cancel", Exact = true }).ClickAsync();

        await page.GetByRole(AriaRole.Tab, new() { Name = "Full pipeline", Exact = true }).ClickAsync();
        await Assertions.Expect(Generate(page)).ToContainTextAsync("$");
        await Generate(page).ClickAsync();
        await page.WaitForURLAsync("**/jobs/*");
        await page.Locator("main figure img").First.WaitForAsync();
        await LookAsync("running");
        await DoneAsync(page);
        await LookAsync("results");
        await Button(page, "Image 1").ClickAsync();
        await page.GetByRole(AriaRole.Dialog).WaitForAsync();
        await LookAsync("full-view");
        await page.Keyboard.PressAsync("Escape");

        foreach (var place in new[] { "library", "workflows", "settings" })
        {
            await page.GotoAsync(new Uri(Studio.Address, place).ToString());
            await page.Locator("main").WaitForAsync();
            await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
            await LookAsync(place);
        }

        await page.Keyboard.PressAsync("h");
        await page.GetByRole(AriaRole.Dialog, new() { Name = "Help" }).WaitForAsync();
        await LookAsync("help");
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("?");
        await page.GetByRole(AriaRole.Dialog, new() { Name = "Keyboard shortcuts" }).WaitForAsync();
        await LookAsync("shortcuts");
        Assert.Empty(found);
        Assert.Empty(Errors);

        async Task LookAsync(string screen)
        {
            await NothingRunsOffTheSideAsync(page);
            if (TakesPictures)
            {
                var name = $"{screen}-{(phone ? "phone-" : string.Empty)}{theme.ToString().ToLowerInvariant()}.png";
                await page.ScreenshotAsync(new() { Path = Path.Combine(Repository.Root, "docs", "screens", name), Animations = ScreenshotAnimations.Disabled });
            }

            // The page's policy lets no script in by a tag.
            if (!await page.EvaluateAsync<bool>("() => 'axe' in window"))
            {
                await page.EvaluateAsync(await File.ReadAllTextAsync(Path.Combine(Repository.Root, Axe)));
            }

            var violations = await page.EvaluateAsync<JsonElement>(
                "async () => (await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })).violations.map(v => `${v.id}: ${v.nodes.slice(0, 3).map(n => n.target + ' ' + n.failureSummary.split('\\n').slice(1, 2)).join(' | ')}`)");
            found.AddRange(violations.EnumerateArray().Select(violation => $"{screen}: {violation.GetString()}"));
        }
    }
}
