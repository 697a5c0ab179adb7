using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Testing;
using Testing.Studio;

namespace System.Tests.Browser;

/// <summary>A set is judged: by keys alone, by finger, and by two people at once.</summary>
[Collection(LocalStudio.Name)]
public sealed class ReviewTests(LocalStudio fixture) : InBrowser(fixture)
{
    private static readonly TimeSpan RunTime = TimeSpan.FromSeconds(240);

    [Fact]
    public async Task Two_of_six_are_picked_by_keys_alone_and_only_they_become_videos()
    {
        var (id, step) = await ReviewAsync();
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
    public async Task On_a_phone_a_card_is_thrown_right_to_pick_and_left_to_reject()
    {
        var (id, step) = await ReviewAsync();
        var page = await OpenAsync(Device.Phone);
        await page.GotoAsync($"{Studio.Address}jobs/{id}/review/{step}");
        var card = page.GetByTestId("card");
        await Assertions.Expect(page.GetByText("1 / 6", new() { Exact = true })).ToBeVisibleAsync();
        await NothingRunsOffTheSideAsync(page);
        await TouchTests.SwipeAsync(page, card, 150, 0);
        await Assertions.Expect(page.GetByText("2 / 6", new() { Exact = true })).ToBeVisibleAsync();
        await TouchTests.SwipeAsync(page, card, -150, 0);
        await Assertions.Expect(page.GetByText("3 / 6", new() { Exact = true })).ToBeVisibleAsync();
        await TouchTests.SwipeAsync(page, card, 0, -160);
        await card.GetByRole(AriaRole.Button, new() { Name = "4 stars", Exact = true }).TapAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Make 1 video" })).ToBeVisibleAsync();
        await NothingRunsOffTheSideAsync(page);
        await Assertions.Expect(page.GetByText("Saved", new() { Exact = true })).ToBeVisibleAsync();
        var index = await IndexAsync();
        await Eventually.HoldsAsync(async () => (index = await IndexAsync())["rating"]![2]?.GetValue<int>() == 4, TimeSpan.FromSeconds(20));
        Assert.Equal(["pick", "reject", "unset", "unset", "unset", "unset"], index["verdict"]!.AsArray().Select(verdict => verdict!.GetValue<string>()));
        Assert.Empty(Errors);

        Task<JsonNode> IndexAsync() => Studio.Client.GetAsync($"/pipelines/{id}/steps/{step}/outputs/index");
    }

    [Fact]
    public async Task Two_people_at_one_set_see_each_other_and_a_stale_approval_says_what_changed()
    {
        var (id, step) = await ReviewAsync();
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
        var notice = page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "Somebody else changed 1 output meanwhile" });
        await Assertions.Expect(notice).ToContainTextAsync("1 rejected");
        await page.UnrouteAllAsync();
        await notice.GetByRole(AriaRole.Button, new() { Name = "Approve as it is now" }).WaitForAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { NameRegex = new(", rejected") })).ToHaveCountAsync(2);
        await notice.GetByRole(AriaRole.Button, new() { Name = "Approve as it is now" }).ClickAsync();
        await page.WaitForURLAsync($"**/jobs/{id}");
        await Studio.Client.UntilAsync(id, RunTime, "completed");
    }

    private static ILocator Tiles(IPage page) => page.Locator("[data-tile]");

    private Task<JsonNode> JudgeAsync(long id, long step, long output, string verdict) =>
        Studio.Client.PutAsync($"/pipelines/{id}/steps/{step}", new { outputs = new[] { new { id = output, verdict } } });

    /// <summary>Six pictures of two photos wait for somebody.</summary>
    private async Task<(long Id, long Step)> ReviewAsync()
    {
        var hue = Random.Shared.Next(360);
        var assets = await Studio.Client.UploadAsync(
            ("left.jpg", await TestPictures.PhotoAsync(160, 200, hue)), (string.Create(CultureInfo.InvariantCulture, $"right-{hue}.jpg"), await TestPictures.PhotoAsync(160, 200, hue + 1)));
        var body = new
        {
            name = "Light study",
            mode = "checkpoint",
            checkpoints = new[] { "i2i" },
            inputs = new { images = assets.Select(asset => new { asset_id = asset }), prompts = new[] { "golden hour", "blue hour", "neon night" } },
            steps = new object[] { new { step_type = "i2i", config = new { model = "kling-image" } }, new { step_type = "i2v", config = new { model = "kling" } } },
        };
        var id = (await Studio.Client.PostAsync("/pipelines", body, HttpStatusCode.Created))["id"]!.GetValue<long>();
        await Studio.Client.PostAsync($"/pipelines/{id}/run");
        var waiting = await Studio.Client.UntilAsync(id, RunTime, "paused");
        return (id, waiting["current_step"]!.GetValue<long>());
    }
}
