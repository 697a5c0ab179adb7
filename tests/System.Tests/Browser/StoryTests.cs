using System.Globalization;
using System.IO.Compression;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Testing.Studio;

namespace System.Tests.Browser;

/// <summary>The whole way of one piece of work: drawn, priced, run, judged, carried on with the best, found again, taken home and kept for the next time.</summary>
[Collection(LocalStudio.Name)]
public sealed class StoryTests(LocalStudio fixture) : InBrowser(fixture)
{
    private const string Name = "Red dress, three ways";

    /// <summary>The example of the requirements: 3 photos, 5 prompts each, 2 images a prompt, 1 video an image. $11.36.</summary>
    [Fact]
    public async Task The_chain_is_drawn_with_the_mouse_run_to_a_pause_judged_by_keys_found_again_and_kept()
    {
        var page = await OpenAsync(Device.Desktop);
        await Drawing.NewWorkflowAsync(page, Studio.Address);
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Name of the workflow" }).FillAsync(Name);
        await DrawAsync(page);
        await ConfigureAsync(page);
        var workflow = page.Url;

        var run = await RunToThePauseAsync(page);
        await PickTenAsync(page);
        await TenVideosAsync(page, run);
        await InTheLibraryAsync(page);

        await page.GetByRole(AriaRole.Link, new() { Name = "Workflows" }).First.ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = Name, Exact = true }).ClickAsync();
        await page.WaitForURLAsync(workflow);
        await Button(page, "Save as template").ClickAsync();
        await Button(page, "Save template").ClickAsync();
        await page.GetByText($"“{Name}” is among your templates").WaitForAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Workflows" }).First.ClickAsync();
        await Button(page, $"Use {Name}").ClickAsync();
        await page.WaitForURLAsync(url => url.Contains("/workflows/", StringComparison.Ordinal) && url != workflow);
        await Assertions.Expect(Drawing.Nodes(page)).ToHaveCountAsync(4);
        await Assertions.Expect(Drawing.Wires(page)).ToHaveCountAsync(3);
        Assert.Empty(Errors);
    }

    private static async Task DrawAsync(IPage page)
    {
        await Drawing.DropStepAsync(page, "Upload photos", 340, 300);
        await Drawing.DropStepAsync(page, "Enhance prompts", 620, 300);
        await Drawing.WireAsync(page, Drawing.Node(page, "Upload photos"), Drawing.In(Drawing.Node(page, "Enhance prompts")));
        await Assertions.Expect(Drawing.Wires(page)).ToHaveCountAsync(1);

        // A wire that ends nowhere asks what it should lead to, and offers only what it can.
        await Drawing.WireAsync(page, Drawing.Node(page, "Enhance prompts"), 800, 520);
        var offers = page.GetByRole(AriaRole.Listbox, new() { Name = "Connect to" }).GetByRole(AriaRole.Option);
        await Assertions.Expect(offers).ToHaveCountAsync(2);
        await offers.Filter(new() { HasText = "New: Generate images" }).ClickAsync();
        await Assertions.Expect(Drawing.Wires(page)).ToHaveCountAsync(2);

        await Drawing.DropStepAsync(page, "Generate videos", 560, 700);
        await Drawing.WireAsync(page, Drawing.Node(page, "Generate images"), Drawing.Node(page, "Generate videos"));
        await Assertions.Expect(Drawing.Wires(page)).ToHaveCountAsync(3);
    }

    private static async Task ConfigureAsync(IPage page)
    {
        await Drawing.Node(page, "Upload photos").ClickAsync();
        var photos = new List<FilePayload>();
        foreach (var side in new[] { "front", "left", "right" })
        {
            photos.Add(new() { Name = $"story-{side}.jpg", MimeType = "image/jpeg", Buffer = await TestPictures.PhotoAsync(160, 200, Random.Shared.Next(360)) });
        }

        await Drawing.Files(page).SetInputFilesAsync(photos);
        await Assertions.Expect(Drawing.Node(page, "Upload photos")).ToHaveAttributeAsync("aria-label", new Text.RegularExpressions.Regex("3 photos"));

        await Drawing.Node(page, "Enhance prompts").ClickAsync();
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Idea" }).FillAsync("woman in red dress");
        await Assertions.Expect(Drawing.Node(page, "Enhance prompts")).ToContainTextAsync("15 prompts");

        await Drawing.Node(page, "Generate images").ClickAsync();
        await ChooseModelAsync(page, "Image model", "kling-image");
        await page.GetByRole(AriaRole.Slider, new() { Name = "Images per prompt" }).PressAsync("ArrowRight");
        await Drawing.Node(page, "Generate videos").ClickAsync();
        await ChooseModelAsync(page, "Video model", "kling");

        await Button(page, "Back to the whole workflow").ClickAsync();
        var steps = page.GetByRole(AriaRole.List, new() { Name = "Steps" }).GetByRole(AriaRole.Listitem);
        await Assertions.Expect(steps).ToHaveTextAsync(["3 photosfree", "15 prompts$0.02", "30 images$0.84", "30 videos$10.50"]);
        await Assertions.Expect(page.GetByRole(AriaRole.Region, new() { Name = "Dry run" })).ToContainTextAsync("$11.36");
        await Assertions.Expect(Drawing.Run(page)).ToContainTextAsync("$11.36");

        await page.GetByRole(AriaRole.Radio, new() { Name = "Checkpoint" }).CheckAsync();
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "Pause after generate images" }).CheckAsync();
        await Assertions.Expect(Drawing.Run(page)).ToContainTextAsync("then up to $10.50 more");
        await Assertions.Expect(Drawing.Run(page)).ToContainTextAsync("$0.86");
    }

    private static async Task ChooseModelAsync(IPage page, string label, string model)
    {
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new($"^{label}") }).ClickAsync();
        await page.Locator($"[data-model='{model}']").ClickAsync();
        await Assertions.Expect(page.Locator("[data-model]")).ToHaveCountAsync(0);
    }

    private static async Task<long> RunToThePauseAsync(IPage page)
    {
        await Drawing.Run(page).ClickAsync();
        await page.GetByText("The workflow is running").WaitForAsync();
        await Assertions.Expect(Drawing.Node(page, "Generate images").GetByText("Waiting for your review")).ToBeVisibleAsync(new() { Timeout = Long });
        await page.GetByRole(AriaRole.Link, new() { Name = $"Review {Name}" }).ClickAsync();
        await page.WaitForURLAsync("**/jobs/*/review/*");
        return long.Parse(new Uri(page.Url).Segments[2].TrimEnd('/'), CultureInfo.InvariantCulture);
    }

    private static async Task PickTenAsync(IPage page)
    {
        await Assertions.Expect(page.Locator("dl[aria-label='30 images in review']")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("[data-tile][aria-current=true]")).ToHaveCountAsync(1);
        // Every third, and the verdicts move on by themselves.
        for (var picked = 1; picked <= 10; picked++)
        {
            await page.Keyboard.PressAsync("p");
            await page.Keyboard.PressAsync("x");
            await page.Keyboard.PressAsync("x");
        }

        var approve = page.GetByRole(AriaRole.Button, new() { Name = "Make 10 videos" });
        await Assertions.Expect(approve).ToContainTextAsync("$3.50", new() { Timeout = Long });
        await page.GetByText("Saved", new() { Exact = true }).WaitForAsync();
        await approve.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
    }

    private async Task TenVideosAsync(IPage page, long run)
    {
        await page.WaitForURLAsync($"**/jobs/{run}");
        var steps = (await Studio.Client.UntilAsync(run, TimeSpan.FromMilliseconds(Long), "completed"))["steps"]!.AsArray();
        await DoneAsync(page);
        Assert.Equal([15, 30, 10], steps.Select(step => step!["outputs_total"]!.GetValue<int>()));
        Assert.Equal(4.355m, steps.Sum(step => step!["cost_actual"]!.GetValue<decimal>()));
    }

    private static async Task InTheLibraryAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Link, new() { Name = "Library" }).First.ClickAsync();
        await Button(page, "Filter").ClickAsync();
        await page.GetByRole(AriaRole.Group, new() { Name = "Run", Exact = true }).GetByRole(AriaRole.Button, new() { NameRegex = new($"^{Name}") }).ClickAsync();
        await page.Keyboard.PressAsync("Escape");
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Videos\\s*10$") }).ClickAsync();
        var tiles = page.Locator("main figure");
        await Assertions.Expect(tiles).ToHaveCountAsync(10);

        await tiles.GetByRole(AriaRole.Button).First.ClickAsync();
        var chain = page.GetByRole(AriaRole.Region, new() { Name = "How it was made" }).GetByRole(AriaRole.Listitem);
        await Assertions.Expect(chain).ToHaveCountAsync(5);
        await Assertions.Expect(chain.Nth(0)).ToContainTextAsync("story-");
        await Assertions.Expect(chain.Nth(1)).ToContainTextAsync("woman in red dress");
        await Assertions.Expect(chain.Nth(2)).ToContainTextAsync("Enhanced prompt");
        await Assertions.Expect(chain.Nth(3)).ToContainTextAsync("Image");
        await Assertions.Expect(chain.Nth(4)).ToContainTextAsync("This video");
        await page.Keyboard.PressAsync("Escape");

        await tiles.First.HoverAsync();
        await tiles.First.GetByRole(AriaRole.Checkbox).ClickAsync();
        await Button(page, "All 10").ClickAsync();
        await page.GetByText("10 selected").WaitForAsync();
        var download = await page.RunAndWaitForDownloadAsync(() => Button(page, "Download ZIP").ClickAsync());
        using var zip = ZipFile.OpenRead((await download.PathAsync())!);
        Assert.Equal(10, zip.Entries.Count(entry => entry.Name.EndsWith(".mp4", StringComparison.Ordinal)));
        await using var manifest = await zip.GetEntry("manifest.json")!.OpenAsync();
        var told = (await JsonNode.ParseAsync(manifest))!["assets"]!.AsArray();
        Assert.Equal(10, told.Count);
        Assert.All(told, entry => Assert.Equal(["image", "prompt"], entry!["lineage"]!.AsArray().Select(ancestor => ancestor!["type"]!.GetValue<string>())));
    }
}
