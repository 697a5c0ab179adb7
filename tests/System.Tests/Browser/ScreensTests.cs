using System.Text.Json;
using Microsoft.Playwright;
using Testing.Studio;

namespace System.Tests.Browser;

/// <summary>
/// Every screen in both themes, on the desktop and on a phone: axe finds nothing (WCAG 2.2 A and AA), nothing runs off the side. With PIPELINE_GEN=1 the pictures in
/// docs/screens are taken again.
/// </summary>
[Collection(LocalStudio.Second)]
public sealed class ScreensTests(LocalStudio fixture) : InBrowser(fixture)
{
    private const string Axe = "src/Frontend/node_modules/axe-core/axe.min.js";
    private static readonly bool TakesPictures = Environment.GetEnvironmentVariable("PIPELINE_GEN") == "1";
    private static readonly string[] Colours = ["color-contrast", "link-in-text-block"];
    private readonly List<string> _found = [];

    [Fact]
    public async Task Axe_finds_nothing_and_nothing_runs_off_the_side()
    {
        // One run, looked at while it is made and afterwards from everywhere.
        var first = await OpenAsync(Device.Desktop);
        await ConfigureAsync(first);
        await Generate(first).ClickAsync();
        await first.WaitForURLAsync("**/jobs/*");
        await first.Locator("main figure img").First.WaitForAsync();
        await LookAsync(first, Device.Desktop, "running");
        var run = first.Url;
        await DoneAsync(first);
        await first.CloseAsync();
        var review = await JudgedAsync();
        var thrownAway = await Studio.Client.UploadAsync(("thrown-away.jpg", (await PhotoAsync("thrown-away.jpg")).Buffer));
        using var gone = await Studio.Client.DeleteAsync($"/assets/{thrownAway[0]}");

        foreach (var device in new[] { Device.Desktop, Device.Phone })
        {
            await LookAroundAsync(device, run, review);
        }

        Assert.Empty(_found);
        Assert.Empty(Errors);
    }

    private async Task LookAroundAsync(Device device, string run, string review)
    {
        var page = await ArriveAsync(device);
        await Assertions.Expect(page.Locator("[data-early]")).ToHaveCountAsync(0);
        await Button(page, "Open the demo workspace").WaitForAsync();
        await LookAsync(page, device, "sign-in");
        await Button(page, "Open the demo workspace").ClickAsync();
        await page.GetByText("What do you want to create?").WaitForAsync();
        await page.Locator("section[aria-labelledby=recent-work] img").First.WaitForAsync();
        await LookAsync(page, device, "start");

        await ConfigureAsync(page);
        await LookAsync(page, device, "playground");
        if (device.Touch)
        {
            await Button(page, "Models, settings and price").ClickAsync();
            await page.GetByRole(AriaRole.Dialog).WaitForAsync();
            await LookAsync(page, device, "settings-sheet");
            await page.Keyboard.PressAsync("Escape");
            await Assertions.Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        }

        await Button(page, "Create photo set").ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Portraits" }).ClickAsync();
        await page.GetByText("What the model reads").WaitForAsync();
        await LookAsync(page, device, "photo-set");

        await page.GotoAsync(run);
        await page.Locator("main figure img").First.WaitForAsync();
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        await LookAsync(page, device, "results");
        await Button(page, "Image 1").ClickAsync();
        await page.GetByRole(AriaRole.Dialog).WaitForAsync();
        await LookAsync(page, device, "full-view");
        foreach (var place in new[] { "library", "workflows", "bulk", "jobs", "settings" })
        {
            await page.GotoAsync(new Uri(Studio.Address, place).ToString());
            await page.Locator("main").WaitForAsync();
            await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
            await LookAsync(page, device, place);
            if (place == "library")
            {
                await LookAtLibraryAsync(page, device);
            }
            else if (place == "workflows")
            {
                await LookAtBuilderAsync(page, device);
            }
        }

        await LookAtManyAsync(page, device, run);
        await LookAtReviewAsync(page, device, review);
        await page.Keyboard.PressAsync("h");
        await page.GetByRole(AriaRole.Dialog, new() { Name = "Help" }).WaitForAsync();
        await LookAsync(page, device, "help");
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("?");
        await page.GetByRole(AriaRole.Dialog, new() { Name = "Keyboard shortcuts" }).WaitForAsync();
        await LookAsync(page, device, "shortcuts");
        await page.CloseAsync();
    }

    /// <summary>Many at once: prompts and a sheet with errors, and what was run as a table, as cards and one by one.</summary>
    private async Task LookAtManyAsync(IPage page, Device device, string run)
    {
        await page.GotoAsync(new Uri(Studio.Address, "bulk").ToString());
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Prompts" }).FillAsync("golden hour, film look\nneon, at night\nstudio, soft light");
        await page.GetByRole(AriaRole.Switch, new() { Name = "Make videos" }).CheckAsync();
        await page.GetByRole(AriaRole.Radio, new() { NameRegex = new("^Stop where I want to choose") }).CheckAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Complementary, new() { Name = "Cost" })).ToContainTextAsync("9 videos");
        await LookAsync(page, device, "bulk-prompts");
        await page.GetByRole(AriaRole.Radio, new() { Name = "Sheet (CSV, Excel)" }).CheckAsync();
        await page.GetByLabel("Load a sheet").SetInputFilesAsync(new FilePayload
        {
            Name = "spring.csv", MimeType = "text/csv", Buffer = "Photo,Prompt,Model,SKU\nastronaut.jpg,golden hour,,A-1\ncoat.jpg,neon at night,,A-2\nastronaut.jpg,,kling-imag,A-3\n"u8.ToArray(),
        });
        await page.GetByText("2 rows of 3 cannot run").WaitForAsync();
        // A price that is being asked for is faded.
        await Assertions.Expect(page.GetByRole(AriaRole.Complementary, new() { Name = "Cost" })).ToContainTextAsync("$0.38");
        await Assertions.Expect(page.GetByRole(AriaRole.Complementary, new() { Name = "Cost" }).Locator(".opacity-60")).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Region, new() { Name = "Rows that cannot run" }).ScrollIntoViewIfNeededAsync();
        await LookAsync(page, device, "bulk-sheet");

        await page.GotoAsync(new Uri(Studio.Address, "jobs").ToString());
        if (!device.Touch)
        {
            await page.GetByRole(AriaRole.Radio, new() { Name = "Cards" }).CheckAsync();
            await page.GetByRole(AriaRole.List, new() { Name = "Runs" }).WaitForAsync();
            await LookAsync(page, device, "jobs-cards");
        }

        await page.GotoAsync(run);
        await Button(page, "Details and timeline").ClickAsync();
        await page.GetByRole(AriaRole.List, new() { Name = "What happened" }).WaitForAsync();
        await LookAsync(page, device, "jobs-detail");
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
    }

    private async Task LookAtReviewAsync(IPage page, Device device, string review)
    {
        await page.GotoAsync(review);
        await page.Locator(device.Touch ? "[data-testid=card] img" : "[data-tile] img").First.WaitForAsync();
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        await LookAsync(page, device, "review");
        foreach (var view in device.Touch ? new[] { "Grid", "Compare" } : ["Grid", "Loupe", "Compare"])
        {
            await page.GetByRole(AriaRole.Radio, new() { Name = view, Exact = true }).CheckAsync();
            await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
            await LookAsync(page, device, $"review-{view.ToLowerInvariant()}");
        }

        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Redo") }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { NameRegex = new("^Make 1 image anew") }).WaitForAsync();
        await LookAsync(page, device, "review-redo");
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
    }

    private async Task LookAtBuilderAsync(IPage page, Device device)
    {
        await Button(page, "Use Photos into motion").ClickAsync();
        await Assertions.Expect(Drawing.Run(page)).ToContainTextAsync("$");
        // The canvas comes after the page.
        await Assertions.Expect(page.Locator(".react-flow__edge")).ToHaveCountAsync(device.Touch ? 0 : 3);
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        await LookAsync(page, device, "builder");
        if (device.Touch)
        {
            await Button(page, "Dry run, pauses and price").ClickAsync();
            await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Radio, new() { Name = "Checkpoint" }).WaitForAsync();
            await LookAsync(page, device, "builder-sheet");
            await Button(page, "Close").ClickAsync();
            await page.GetByRole(AriaRole.List, new() { Name = "Steps" }).GetByRole(AriaRole.Button, new() { NameRegex = new("^Generate images") }).ClickAsync();
        }
        else
        {
            await Drawing.Node(page, "Generate images").ClickAsync();
        }

        await page.GetByRole(AriaRole.Slider, new() { Name = "Images per prompt" }).WaitForAsync();
        await LookAsync(page, device, "builder-step");
    }

    /// <summary>The address of a review in which some have been judged.</summary>
    private async Task<string> JudgedAsync()
    {
        var (id, step) = await ReviewTests.ReviewAsync(Studio.Client);
        var outputs = (await Studio.Client.GetAsync($"/pipelines/{id}/steps/{step}/outputs/index"))["id"]!.AsArray().Select(one => one!.GetValue<long>()).ToArray();
        await Studio.Client.PutAsync($"/pipelines/{id}/steps/{step}", new
        {
            outputs = new object[] { new { id = outputs[0], verdict = "pick", rating = 4 }, new { id = outputs[1], verdict = "reject", rating = 2 }, new { id = outputs[4], verdict = "pick", rating = 5 } },
        });
        return new Uri(Studio.Address, $"jobs/{id}/review/{step}").ToString();
    }

    private async Task LookAtLibraryAsync(IPage page, Device device)
    {
        await page.GotoAsync(new Uri(Studio.Address, "library?type=image&source=generated").ToString());
        await page.Locator("main figure button").First.ClickAsync();
        await page.GetByRole(AriaRole.Region, new() { Name = "How it was made" }).WaitForAsync();
        await LookAsync(page, device, "library-detail");
        await Button(page, "Compare with its photo").ClickAsync();
        await page.GetByRole(AriaRole.Dialog, new() { Name = "Compare" }).WaitForAsync();
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        await LookAsync(page, device, "library-compare");
        await page.GotoAsync(new Uri(Studio.Address, "library?trash=true").ToString());
        var picture = page.GetByRole(AriaRole.Checkbox).First;
        await picture.WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await picture.FocusAsync();
        await page.Keyboard.PressAsync("Space");
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        await LookAsync(page, device, "library-trash");
    }

    private static async Task ConfigureAsync(IPage page)
    {
        await Button(page, "Try with sample photos").ClickAsync();
        await Assertions.Expect(page.Locator("#photos figure img")).ToHaveCountAsync(3);
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Prompt" }).FillAsync("golden hour, film look");
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(Generate(page)).ToContainTextAsync("$");
    }

    private async Task LookAsync(IPage page, Device device, string screen)
    {
        await NothingRunsOffTheSideAsync(page);
        // The page's policy lets no script in by a tag.
        if (!await page.EvaluateAsync<bool>("() => 'axe' in window"))
        {
            await page.EvaluateAsync(await File.ReadAllTextAsync(Path.Combine(Repository.Root, Axe)));
        }

        // Dark last: that is how the page goes on. All that another theme changes is colours.
        foreach (var theme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            var name = $"{screen}-{(device.Touch ? "phone-" : string.Empty)}{theme.ToString().ToLowerInvariant()}";
            await page.EmulateMediaAsync(new() { ColorScheme = theme, ReducedMotion = ReducedMotion.Reduce });
            await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", theme.ToString().ToLowerInvariant());
            if (TakesPictures)
            {
                await page.ScreenshotAsync(new() { Path = Path.Combine(Repository.Root, "docs", "screens", name + ".jpg"), Type = ScreenshotType.Jpeg, Quality = 82, Animations = ScreenshotAnimations.Disabled });
            }

            // A button is called by what it does; count and price on it are its description.
            var violations = await page.EvaluateAsync<JsonElement>(
                """
                async (only) => {
                  const { violations } = await axe.run(document, {
                    runOnly: only ?? ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
                    rules: only ? {} : { 'label-content-name-mismatch': { enabled: false } },
                  });
                  return violations.map((violation) => `${violation.id}: ${violation.nodes.slice(0, 3).map((node) => `${node.target} ${node.failureSummary.split('\n').slice(1, 2)}`).join(' | ')}`);
                }
                """,
                theme == ColorScheme.Light ? Colours : null);
            _found.AddRange(violations.EnumerateArray().Select(violation => $"{name}: {violation.GetString()}"));
        }
    }
}
