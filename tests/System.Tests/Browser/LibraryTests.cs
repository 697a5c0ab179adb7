using System.Net;
using Microsoft.Playwright;
using Testing.Studio;

namespace System.Tests.Browser;

/// <summary>The library as people use it: found, marked, thrown away and brought back, traced and made again.</summary>
[Collection(LocalStudio.Name)]
public sealed class LibraryTests(LocalStudio fixture) : InBrowser(fixture)
{
    [Fact]
    public async Task An_output_is_found_marked_traced_deleted_restored_and_recalled()
    {
        var words = $"a lantern in the {Guid.NewGuid():N} fog";
        var photo = $"keeper-{Guid.NewGuid():N}.jpg";
        await MakeAsync(words, photo);
        var page = await OpenAsync(Device.Desktop);
        await page.GotoAsync("/library");

        // Search and filters, each with its count; the address keeps them over a reload.
        await page.GetByRole(AriaRole.Searchbox).FillAsync(words[..30]);
        var tiles = page.Locator("main figure");
        await Assertions.Expect(tiles).ToHaveCountAsync(2);
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Videos\\s*1$") }).ClickAsync();
        await Assertions.Expect(tiles).ToHaveCountAsync(1);
        await page.ReloadAsync();
        await Assertions.Expect(tiles).ToHaveCountAsync(1);
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Videos") })).ToHaveAttributeAsync("aria-pressed", "true");

        // Marks by keyboard on the focused picture.
        await tiles.GetByRole(AriaRole.Button).First.FocusAsync();
        await page.Keyboard.PressAsync(".");
        await page.Keyboard.PressAsync("4");
        await Assertions.Expect(page.GetByLabel("Starred", new() { Exact = true })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByLabel("Rated 4 of 5")).ToBeVisibleAsync();

        // Delete is undone.
        await page.Keyboard.PressAsync("Delete");
        await Assertions.Expect(page.GetByText("1 item moved to the trash")).ToBeVisibleAsync();
        await Assertions.Expect(tiles).ToHaveCountAsync(0);
        await Button(page, "Undo").ClickAsync();
        await Assertions.Expect(tiles).ToHaveCountAsync(1);

        // The whole chain, and all that was asked.
        await tiles.GetByRole(AriaRole.Button).First.ClickAsync();
        var chain = page.GetByRole(AriaRole.Region, new() { Name = "How it was made" });
        await Assertions.Expect(chain.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(4);
        await Assertions.Expect(chain.GetByRole(AriaRole.Listitem).Nth(0)).ToContainTextAsync(photo);
        await Assertions.Expect(chain.GetByRole(AriaRole.Listitem).Nth(1)).ToContainTextAsync(words);
        await Assertions.Expect(chain.GetByRole(AriaRole.Listitem).Nth(3)).ToContainTextAsync("This video");
        await chain.GetByRole(AriaRole.Button, new() { Name = "Details" }).Last.ClickAsync();
        await Assertions.Expect(chain.GetByText("Seed", new() { Exact = true })).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Recall on the Playground" }).ClickAsync();
        await page.WaitForURLAsync("**/playground");
        await Assertions.Expect(page.GetByRole(AriaRole.Textbox, new() { Name = "Prompt" })).ToHaveValueAsync(words);
        await Assertions.Expect(page.Locator("#photos figure img")).ToHaveCountAsync(1);
        Assert.Empty(Errors);
    }

    [Fact]
    public async Task On_a_phone_many_are_collected_thrown_away_and_brought_back_from_the_trash()
    {
        var names = new[] { $"moss-{Guid.NewGuid():N}.jpg", $"fern-{Guid.NewGuid():N}.jpg" };
        foreach (var name in names)
        {
            await Studio.Client.UploadAsync((name, (await PhotoAsync(name)).Buffer));
        }

        var collection = $"Green {Guid.NewGuid():N}";
        var page = await OpenAsync(Device.Phone);
        await page.GotoAsync("/library");
        foreach (var name in names)
        {
            await page.GetByRole(AriaRole.Checkbox, new() { Name = $"Select {name}" }).TapAsync();
        }

        await NothingRunsOffTheSideAsync(page);
        await Button(page, "Collect").TapAsync();
        await page.GetByLabel("New collection").FillAsync(collection);
        await Button(page, "Save").TapAsync();
        await Button(page, "Delete").TapAsync();
        await Assertions.Expect(page.GetByText("2 items moved to the trash")).ToBeVisibleAsync();

        await Button(page, "Parts of the library").TapAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { NameRegex = new("^Trash") }).TapAsync();
        foreach (var name in names)
        {
            await page.GetByRole(AriaRole.Checkbox, new() { Name = $"Select {name}" }).TapAsync();
        }

        await Button(page, "Restore").TapAsync();
        await Assertions.Expect(page.GetByText("2 items restored")).ToBeVisibleAsync();
        await Button(page, "Parts of the library").TapAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { NameRegex = new($"^{collection}") }).TapAsync();
        await Assertions.Expect(page.Locator("main figure")).ToHaveCountAsync(2);
        await NothingRunsOffTheSideAsync(page);
        Assert.Empty(Errors);
    }

    /// <summary>One picture of a photo and one clip of that.</summary>
    private async Task MakeAsync(string words, string photo)
    {
        var assets = await Studio.Client.UploadAsync((photo, (await PhotoAsync(photo)).Buffer));
        var body = new
        {
            name = "Lantern",
            inputs = new { images = new[] { new { asset_id = assets[0] } }, prompts = new[] { words } },
            steps = new object[] { new { step_type = "i2i", config = new { model = "kling-image" } }, new { step_type = "i2v", config = new { model = "kling" } } },
        };
        var id = (await Studio.Client.PostAsync("/pipelines", body, HttpStatusCode.Created))["id"]!.GetValue<long>();
        await Studio.Client.PostAsync($"/pipelines/{id}/run");
        await Studio.Client.UntilAsync(id, TimeSpan.FromMinutes(3), TimeSpan.FromMilliseconds(200), "completed");
    }
}
