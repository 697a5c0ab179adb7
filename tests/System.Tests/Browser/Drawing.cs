using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace System.Tests.Browser;

/// <summary>The canvas of the workflow builder, as a mouse uses it.</summary>
internal static class Drawing
{
    public static ILocator Nodes(IPage page) => page.Locator(".react-flow__node");

    public static ILocator Wires(IPage page) => page.Locator(".react-flow__edge");

    /// <summary>Steps by how their title begins.</summary>
    public static ILocator Node(IPage page, string title) => page.Locator($".react-flow__node[aria-label^='{title}']");

    public static ILocator Run(IPage page) => page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Run( to the pause)?$") });

    /// <summary>Where photos are given; words like its name stand on buttons, too.</summary>
    public static ILocator Files(IPage page) => page.Locator("input[type=file][aria-label='Upload photos']").Last;

    public static async Task NewWorkflowAsync(IPage page, Uri address)
    {
        await page.GotoAsync(new Uri(address, "/workflows").ToString());
        await page.GetByRole(AriaRole.Button, new() { Name = "New workflow", Exact = true }).ClickAsync();
        await page.WaitForURLAsync("**/workflows/*");
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Name of the workflow" }).WaitForAsync();
        if (page.ViewportSize!.Width > 1024)
        {
            await page.Locator(".react-flow").WaitForAsync();
        }
    }

    /// <summary>Drags a kind of step out of the palette; it is there when this returns.</summary>
    public static async Task DropStepAsync(IPage page, string title, float x, float y)
    {
        var there = await Nodes(page).CountAsync();
        var entry = page.GetByRole(AriaRole.Region, new() { Name = "Add a step" }).GetByRole(AriaRole.Button, new() { NameRegex = new($"^{Regex.Escape(title)}") });
        await DragAsync(page, await MiddleAsync(entry), (x, y));
        await Assertions.Expect(Nodes(page)).ToHaveCountAsync(there + 1);
    }

    /// <summary>Draws a wire from the right end of a step.</summary>
    public static async Task WireAsync(IPage page, ILocator from, ILocator to) => await DragAsync(page, await MiddleAsync(Out(from)), await MiddleAsync(to));

    public static async Task WireAsync(IPage page, ILocator from, float x, float y) => await DragAsync(page, await MiddleAsync(Out(from)), (x, y));

    public static ILocator Out(ILocator node) => node.Locator(".react-flow__handle.source");

    public static ILocator In(ILocator node) => node.Locator(".react-flow__handle.target");

    public static async Task DragAsync(IPage page, (float X, float Y) from, (float X, float Y) to)
    {
        await page.Mouse.MoveAsync(from.X, from.Y);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(to.X, to.Y, new() { Steps = 8 });
        await page.Mouse.UpAsync();
    }

    public static async Task<(float X, float Y)> MiddleAsync(ILocator locator)
    {
        var box = (await locator.BoundingBoxAsync())!;
        return (box.X + (box.Width / 2), box.Y + (box.Height / 2));
    }

    /// <summary>The graph as this browser keeps it.</summary>
    public static async Task<JsonNode> DraftAsync(IPage page) =>
        JsonNode.Parse(await page.EvaluateAsync<string>("() => localStorage.getItem(Object.keys(localStorage).find((key) => key.startsWith('pipeline.workflow.') && key.endsWith(location.pathname.split('/').pop())))"))!["graph"]!;
}
