using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Testing;
using Testing.Studio;

namespace System.Tests.Browser;

/// <summary>A set is judged: by keys alone, by finger, and by two people at once.</summary>
[Collection(LocalStudio.Second)]
public sealed class ReviewTests(LocalStudio fixture) : InBrowser(fixture)
{
    private static readonly TimeSpan RunTime = TimeSpan.FromSeconds(240);

    [Fact]
    public async Task Two_of_six_are_picked_by_keys_alone_and_only_they_become_videos()
    {
        var (id, step) = await ReviewAsync(Studio.Client);
        var page = await OpenAsync(Device.Desktop);
        await page.GotoAsync($"{Studio.Address}jobs/{id}");
        await page.GetByRole(AriaRole.Link, new() { Name = "Open the light table" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync($"**/jobs/{id}/review/{step}");
        await Assertions.Expect(Tiles(page)).ToHaveCountAsync(6);
        await Assertions.Expect(Tiles(page).First).ToHaveAttributeAsync("aria-current", "true");

        // Each verdict moves on to the next one that nobody judged.
        await page.Keyboard.PressAsync("p");
        await page.Keyboard.PressAsync("x");
        await page.Keyboard.PressAsync("p");
        await page.Keyboard.PressAsync("p");
        await page.Keyboard.PressAsync("Control+z");
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { NameRegex = new(", picked") })).ToHaveCountAsync(2);
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { NameRegex = new(", rejected") })).ToHaveCountAsync(1);
        var approve = page.GetByRole(AriaRole.Button, new() { Name = "Make 2 videos" });
        await Assertions.Expect(approve).ToContainTextAsync("3 not judged are left out");
        await Assertions.Expect(approve).ToContainTextAsync("$0.70");
        await Assertions.Expect(page.GetByText("Saved", new() { Exact = true })).ToBeVisibleAsync();

        // What was said is there when the page comes back.
        await page.ReloadAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { NameRegex = new(", picked") })).ToHaveCountAsync(2);
        await page.Keyboard.PressAsync("z");
        await Assertions.Expect(page.GetByRole(AriaRole.Group, new() { Name = "Filmstrip" })).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await approve.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync($"**/jobs/{id}");
        var done = await Studio.Client.UntilAsync(id, RunTime, "completed");
        Assert.Equal(2, done["steps"]!.AsArray()[1]!["outputs_total"]!.GetValue<int>());
        Assert.Empty(Errors);
    }

    [Fact]
    public async Task The_same_review_on_a_phone_swipes_redo_stars_and_the_videos_come()
    {
        var (id, step) = await ReviewAsync(Studio.Client);
        var page = await OpenAsync(Device.Phone);
        await page.GotoAsync($"{Studio.Address}jobs/{id}/review/{step}");
        var card = page.GetByTestId("card");
        await Assertions.Expect(page.GetByText("1 / 6", new() { Exact = true })).ToBeVisibleAsync();
        await NothingRunsOffTheSideAsync(page);
        Assert.Empty(await TouchTests.SmallTargetsAsync(page));
        await TouchTests.SwipeAsync(page, card, 150, 0);
        await Assertions.Expect(page.GetByText("2 / 6", new() { Exact = true })).ToBeVisibleAsync();
        await TouchTests.SwipeAsync(page, card, -150, 0);
        await Assertions.Expect(page.GetByText("3 / 6", new() { Exact = true })).ToBeVisibleAsync();
        await TouchTests.SwipeAsync(page, card, 0, -160);
        await TapUntilAsync(card.GetByRole(AriaRole.Button, new() { Name = "4 stars", Exact = true }), page.GetByText("4 / 6", new() { Exact = true }));
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Make 1 video" })).ToContainTextAsync("$0.35");

        // One is made anew with other words, at a price; then all rejected ones that have not been.
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Redo") }).TapAsync();
        var dialog = page.GetByRole(AriaRole.Dialog, new() { Name = "Make this image anew" });
        await dialog.GetByRole(AriaRole.Textbox, new() { Name = "Other words" }).FillAsync("in the rain");
        var make = dialog.GetByRole(AriaRole.Button, new() { Name = "Make 1 image anew" });
        await Assertions.Expect(make).ToContainTextAsync("1 × $0.028");
        await Assertions.Expect(make).ToContainTextAsync("$0.03");
        await NothingRunsOffTheSideAsync(page);
        await make.TapAsync();
        await Assertions.Expect(dialog).ToHaveCountAsync(0);
        await Assertions.Expect(page.GetByRole(AriaRole.Radio, new() { NameRegex = new("^Rejected 2") })).ToBeVisibleAsync();
        await Button(page, "Many at once").TapAsync();
        await Button(page, "Redo all rejected…").TapAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Make 1 image anew" })).ToContainTextAsync("1 × $0.028");
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Make 1 image anew" }).TapAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Radio, new() { NameRegex = new("^All 8") })).ToBeVisibleAsync(new() { Timeout = Long });

        // What came anew is judged in the grid, where any of them is a tap away.
        await page.GetByRole(AriaRole.Radio, new() { Name = "Grid" }).TapAsync();
        await Assertions.Expect(Tiles(page)).ToHaveCountAsync(8);
        var fresh = (await IndexAsync())["id"]!.AsArray().Max(one => one!.GetValue<long>());
        await page.Locator($"[data-tile='{fresh}']").TapAsync();
        await Button(page, "Pick").TapAsync();
        await NothingRunsOffTheSideAsync(page);
        var approve = page.GetByRole(AriaRole.Button, new() { Name = "Make 2 videos" });
        await Assertions.Expect(approve).ToContainTextAsync("$0.70", new() { Timeout = Long });
        await Assertions.Expect(page.GetByText("Saved", new() { Exact = true })).ToBeVisibleAsync();
        var index = await IndexAsync();
        Assert.Equal((2, 2, 2), (Many("pick"), Many("reject"), index["redone"]!.AsArray().Count(one => one!.GetValue<bool>())));
        Assert.Single(index["rating"]!.AsArray(), one => one?.GetValue<int>() == 4);
        await TapUntilAsync(approve, page.GetByText("What was left out stays in the library."));
        await page.WaitForURLAsync($"**/jobs/{id}");
        var done = await Studio.Client.UntilAsync(id, RunTime, "completed");
        Assert.Equal(2, done["steps"]!.AsArray()[1]!["outputs_total"]!.GetValue<int>());
        await DoneAsync(page);
        await page.GetByRole(AriaRole.Radio, new() { NameRegex = new("^Videos") }).TapAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Video [0-9]+$") })).ToHaveCountAsync(2, new() { Timeout = 30_000 });
        await NothingRunsOffTheSideAsync(page);
        Assert.Empty(Errors);

        Task<JsonNode> IndexAsync() => Studio.Client.GetAsync($"/pipelines/{id}/steps/{step}/outputs/index");
        int Many(string verdict) => index["verdict"]!.AsArray().Count(one => one!.GetValue<string>() == verdict);
    }

    [Fact]
    public async Task Picks_of_a_rolling_review_go_on_one_by_one_while_the_rest_waits()
    {
        var (id, step) = await ReviewAsync(Studio.Client, rolling: true);
        var page = await OpenAsync(Device.Desktop);
        await page.GotoAsync($"{Studio.Address}jobs/{id}/review/{step}");
        await Assertions.Expect(page.GetByText("Picks go on at once")).ToBeVisibleAsync();
        await Assertions.Expect(Tiles(page)).ToHaveCountAsync(6);
        for (var picked = 1; picked <= 2; picked++)
        {
            await page.Keyboard.PressAsync("p");
            await Assertions.Expect(page.GetByText("1 goes on in a few seconds")).ToBeVisibleAsync();
            await Button(page, "Now").ClickAsync();
            await Assertions.Expect(page.GetByText("Sent on", new() { Exact = true })).ToHaveCountAsync(picked);
            await Assertions.Expect(page.GetByText(picked == 1 ? "1 video made" : "2 videos made", new() { Exact = true })).ToBeVisibleAsync(new() { Timeout = Long });
            Assert.Equal((picked, "review"), await StandAsync());
        }

        // What has gone on is not taken back; what waits is still open to everything.
        await page.Keyboard.PressAsync("Control+z");
        await Assertions.Expect(page.GetByText("It has gone on already: picked output 2")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("End");
        await page.Keyboard.PressAsync("x");
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Make 3 videos" })).ToContainTextAsync("$1.05");
        await Button(page, "Many at once").ClickAsync();
        await Button(page, "Reject what is not judged").ClickAsync();
        await Button(page, "Now").ClickAsync();
        await Assertions.Expect(page.GetByText("This set was decided")).ToBeVisibleAsync();
        var done = await Studio.Client.UntilAsync(id, RunTime, "completed");
        Assert.Equal(2, done["steps"]!.AsArray()[1]!["outputs_total"]!.GetValue<int>());
        Assert.Equal((6 * 0.028m) + (2 * 0.35m), done["cost_actual"]!.GetValue<decimal>());
        Assert.Empty(Errors);

        async Task<(int Videos, string Review)> StandAsync()
        {
            var steps = (await Studio.Client.GetAsync($"/pipelines/{id}"))["steps"]!.AsArray();
            return (steps[1]!["outputs_total"]!.GetValue<int>(), steps[0]!["status"]!.GetValue<string>());
        }
    }

    [Fact]
    public async Task Prompts_are_corrected_in_place_and_their_videos_compared_in_step()
    {
        var asset = (await Studio.Client.UploadAsync(("scene.jpg", await TestPictures.PhotoAsync(160, 200, Random.Shared.Next(360)))))[0];
        var body = new
        {
            name = "Moving",
            mode = "checkpoint",
            checkpoints = new[] { "prompt_enhance", "i2v" },
            inputs = new { images = new[] { new { asset_id = asset } }, prompts = new[] { "she turns" } },
            steps = new object[] { new { step_type = "prompt_enhance", config = new { variations_per_prompt = 3 } }, new { step_type = "i2v", config = new { model = "kling" } } },
        };
        var id = (await Studio.Client.PostAsync("/pipelines", body, HttpStatusCode.Created))["id"]!.GetValue<long>();
        await Studio.Client.PostAsync($"/pipelines/{id}/run");
        var step = (await Studio.Client.UntilAsync(id, RunTime, "paused"))["current_step"]!.GetValue<long>();
        var page = await OpenAsync(Device.Desktop with { Still = false });
        await page.GotoAsync($"{Studio.Address}jobs/{id}/review/{step}");
        var words = page.GetByRole(AriaRole.Textbox, new() { Name = "Words of prompt 1" });
        await Assertions.Expect(words).Not.ToHaveValueAsync(string.Empty);
        await words.FillAsync("she turns to the sea");
        await words.PressAsync("Enter");
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("x");
        await page.GetByRole(AriaRole.Textbox, new() { Name = "A prompt of your own" }).FillAsync("she walks away");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Textbox, new() { Name = "Words of prompt 4" })).ToHaveValueAsync("she walks away");
        await page.GetByRole(AriaRole.Button, new() { Name = "Prompt 1, not yet" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Prompt 3, not yet" }).ClickAsync();
        var make = page.GetByRole(AriaRole.Button, new() { Name = "Make 3 videos" });
        await Assertions.Expect(make).ToContainTextAsync("$1.05");
        await make.ClickAsync();
        await page.WaitForURLAsync($"**/jobs/{id}");
        var videos = (await Studio.Client.UntilAsync(id, RunTime, "paused"))["current_step"]!.GetValue<long>();
        Assert.NotEqual(step, videos);

        await page.GotoAsync($"{Studio.Address}jobs/{id}/review/{videos}");
        await Assertions.Expect(Tiles(page)).ToHaveCountAsync(3);
        var index = await Studio.Client.GetAsync($"/pipelines/{id}/steps/{videos}/outputs/index?prompts=true");
        Assert.Contains("she turns to the sea", index["prompts"]!.AsArray().Select(one => one!.GetValue<string>()));
        await page.Keyboard.PressAsync("4");
        await page.GetByRole(AriaRole.Radio, new() { NameRegex = new("^★ 4\\+ 1") }).ClickAsync();
        await Assertions.Expect(Tiles(page)).ToHaveCountAsync(1);
        await page.GetByRole(AriaRole.Radio, new() { Name = "Any rating" }).ClickAsync();
        await Assertions.Expect(Tiles(page)).ToHaveCountAsync(3);

        // Two clips run in step, stand still together and go to the same place together.
        await page.Keyboard.PressAsync("c");
        await Assertions.Expect(page.Locator("video")).ToHaveCountAsync(2);
        await page.WaitForFunctionAsync("() => { const all = [...document.querySelectorAll('video')]; return all.every((video) => !video.paused && video.currentTime > 0.4) && Math.abs(all[0].currentTime - all[1].currentTime) < 0.2; }");
        await Button(page, "Pause all").ClickAsync();
        await page.WaitForFunctionAsync("() => [...document.querySelectorAll('video')].every((video) => video.paused)");
        await page.GetByRole(AriaRole.Slider, new() { Name = "Place in all clips, in percent" }).ClickAsync();
        await page.WaitForFunctionAsync("() => [...document.querySelectorAll('video')].every((video) => Math.abs(video.currentTime - video.duration / 2) < 0.3)");
        await page.GetByRole(AriaRole.Radio, new() { Name = "Four" }).ClickAsync();
        await Assertions.Expect(page.Locator("video")).ToHaveCountAsync(3);
        await page.WaitForFunctionAsync("() => [...document.querySelectorAll('video')].every((video) => video.paused)");
        await page.GetByRole(AriaRole.Group, new() { Name = "Compare" }).GetByRole(AriaRole.Button).First.FocusAsync();
        await page.Keyboard.PressAsync("p");
        await Button(page, "Keep 1 video and finish").ClickAsync();
        await Studio.Client.UntilAsync(id, RunTime, "completed");
        Assert.Empty(Errors);
    }

    [Fact]
    public async Task Two_people_at_one_set_see_each_other_and_a_stale_approval_says_what_changed()
    {
        var (id, step) = await ReviewAsync(Studio.Client);
        var page = await OpenAsync(Device.Desktop);
        await page.GotoAsync($"{Studio.Address}jobs/{id}/review/{step}");
        await Assertions.Expect(Tiles(page)).ToHaveCountAsync(6);
        await page.Keyboard.PressAsync("p");
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Make 1 video" })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("Saved", new() { Exact = true })).ToBeVisibleAsync();
        var outputs = (await Studio.Client.GetAsync($"/pipelines/{id}/steps/{step}/outputs/index"))["id"]!.AsArray().Select(one => one!.GetValue<long>()).ToArray();

        // The other one's words arrive by themselves.
        await JudgeAsync(id, step, outputs[1], "reject");
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { NameRegex = new(", rejected") })).ToHaveCountAsync(1);

        // One that does not arrive in time: the page is not told, and the service refuses.
        await page.RouteAsync("**/pipelines/*", route => route.Request.Method == "GET" ? route.AbortAsync() : route.ContinueAsync());
        await JudgeAsync(id, step, outputs[2], "reject");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make 1 video" }).ClickAsync();
        var notice = page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "API key demo changed 1 output meanwhile" });
        await Assertions.Expect(notice).ToContainTextAsync("1 rejected");
        await page.UnrouteAllAsync();
        await notice.GetByRole(AriaRole.Button, new() { Name = "Approve as it is now" }).WaitForAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { NameRegex = new(", rejected") })).ToHaveCountAsync(2);
        await notice.GetByRole(AriaRole.Button, new() { Name = "Approve as it is now" }).ClickAsync();
        await page.WaitForURLAsync($"**/jobs/{id}");
        await Studio.Client.UntilAsync(id, RunTime, "completed");

        // The set can be looked at afterwards. What the other one deletes while it is compared says so; the rest stays, and there is a way on.
        await page.GotoAsync($"{Studio.Address}jobs/{id}/review/{step}");
        await Assertions.Expect(Tiles(page)).ToHaveCountAsync(6);
        await page.Keyboard.PressAsync("Home");
        await page.Keyboard.PressAsync("c");
        var compare = page.GetByRole(AriaRole.Group, new() { Name = "Compare" });
        await Assertions.Expect(compare.Locator("img")).ToHaveCountAsync(2);
        var asset = (await Studio.Client.GetAsync($"/pipelines/{id}/steps/{step}/outputs/index"))["asset_id"]![0]!.GetValue<long>();
        await Studio.Client.PostAsync("/assets/delete", new { ids = new[] { asset } }, HttpStatusCode.OK);
        await BackToWindowAsync(page);
        await Assertions.Expect(compare.GetByRole(AriaRole.Alert)).ToContainTextAsync("This one was moved to the trash meanwhile.");
        await compare.GetByRole(AriaRole.Button, new() { Name = "Bring it back" }).ClickAsync();
        await Assertions.Expect(compare.Locator("img")).ToHaveCountAsync(2);
        await Studio.Client.PostAsync("/assets/delete", new { ids = new[] { asset } }, HttpStatusCode.OK);
        await Studio.Client.PostAsync("/assets/trash/empty", new { ids = new[] { asset } }, HttpStatusCode.OK);
        await BackToWindowAsync(page);
        await Assertions.Expect(compare.GetByRole(AriaRole.Alert)).ToContainTextAsync("This one was deleted meanwhile.");
        await compare.GetByRole(AriaRole.Button, new() { Name = "Compare the next one" }).ClickAsync();
        await Assertions.Expect(compare.Locator("img")).ToHaveCountAsync(2);
    }

    private static async Task BackToWindowAsync(IPage page) => await page.EvaluateAsync("() => window.dispatchEvent(new Event('visibilitychange'))");

    private static ILocator Tiles(IPage page) => page.Locator("[data-tile]");

    private Task<JsonNode> JudgeAsync(long id, long step, long output, string verdict) =>
        Studio.Client.PutAsync($"/pipelines/{id}/steps/{step}", new { outputs = new[] { new { id = output, verdict } } });

    /// <summary>Six pictures of two photos wait for somebody.</summary>
    /// <param name="rolling">Each goes on as it is picked.</param>
    internal static async Task<(long Id, long Step)> ReviewAsync(StudioClient client, bool rolling = false)
    {
        var hue = Random.Shared.Next(360);
        var assets = await client.UploadAsync(
            ("left.jpg", await TestPictures.PhotoAsync(160, 200, hue)), (string.Create(CultureInfo.InvariantCulture, $"right-{hue}.jpg"), await TestPictures.PhotoAsync(160, 200, hue + 1)));
        var body = new
        {
            name = "Light study",
            mode = "checkpoint",
            checkpoints = new[] { "i2i" },
            review = rolling ? "rolling" : "gathered",
            inputs = new { images = assets.Select(asset => new { asset_id = asset }), prompts = new[] { "golden hour", "blue hour", "neon night" } },
            steps = new object[] { new { step_type = "i2i", config = new { model = "kling-image" } }, new { step_type = "i2v", config = new { model = "kling" } } },
        };
        var id = (await client.PostAsync("/pipelines", body, HttpStatusCode.Created))["id"]!.GetValue<long>();
        await client.PostAsync($"/pipelines/{id}/run");
        var waiting = await client.UntilAsync(id, RunTime, "paused");
        return (id, waiting["current_step"]!.GetValue<long>());
    }
}
