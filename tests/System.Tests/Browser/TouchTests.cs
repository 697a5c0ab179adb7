using Microsoft.Playwright;

namespace System.Tests.Browser;

/// <summary>The whole job by finger on a phone.</summary>
[Collection(LocalStudio.Second)]
public sealed class TouchTests(LocalStudio fixture) : InBrowser(fixture)
{
    [Fact]
    public async Task A_photo_becomes_a_video_in_fewer_than_five_taps()
    {
        var page = await OpenAsync(Device.Phone);
        var taps = 0;
        await UploadAsync(page, await PhotoAsync());
        await TapAsync(page.GetByRole(AriaRole.Tab, new() { Name = "Video", Exact = true }));
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Prompt" }).FillAsync("she turns to the camera");
        await Assertions.Expect(Generate(page)).ToContainTextAsync("$");
        await NothingRunsOffTheSideAsync(page);
        await TapAsync(Generate(page));
        await page.WaitForURLAsync("**/jobs/*");
        Assert.True(taps < 5, $"It took {taps} taps.");
        await DoneAsync(page);
        await NothingRunsOffTheSideAsync(page);

        await TapAsync(page.GetByRole(AriaRole.Button, new() { Name = "Video 1", Exact = true }));
        await Assertions.Expect(page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("1 of 1");
        await page.WaitForFunctionAsync("() => { const video = document.querySelector('dialog video'); return video && video.videoWidth > 0 && !video.error; }");
        Assert.Empty(Errors);

        async Task TapAsync(ILocator target)
        {
            taps++;
            await target.TapAsync();
        }
    }

    [Fact]
    public async Task A_photo_is_thrown_out_by_a_swipe_up_and_comes_back_by_undo()
    {
        var page = await OpenAsync(Device.Phone);
        await UploadAsync(page, await PhotoAsync("first.jpg"), await PhotoAsync("second.jpg"));
        var photos = page.Locator("#photos figure img");
        await Assertions.Expect(photos).ToHaveCountAsync(2);
        await page.GetByRole(AriaRole.Button, new() { Name = "Move first.jpg", Exact = true }).WaitForAsync(new() { State = WaitForSelectorState.Attached });

        await SwipeAsync(page, photos.First, 0, -90);
        await Assertions.Expect(photos).ToHaveCountAsync(1);
        await Button(page, "Undo").ClickAsync();
        await Assertions.Expect(photos).ToHaveCountAsync(2);
        Assert.Empty(Errors);
    }

    [Fact]
    public async Task A_photo_set_is_chosen_by_finger_and_priced()
    {
        var page = await OpenAsync(Device.Phone);
        await UploadAsync(page, await PhotoAsync());
        await page.GetByRole(AriaRole.Tab, new() { Name = "Image", Exact = true }).TapAsync();
        await Button(page, "Create photo set").TapAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "All around" }).TapAsync();
        await Assertions.Expect(dialog.GetByText("4 angles = 4 images")).ToBeVisibleAsync();
        Assert.Empty(await SmallTargetsAsync(page));
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Use this set" }).TapAsync();
        await Assertions.Expect(Generate(page)).ToContainTextAsync("4 images");
        await NothingRunsOffTheSideAsync(page);
        Assert.Empty(Errors);
    }

    [Fact]
    public async Task Everything_that_can_be_tapped_on_a_phone_is_as_large_as_a_finger()
    {
        var page = await OpenAsync(Device.Phone);
        await UploadAsync(page, await PhotoAsync());
        await page.Locator("#photos figure img").First.WaitForAsync();
        Assert.Empty(await SmallTargetsAsync(page));
        await Button(page, "Models, settings and price").TapAsync();
        await page.GetByRole(AriaRole.Dialog).WaitForAsync();
        Assert.Empty(await SmallTargetsAsync(page));
    }

    [Fact]
    public async Task A_page_pulled_down_is_read_again_and_two_fingers_enlarge_a_picture_that_a_swipe_then_closes()
    {
        await Studio.Client.UploadAsync(("between-fingers.jpg", (await PhotoAsync("between-fingers.jpg")).Buffer));
        var page = await OpenAsync(Device.Phone);
        await page.GotoAsync(new Uri(Studio.Address, "library").ToString());
        await page.Locator("main figure img").First.WaitForAsync();
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        await page.RunAndWaitForRequestAsync(() => SwipeAsync(page, page.Locator("main h1"), 0, 300), request => request.Url.Contains("/assets", StringComparison.Ordinal));
        await page.GetByText("Loading again").WaitForAsync();
        await Assertions.Expect(page.GetByText("Loading again")).ToHaveCountAsync(0);

        await page.Locator("main figure").First.GetByRole(AriaRole.Button).First.TapAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        var picture = dialog.Locator("img").First;
        await picture.WaitForAsync();
        await page.WaitForFunctionAsync("() => document.querySelector('dialog img')?.complete");
        var before = (await picture.BoundingBoxAsync())!.Width;
        await PinchAsync(page, picture, 40, 120);
        await Assertions.Expect(picture).ToHaveAttributeAsync("style", new Text.RegularExpressions.Regex(@"scale\([2-4]"));
        Assert.InRange((await picture.BoundingBoxAsync())!.Width / before, 2, 4);
        await PinchAsync(page, picture, 120, 20);
        await Assertions.Expect(picture).ToHaveAttributeAsync("style", new Text.RegularExpressions.Regex(@"scale\(1\)"));
        await SwipeAsync(page, picture, 0, 200);
        await Assertions.Expect(dialog).ToHaveCountAsync(0);
        Assert.Empty(Errors);
    }

    /// <summary>Two fingers beside the middle of an element, from one distance to another.</summary>
    /// <param name="from">Pixels from the middle to each finger.</param>
    private static async Task PinchAsync(IPage page, ILocator over, float from, float to)
    {
        var box = (await over.BoundingBoxAsync())!;
        var session = await page.Context.NewCDPSessionAsync(page);
        var (x, y) = (page.ViewportSize!.Width / 2f, Math.Clamp(box.Y + (box.Height / 2), 200, 600));
        const int moves = 8;
        for (var move = 0; move <= moves; move++)
        {
            var apart = from + ((to - from) * move / moves);
            await session.SendAsync("Input.dispatchTouchEvent", new()
            {
                ["type"] = move == 0 ? "touchStart" : "touchMove",
                ["touchPoints"] = new[] { new { x = x - apart, y, id = 1 }, new { x = x + apart, y, id = 2 } },
            });
        }

        await session.SendAsync("Input.dispatchTouchEvent", new() { ["type"] = "touchEnd", ["touchPoints"] = Array.Empty<object>() });
    }

    /// <summary>A finger's way over an element, from its middle.</summary>
    internal static async Task SwipeAsync(IPage page, ILocator from, float right, float down)
    {
        var box = (await from.BoundingBoxAsync())!;
        var session = await page.Context.NewCDPSessionAsync(page);
        var (x, y) = (box.X + (box.Width / 2), box.Y + (box.Height / 2));
        // One after the other without a pause: a finger that rests lifts what it is on.
        const int moves = 6;
        var finger = new List<Task> { TouchAsync("touchStart", x, y) };
        for (var move = 1; move <= moves; move++)
        {
            finger.Add(TouchAsync("touchMove", x + (right * move / moves), y + (down * move / moves)));
        }

        await Task.WhenAll(finger);
        await session.SendAsync("Input.dispatchTouchEvent", new() { ["type"] = "touchEnd", ["touchPoints"] = Array.Empty<object>() });

        Task TouchAsync(string type, float atX, float atY) =>
            session.SendAsync("Input.dispatchTouchEvent", new() { ["type"] = type, ["touchPoints"] = new[] { new { x = atX, y = atY } } });
    }

    // What a finger hits counts, not what is drawn: a target may be larger than its picture.
    internal static async Task<string[]> SmallTargetsAsync(IPage page) => await page.EvaluateAsync<string[]>(
        """
        async () => {
          // What is still growing into its place is measured when it is there.
          await Promise.all(document.getAnimations().filter((animation) => Number.isFinite(animation.effect.getComputedTiming().endTime)).map((animation) => animation.finished.catch(() => undefined)));
          const least = 44;
          const hits = (element, x, y) => { const at = document.elementFromPoint(x, y); return at !== null && (element === at || element.contains(at) || at.contains(element)); };
          // Behind an open dialog nothing can be tapped.
          const page = document.querySelector('dialog:modal') ?? document;
          return [...page.querySelectorAll('button, a[href]:not([href^="#"]), input:not([type=file]), textarea, [role=tab], [role=radio], [role=switch], [role=checkbox]')]
            .filter((element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && !element.closest('[inert], [aria-hidden=true]'))
            .filter((element) => {
              // Not half under what stands at an edge.
              element.scrollIntoView({ block: 'center', behavior: 'instant' });
              const box = (element.closest('label') ?? element).getBoundingClientRect();
              if (box.width === 0 || box.bottom < 0 || box.top > innerHeight || box.right < 0 || box.left > innerWidth) return false;
              if (getComputedStyle(element).position === 'absolute' && box.width <= 1) return false;
              const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
              const tall = box.height >= least || (hits(element, x, y - least / 2 + 1) && hits(element, x, y + least / 2 - 1));
              return !tall;
            })
            .map((element) => `${element.tagName.toLowerCase()} ${element.getAttribute('aria-label') ?? element.textContent?.trim().slice(0, 40)}`);
        }
        """);
}
