using Microsoft.Playwright;

namespace System.Tests.Browser;

/// <summary>The main job as a person does it.</summary>
[Collection(LocalStudio.Name)]
public sealed class MainJobTests(LocalStudio fixture) : InBrowser(fixture)
{
    [Fact]
    public async Task A_photo_and_a_lazy_prompt_become_videos_that_play()
    {
        var page = await OpenAsync(Device.Desktop with { Still = false });
        await ConfigureAsync(page);

        var generate = Generate(page);
        await Assertions.Expect(generate).ToContainTextAsync("$");
        await generate.ClickAsync();

        await page.WaitForURLAsync("**/jobs/*", new() { Timeout = Long });
        await DoneAsync(page);
        // A clip plays while the pointer rests on it.
        await page.Locator("figure").Filter(new() { HasText = "0:05" }).First.HoverAsync();
        await page.WaitForFunctionAsync(
            "() => { const video = document.querySelector('video'); return video && video.videoWidth > 0 && video.currentTime > 0.2 && !video.error; }",
            null, new() { Timeout = 30_000 });
        Assert.Empty(Errors);
    }

    [Fact]
    public async Task A_press_before_the_app_is_there_is_made_good()
    {
        var page = await ArriveAsync(Device.Desktop);
        var pressed = new TaskCompletionSource();
        await page.RouteAsync("**/static/*.js", async route =>
        {
            await pressed.Task;
            await route.ContinueAsync();
        });
        await page.ReloadAsync(new() { WaitUntil = WaitUntilState.Commit });
        var box = (await page.Locator("[data-early] button", new() { HasText = "Open the demo workspace" }).BoundingBoxAsync())!;
        await page.Mouse.ClickAsync(box.X + (box.Width / 2), box.Y + (box.Height / 2));
        Assert.Equal(1, await page.Locator("[data-early]").CountAsync());
        pressed.SetResult();
        await page.GetByText("What do you want to create?").WaitForAsync();
        Assert.Empty(Errors);
    }

    [Fact]
    public async Task What_is_drawn_early_gives_way_to_the_app_without_an_empty_page_between()
    {
        var page = await ArriveAsync(Device.Desktop);
        await page.AddInitScriptAsync(
            """
            window.seen = [];
            (function look() {
              const root = document.getElementById('root');
              // A machine that is slow may show that it loads.
              if (root) window.seen.push(root.innerText.trim() !== '' || root.querySelector('[role=status]') !== null);
              requestAnimationFrame(look);
            })();
            """);
        foreach (var entrance in new[] { "Open the demo workspace", "Try with sample photos" })
        {
            await page.ReloadAsync();
            await Assertions.Expect(page.Locator("[data-early]")).ToHaveCountAsync(0);
            var button = page.GetByRole(AriaRole.Button, new() { Name = entrance }).First;
            await button.WaitForAsync();
            Assert.DoesNotContain(false, (await page.EvaluateAsync<bool[]>("() => window.seen")).SkipWhile(something => !something));
            if (entrance == "Open the demo workspace")
            {
                await button.ClickAsync();
                await page.GetByText("What do you want to create?").WaitForAsync();
            }
        }

        Assert.Empty(Errors);
    }

    [Fact]
    public async Task On_a_phone_everything_needed_is_there_and_nothing_runs_off_the_side()
    {
        var page = await OpenAsync(Device.Phone);
        await ConfigureAsync(page);

        await Assertions.Expect(Generate(page)).ToBeVisibleAsync();
        await NothingRunsOffTheSideAsync(page);
        Assert.Empty(Errors);
    }

    [Fact]
    public async Task A_photo_set_from_a_preset_takes_three_presses_and_is_made()
    {
        var page = await OpenAsync(Device.Desktop);
        await UploadAsync(page, await PhotoAsync());
        await page.GetByRole(AriaRole.Tab, new() { Name = "Image", Exact = true }).ClickAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Create photo set" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "All around" }).ClickAsync();
        await Assertions.Expect(page.GetByText("4 angles = 4 images")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Region, new() { Name = "What the model reads" })).ToContainTextAsync("seen from the front");
        await page.GetByRole(AriaRole.Button, new() { Name = "Use this set" }).ClickAsync();

        var generate = Generate(page);
        await Assertions.Expect(generate).ToContainTextAsync("4 images");
        await Assertions.Expect(generate).ToContainTextAsync("$");
        await generate.ClickAsync();
        await page.WaitForURLAsync("**/jobs/*", new() { Timeout = Long });
        await DoneAsync(page);
        await Assertions.Expect(page.Locator("main figure")).ToHaveCountAsync(4);

        // Two of them against each other, in whichever layout.
        await page.GetByRole(AriaRole.Radio, new() { Name = "Masonry" }).CheckAsync();
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "Select Image 1" }).CheckAsync();
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "Select Image 2" }).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Compare" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Slider, new() { NameRegex = new("How much of the first") })).ToBeVisibleAsync();
        Assert.Empty(Errors);
    }

    [Fact]
    public async Task Photos_are_put_in_order_by_keyboard_and_the_order_survives_a_reload()
    {
        var page = await OpenAsync(Device.Desktop);
        var photos = new List<FilePayload>();
        foreach (var name in new[] { "first.jpg", "second.jpg", "third.jpg" })
        {
            photos.Add(await PhotoAsync(name));
        }

        await UploadAsync(page, [.. photos]);
        await Assertions.Expect(page.Locator("#photos figure img")).ToHaveCountAsync(3);
        var handle = page.GetByRole(AriaRole.Button, new() { Name = "Move first.jpg", Exact = true });
        await handle.FocusAsync();
        await page.Keyboard.PressAsync("Space");
        await Assertions.Expect(page.GetByText("first.jpg is lifted, 1 of 3.")).ToBeAttachedAsync();
        await page.Keyboard.PressAsync("ArrowRight");
        await Assertions.Expect(page.GetByText("first.jpg moves to place 2 of 3.")).ToBeAttachedAsync();
        await page.Keyboard.PressAsync("Space");

        await Assertions.Expect(page.Locator("#photos figcaption")).ToHaveTextAsync(["second.jpg", "first.jpg", "third.jpg"]);
        await page.ReloadAsync();
        await Assertions.Expect(page.Locator("#photos figcaption")).ToHaveTextAsync(["second.jpg", "first.jpg", "third.jpg"]);
        Assert.Empty(Errors);
    }

    private static async Task ConfigureAsync(IPage page)
    {
        await UploadAsync(page, await PhotoAsync());
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Prompt" }).FillAsync("woman in red dress");
        await Assertions.Expect(Generate(page)).ToBeEnabledAsync();
    }
}
