using Microsoft.Playwright;

namespace System.Tests.Browser;

/// <summary>The whole job without a mouse: from the sign-in page to a picture on the whole screen.</summary>
[Collection(LocalStudio.Name)]
public sealed class KeyboardTests(LocalStudio fixture) : InBrowser(fixture)
{
    private const int MostTabs = 80;

    [Fact]
    public async Task A_sample_becomes_pictures_with_keys_alone()
    {
        var page = await ArriveAsync(Device.Desktop);
        await PressAsync(page, "Open the demo workspace");
        await page.GetByText("What do you want to create?").WaitForAsync();
        await PressAsync(page, "Try with sample photos");
        await Assertions.Expect(page.Locator("#photos figure img")).ToHaveCountAsync(3);

        // Tabs are one stop, chosen from by arrows.
        await TabToAsync(page, "Full pipeline");
        await page.Keyboard.PressAsync("ArrowLeft");
        await page.Keyboard.PressAsync("ArrowLeft");
        await Assertions.Expect(page.GetByRole(AriaRole.Tab, new() { Name = "Image", Exact = true })).ToHaveAttributeAsync("aria-selected", "true");

        await TabToAsync(page, "Prompt");
        await page.Keyboard.TypeAsync("woman in red dress");
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(Generate(page)).ToContainTextAsync("$");
        await page.Keyboard.PressAsync("Control+Enter");
        await page.WaitForURLAsync("**/jobs/*");
        await DoneAsync(page);

        await PressAsync(page, "Image 1");
        var view = page.GetByRole(AriaRole.Dialog);
        await Assertions.Expect(view).ToContainTextAsync("1 of 3");
        await page.Keyboard.PressAsync("ArrowRight");
        await Assertions.Expect(view).ToContainTextAsync("2 of 3");
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(view).ToBeHiddenAsync();

        await page.Keyboard.PressAsync("?");
        await Assertions.Expect(page.GetByRole(AriaRole.Dialog, new() { Name = "Keyboard shortcuts" })).ToBeVisibleAsync();
        await page.Keyboard.TypeAsync("generate");
        await Assertions.Expect(page.GetByRole(AriaRole.Dialog).GetByText("Generate").First).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        Assert.Empty(Errors);
    }

    private static async Task PressAsync(IPage page, string name)
    {
        await TabToAsync(page, name);
        await page.Keyboard.PressAsync("Enter");
    }

    /// <summary>Moves on by Tab until what has this name has the focus, which has to be seen.</summary>
    private static async Task TabToAsync(IPage page, string name)
    {
        await page.GetByText(name).Or(page.GetByLabel(name)).First.WaitForAsync(new() { State = WaitForSelectorState.Attached });
        for (var tabs = 0; tabs < MostTabs; tabs++)
        {
            await page.Keyboard.PressAsync("Tab");
            var focused = page.Locator(":focus");
            if (await focused.CountAsync() == 1 && (await focused.EvaluateAsync<string>("element => element.getAttribute('aria-label') ?? element.textContent ?? ''")).StartsWith(name, StringComparison.Ordinal))
            {
                return;
            }
        }

        Assert.Fail($"'{name}' cannot be reached by Tab.");
    }
}
