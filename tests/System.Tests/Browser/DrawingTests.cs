using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Testing;

namespace System.Tests.Browser;

/// <summary>A workflow in the hands of a mouse: wires refused with the reason, many steps at once, the view, files that come and go.</summary>
[Collection(LocalStudio.Name)]
public sealed class DrawingTests(LocalStudio fixture) : InBrowser(fixture)
{
    [Fact]
    public async Task Steps_are_wired_chosen_copied_laid_out_and_seen_whole_with_the_mouse()
    {
        var page = await OpenAsync(Device.Desktop with { Still = true });
        await Drawing.NewWorkflowAsync(page, Studio.Address);
        await ImportAsync(page, Chain());
        await Assertions.Expect(Drawing.Nodes(page)).ToHaveCountAsync(4);

        // While a wire is drawn, what it cannot end at steps back; let go there, it says why.
        var (upload, images) = (Drawing.Node(page, "Upload photos"), Drawing.Node(page, "Generate images"));
        var (from, to) = (await Drawing.MiddleAsync(Drawing.Out(images)), await Drawing.MiddleAsync(upload));
        await page.Mouse.MoveAsync(from.X, from.Y);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(to.X, to.Y, new() { Steps = 6 });
        await Assertions.Expect(page.Locator(".react-flow__node.opacity-35")).ToHaveCountAsync(3);
        await page.Mouse.UpAsync();
        await Assertions.Expect(page.GetByText("That would go round in a circle.")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".react-flow__node.opacity-35")).ToHaveCountAsync(0);
        await Assertions.Expect(Drawing.Wires(page)).ToHaveCountAsync(3);

        // Drawn backwards from a step that needs something, the palette offers what can come before it.
        await Drawing.DragAsync(page, await Drawing.MiddleAsync(Drawing.In(images)), (from.X - 300, from.Y + 250));
        var offers = page.GetByRole(AriaRole.Listbox, new() { Name = "Connect to" }).GetByRole(AriaRole.Option);
        await Assertions.Expect(offers).ToContainTextAsync(["Upload photos", "New: Upload photos", "New: Enhance prompts"]);
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(offers).ToHaveCountAsync(0);

        // A box around two, Shift for a third, and all of them copied, pasted, taken away and brought back.
        await BoxAsync(page, upload, Drawing.Node(page, "Enhance prompts"));
        var chosen = page.Locator(".react-flow__node.selected");
        await Assertions.Expect(chosen).ToHaveCountAsync(2);
        await images.ClickAsync(new() { Modifiers = [KeyboardModifier.Shift], Position = new() { X = 60, Y = 12 } });
        await Assertions.Expect(chosen).ToHaveCountAsync(3);
        await page.Keyboard.PressAsync("Control+c");
        await page.Keyboard.PressAsync("Control+v");
        await Assertions.Expect(Drawing.Nodes(page)).ToHaveCountAsync(7);
        await Assertions.Expect(Drawing.Wires(page)).ToHaveCountAsync(5);
        await Assertions.Expect(chosen).ToHaveCountAsync(3);
        await page.Keyboard.PressAsync("Delete");
        await Assertions.Expect(page.GetByText("3 steps removed")).ToBeVisibleAsync();
        await Assertions.Expect(Drawing.Nodes(page)).ToHaveCountAsync(4);
        await page.Keyboard.PressAsync("Control+z");
        await Assertions.Expect(Drawing.Nodes(page)).ToHaveCountAsync(7);
        await page.Keyboard.PressAsync("Control+Shift+z");
        await Assertions.Expect(Drawing.Nodes(page)).ToHaveCountAsync(4);

        // Dragged away, put in order again, and the whole seen again.
        var place = await Drawing.MiddleAsync(upload);
        await upload.EvaluateAsync(
            """
            (step) => {
              const all = (window.seen = []);
              const wire = document.querySelector('.react-flow__edge-path');
              const look = () => {
                all.push([step.getBoundingClientRect().top, wire.getBoundingClientRect().height]);
                requestAnimationFrame(look);
              };
              look();
            }
            """);
        await Drawing.DragAsync(page, place, (place.X + 40, place.Y + 260));
        await Eventually.HoldsAsync(async () => await HeightsAsync(page) is [var first, var second, ..] && first > second + 100, TimeSpan.FromSeconds(20));
        // It goes where the pointer is with its wire, and is never drawn where it was again once it was dropped.
        await page.WaitForFunctionAsync("() => window.seen.at(-1)[0] - window.seen[0][0] > 100 && window.seen.at(-1)[1] - window.seen[0][1] > 100");
        Assert.True(await page.EvaluateAsync<bool>("() => window.seen.every(([top], at) => at === 0 || top > window.seen[at - 1][0] - 2)"));
        await Button(page, "Tidy up").ClickAsync();
        await page.WaitForFunctionAsync("() => new Set([...document.querySelectorAll('.react-flow__node')].map((node) => new DOMMatrix(getComputedStyle(node).transform).f)).size === 1");
        var map = page.GetByRole(AriaRole.Img, new() { Name = "Map of the workflow" });
        await map.WaitForAsync();
        var seen = await ViewAsync(page);
        var marked = await map.Locator("path").Last.GetAttributeAsync("d");
        var middle = await Drawing.MiddleAsync(map);
        await Drawing.DragAsync(page, middle, (middle.X + 60, middle.Y + 30));
        await page.WaitForFunctionAsync("seen => document.querySelector('.react-flow__viewport').style.transform !== seen", seen);
        // What is in view is marked on the map.
        Assert.NotEqual(marked, await map.Locator("path").Last.GetAttributeAsync("d"));

        // Where nothing is in view on the map, the view comes to.
        seen = await ViewAsync(page);
        await map.ClickAsync(new() { Position = new() { X = 8, Y = 75 } });
        await page.WaitForFunctionAsync("seen => new DOMMatrix(document.querySelector('.react-flow__viewport').style.transform).e > new DOMMatrix(seen).e + 100", seen);
        await Button(page, "Zoom in").ClickAsync();
        await Button(page, "Show all of it").ClickAsync();
        await page.WaitForFunctionAsync(
            """
            () => {
              const canvas = document.querySelector('.react-flow').getBoundingClientRect();
              return [...document.querySelectorAll('.react-flow__node')].every((node) => {
                const { left, right, top, bottom } = node.getBoundingClientRect();
                return left >= canvas.left && right <= canvas.right && top >= canvas.top && bottom <= canvas.bottom;
              });
            }
            """);
        Assert.Empty(Errors);
    }

    [Fact]
    public async Task Files_go_out_and_come_in_and_what_is_wrong_with_them_is_said_and_the_rest_kept()
    {
        var page = await OpenAsync(Device.Desktop with { Still = true });
        await Drawing.NewWorkflowAsync(page, Studio.Address);

        // What is not known is left out and named, the rest is there.
        await ImportAsync(page, Chain(nodes => nodes.Add(Step("b", "blend")), wires => wires.Add(Wire("b", "v"))));
        var notice = page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "2 things of the file could not be taken" });
        await Assertions.Expect(notice).ToContainTextAsync("Step 5 is of the kind “blend”, which is not known here.");
        await Assertions.Expect(notice).ToContainTextAsync("Wire 4 has lost an end.");
        await Assertions.Expect(Drawing.Nodes(page)).ToHaveCountAsync(4);
        await notice.GetByRole(AriaRole.Button, new() { Name = "Dismiss" }).ClickAsync();

        // A newer format is refused with both numbers, and nothing changes.
        var newer = Chain();
        newer["version"] = 9;
        await ImportAsync(page, newer);
        await Assertions.Expect(page.GetByText("its format is 9, and 1 is the newest that can be read here", new() { Exact = false })).ToBeVisibleAsync();
        await Assertions.Expect(Drawing.Nodes(page)).ToHaveCountAsync(4);
        await page.GetByLabel("Workflow file").SetInputFilesAsync(new FilePayload { Name = "photo.json", MimeType = "application/json", Buffer = [0xff, 0xd8, 0xff] });
        await Assertions.Expect(page.GetByText("This file is not JSON.", new() { Exact = false })).ToBeVisibleAsync();

        // A circle comes in as it is drawn, and each step of it says so.
        await ImportAsync(page, Chain(wires: wires => wires.Add(Wire("v", "i"))));
        var problems = page.GetByRole(AriaRole.Region, new() { Name = "Problems" });
        await Assertions.Expect(problems.GetByRole(AriaRole.Button).Filter(new() { HasText = "feeds itself in a circle" })).ToHaveCountAsync(2);
        await Assertions.Expect(problems).ToContainTextAsync("Videos are the end of a branch");
        await page.GetByRole(AriaRole.Toolbar, new() { Name = "Workflow" }).GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Assertions.Expect(Drawing.Wires(page)).ToHaveCountAsync(3);

        // A photo set, made here as on the playground.
        await Drawing.Node(page, "Generate images").ClickAsync(new() { Position = new() { X = 60, Y = 12 } });
        await Button(page, "Create photo set").ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "All around" }).ClickAsync();
        await Assertions.Expect(dialog).ToContainTextAsync("4 angles = 4 images");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Use this set" }).ClickAsync();
        await Assertions.Expect(Drawing.Node(page, "Generate images")).ToContainTextAsync("set of 4");

        var download = await page.RunAndWaitForDownloadAsync(() => Button(page, "Export as a file").ClickAsync());
        Assert.Equal("chain-of-four.json", download.SuggestedFilename);
        var file = JsonNode.Parse(await File.ReadAllTextAsync((await download.PathAsync())!))!;
        Assert.Equal(["upload_images", "enhance_prompts", "generate_images", "generate_videos"], file["nodes"]!.AsArray().Select(node => node!["kind"]!.GetValue<string>()));
        Assert.Equal(3, file["edges"]!.AsArray().Count);
        Assert.Equal(4, file["nodes"]![2]!["config"]!["set"]!["options"]!["angles"]!.AsArray().Count);
        Assert.Empty(Errors);
    }

    private static async Task ImportAsync(IPage page, JsonObject graph) =>
        await page.GetByLabel("Workflow file").SetInputFilesAsync(new FilePayload { Name = "workflow.json", MimeType = "application/json", Buffer = Encoding.UTF8.GetBytes(graph.ToJsonString()) });

    private static async Task BoxAsync(IPage page, ILocator first, ILocator last)
    {
        var (from, to) = ((await first.BoundingBoxAsync())!, (await last.BoundingBoxAsync())!);
        await page.Keyboard.DownAsync("Shift");
        await Drawing.DragAsync(page, (from.X - 12, from.Y - 16), (to.X + (to.Width / 2), to.Y + (to.Height / 2)));
        await page.Keyboard.UpAsync("Shift");
    }

    private static async Task<double[]> HeightsAsync(IPage page) => [.. (await Drawing.DraftAsync(page))["nodes"]!.AsArray().Select(node => node!["y"]!.GetValue<double>())];

    private static Task<string> ViewAsync(IPage page) => page.EvaluateAsync<string>("() => document.querySelector('.react-flow__viewport').style.transform");

    /// <summary>An upload, an enhancer, images and videos in a row.</summary>
    private static JsonObject Chain(Action<JsonArray>? nodes = null, Action<JsonArray>? wires = null)
    {
        var steps = new JsonArray(Step("u", "upload_images", 0), Step("e", "enhance_prompts", 1), Step("i", "generate_images", 2), Step("v", "generate_videos", 3));
        var edges = new JsonArray(Wire("u", "e"), Wire("e", "i"), Wire("i", "v"));
        nodes?.Invoke(steps);
        wires?.Invoke(edges);
        return new() { ["format"] = "pipeline.workflow", ["version"] = 1, ["name"] = "Chain of four", ["nodes"] = steps, ["edges"] = edges };
    }

    private static JsonObject Step(string id, string kind, int column = 4) => new() { ["id"] = id, ["kind"] = kind, ["x"] = column * 250, ["y"] = 0, ["config"] = new JsonObject() };

    private static JsonObject Wire(string from, string to) => new() { ["from"] = from, ["to"] = to };
}
