using Microsoft.Playwright;

namespace System.Tests.Browser;

/// <summary>A workflow drawn by keyboard, run, and kept as a template; and the same on a phone.</summary>
[Collection(LocalStudio.Name)]
public sealed class WorkflowTests(LocalStudio fixture) : InBrowser(fixture)
{
    [Fact]
    public async Task A_workflow_of_two_branches_is_drawn_by_keyboard_run_and_kept_as_a_template()
    {
        var page = await OpenAsync(Device.Desktop);
        await Drawing.NewWorkflowAsync(page, Studio.Address);
        await page.Keyboard.PressAsync("Space");
        await PickAsync(page, "Upload");
        await Files(page).SetInputFilesAsync(await PhotoAsync());
        await Assertions.Expect(Node(page, "Upload photos").First).ToHaveAttributeAsync("aria-label", new Text.RegularExpressions.Regex("1 photo"));

        await AfterAsync(page, Node(page, "Upload photos").First, "Enhance");
        await AfterAsync(page, Node(page, "Enhance prompts").First, "New: Generate images");
        await AfterAsync(page, Node(page, "Enhance prompts").First, "New: Generate images");
        await Assertions.Expect(page.Locator(".react-flow__edge")).ToHaveCountAsync(3);
        await Assertions.Expect(Run(page)).ToContainTextAsync("1 thing to fix first");

        await Run(page).PressAsync("Enter");
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("Write the idea to enhance") }).Last.PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Textbox, new() { Name = "Idea" })).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("woman in red dress");
        await SetVariationsAsync(page, 1);
        await Assertions.Expect(Run(page)).ToContainTextAsync("in 2 branches");
        await Assertions.Expect(Run(page)).ToContainTextAsync("$");

        // Once the price is no longer being asked for.
        await Assertions.Expect(Run(page)).ToBeEnabledAsync(new() { Timeout = Long });
        await page.Keyboard.PressAsync("Control+Enter");
        await Assertions.Expect(page.GetByText("2 branches are running")).ToBeVisibleAsync(new() { Timeout = Long });
        await Assertions.Expect(page.Locator(".react-flow__node").GetByText("Done", new() { Exact = true })).ToHaveCountAsync(3, new() { Timeout = Long });
        await Assertions.Expect(page.Locator(".react-flow__node img[src*='thumbnail']")).ToHaveCountAsync(3);

        // What changed says so, and what follows of it.
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Idea" }).FillAsync("woman in blue dress");
        await Assertions.Expect(page.GetByText("Out of date: its settings changed after the last run", new() { Exact = false }).First).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Textbox, new() { Name = "Idea" }).FillAsync("woman in red dress");
        await Assertions.Expect(page.GetByText("Out of date")).ToHaveCountAsync(0);

        // One of two image steps is changed and run from there: what is there is taken again at no cost, and the other branch is left alone.
        await Node(page, "Generate images").First.ClickAsync();
        await page.GetByRole(AriaRole.Slider, new() { Name = "Images per prompt" }).PressAsync("ArrowRight");
        await Assertions.Expect(page.GetByText("Out of date: its settings changed after the last run. A run makes it anew", new() { Exact = false })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("that is taken again at no cost", new() { Exact = false })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Run from here") }).ClickAsync();
        await Assertions.Expect(page.GetByText("The workflow is running")).ToBeVisibleAsync(new() { Timeout = Long });
        await Assertions.Expect(Node(page, "Generate images").First.GetByText("Done", new() { Exact = true })).ToBeVisibleAsync(new() { Timeout = Long });
        await Assertions.Expect(Node(page, "Generate images").First).ToContainTextAsync("2/2");
        await Assertions.Expect(page.GetByText("Out of date")).ToHaveCountAsync(0);

        await Button(page, "Save as template").ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog, new() { Name = "Save as template" });
        await dialog.GetByRole(AriaRole.Textbox, new() { Name = "Name" }).FillAsync("Two branches");
        await Button(page, "Save template").ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Workflows" }).First.ClickAsync();
        await Button(page, "Use Two branches").ClickAsync();
        await page.WaitForURLAsync("**/workflows/*");
        await Assertions.Expect(page.Locator(".react-flow__node")).ToHaveCountAsync(4);
        await Assertions.Expect(Run(page)).ToContainTextAsync("1 thing to fix first");
        Assert.Empty(Errors);
    }

    [Fact]
    public async Task On_a_phone_a_workflow_is_a_list_with_all_of_the_same_settings()
    {
        var page = await OpenAsync(Device.Phone);
        await Drawing.NewWorkflowAsync(page, Studio.Address);
        await Button(page, "Add a step").TapAsync();
        await page.GetByRole(AriaRole.Option, new() { NameRegex = new("Upload photos") }).TapAsync();
        await Files(page).SetInputFilesAsync(await PhotoAsync());
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Img).First.WaitForAsync();
        await Button(page, "Close").TapAsync();
        await Button(page, "Add what follows upload photos").TapAsync();
        await page.GetByRole(AriaRole.Option, new() { NameRegex = new("Generate images") }).TapAsync();
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Prompt" }).FillAsync("woman in red dress");
        await NothingRunsOffTheSideAsync(page);
        await Button(page, "Close").TapAsync();

        await Assertions.Expect(Run(page)).ToContainTextAsync("$");
        await NothingRunsOffTheSideAsync(page);
        await Run(page).TapAsync();
        await Assertions.Expect(page.GetByText("The workflow is running")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.List, new() { Name = "Steps" }).GetByText("Done", new() { Exact = true })).ToBeVisibleAsync(new() { Timeout = Long });
        Assert.Empty(Errors);
    }

    [Fact]
    public async Task A_built_in_template_opens_on_samples_and_has_its_price()
    {
        var page = await OpenAsync(Device.Desktop);
        await page.GotoAsync(new Uri(Studio.Address, "/workflows").ToString());
        await Button(page, "Use Photos into motion").ClickAsync();
        await page.WaitForURLAsync("**/workflows/*");
        await Assertions.Expect(page.Locator(".react-flow__node")).ToHaveCountAsync(4);
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Run to the pause" })).ToContainTextAsync("$");
        Assert.Empty(Errors);
    }

    private static ILocator Run(IPage page) => Drawing.Run(page);

    private static ILocator Files(IPage page) => Drawing.Files(page);

    private static ILocator Node(IPage page, string title) => Drawing.Node(page, title);

    private static async Task PickAsync(IPage page, string wanted)
    {
        var option = page.GetByRole(AriaRole.Option, new() { NameRegex = new($"^{wanted}") }).First;
        await option.WaitForAsync();
        while (await option.GetAttributeAsync("aria-selected") != "true")
        {
            await page.Keyboard.PressAsync("ArrowDown");
        }

        await page.Keyboard.PressAsync("Enter");
    }

    private static async Task AfterAsync(IPage page, ILocator node, string wanted)
    {
        // What was just added takes the focus a moment later, and is left alone until then.
        do
        {
            await node.FocusAsync();
            await page.EvaluateAsync("() => new Promise((done) => setTimeout(() => requestAnimationFrame(done), 100))");
        }
        while (!await node.EvaluateAsync<bool>("element => element === document.activeElement"));

        await page.Keyboard.PressAsync("c");
        await PickAsync(page, wanted.StartsWith("New", StringComparison.Ordinal) ? wanted : $"New: {wanted}");
        await page.GetByRole(AriaRole.Listbox).WaitForAsync(new() { State = WaitForSelectorState.Hidden });
    }

    private static async Task SetVariationsAsync(IPage page, int count)
    {
        await page.GetByRole(AriaRole.Slider, new() { Name = "Variations of each prompt" }).FocusAsync();
        await page.Keyboard.PressAsync("Home");
        for (var step = 1; step < count; step++)
        {
            await page.Keyboard.PressAsync("ArrowRight");
        }
    }
}
