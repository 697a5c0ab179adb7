using System.IO.Compression;
using System.Net;
using Microsoft.Playwright;
using Testing.Studio;

namespace System.Tests.Browser;

/// <summary>The library as people use it: found, marked, thrown away and brought back, traced and made again.</summary>
[Collection(LocalStudio.Second)]
public sealed class LibraryTests(LocalStudio fixture) : InBrowser(fixture)
{
    [Fact]
    public async Task An_output_is_found_marked_traced_deleted_restored_and_recalled()
    {
        var words = $"a lantern in the {Guid.NewGuid():N} fog";
        var photo = $"keeper-{Guid.NewGuid():N}.jpg";
        var run = await MakeAsync(words, photo);
        var page = await OpenAsync(Device.Desktop);
        await page.GotoAsync(new Uri(Studio.Address, "library").ToString());

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
        await Assertions.Expect(page.GetByRole(AriaRole.Textbox, new() { Name = "Prompt", Exact = true })).ToHaveValueAsync(words);
        await Assertions.Expect(page.Locator("#photos figure img")).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator("#image-seed-number")).Not.ToHaveValueAsync(string.Empty);
        await Assertions.Expect(page.Locator("#video-seed-number")).Not.ToHaveValueAsync(string.Empty);

        // The same, drawn: its photo, its words, and the seeds that make exactly this again. Going back leads to where it was chosen.
        await page.GoBackAsync();
        await tiles.GetByRole(AriaRole.Button).First.ClickAsync();
        await Button(page, "Use as workflow").ClickAsync();
        await page.WaitForURLAsync("**/workflows/*");
        await Assertions.Expect(page.Locator(".react-flow__node")).ToHaveCountAsync(3);
        await page.Locator(".react-flow__node").Nth(1).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Textbox, new() { Name = "Prompt", Exact = true })).ToHaveValueAsync(words);
        await Assertions.Expect(page.GetByRole(AriaRole.Textbox, new() { Name = "Seed" })).Not.ToHaveValueAsync(string.Empty);
        await page.GoBackAsync();
        await Assertions.Expect(tiles).ToHaveCountAsync(1);

        // Where the run is looked at, what is in the trash says so, and comes back.
        await tiles.GetByRole(AriaRole.Button).First.FocusAsync();
        await page.Keyboard.PressAsync("Delete");
        await Assertions.Expect(tiles).ToHaveCountAsync(0);
        await page.GotoAsync(new Uri(Studio.Address, $"jobs/{run}").ToString());
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Video \\d+$") }).ClickAsync();
        var full = page.GetByRole(AriaRole.Dialog);
        await Assertions.Expect(full.GetByText("In the trash")).ToBeVisibleAsync();
        await full.GetByRole(AriaRole.Button, new() { Name = "Restore" }).ClickAsync();
        await Assertions.Expect(full.GetByText("In the trash")).ToHaveCountAsync(0);
        Assert.Empty(Errors);
    }

    [Fact]
    public async Task What_is_new_waits_until_it_is_asked_for_and_a_place_outlasts_a_reload_and_a_way_back()
    {
        var words = $"harbour {Guid.NewGuid():N}";
        var photos = new List<(string, byte[])>();
        for (var one = 0; one < 14; one++)
        {
            photos.Add(($"{words} {one}.jpg", await TestPictures.PhotoAsync(320 + (20 * one), 400, one * 25)));
        }

        var assets = await Studio.Client.UploadAsync([.. photos]);
        var page = await OpenAsync(new Device(1100, 620));
        await page.GotoAsync(new Uri(Studio.Address, $"library?q={Uri.EscapeDataString(words)}").ToString());
        var tiles = page.Locator("main figure");
        await tiles.First.WaitForAsync();
        foreach (var layout in new[] { "Grid", "Masonry", "Rows" })
        {
            await page.GetByRole(AriaRole.Radio, new() { Name = layout }).ClickAsync();
            await Assertions.Expect(tiles.First).ToBeVisibleAsync();
        }

        await page.EvaluateAsync("() => document.querySelector('main').scrollTo({ top: 1e6, behavior: 'instant' })");
        var watched = page.GetByRole(AriaRole.Button, new() { Name = $"{words} 2.jpg", Exact = true });
        var before = (await watched.BoundingBoxAsync())!;

        var id = await RunAsync(words, assets[0]);
        var news = page.GetByRole(AriaRole.Button, new() { NameRegex = new("^1 new$") });
        await Assertions.Expect(news).ToBeVisibleAsync(new() { Timeout = Long });
        Assert.Equal(before.Y, (await watched.BoundingBoxAsync())!.Y);
        await Studio.Client.UntilAsync(id, TimeSpan.FromMinutes(3), TimeSpan.FromMilliseconds(200), "completed");

        await page.ReloadAsync();
        await Assertions.Expect(watched).ToBeInViewportAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Workflows" }).First.ClickAsync();
        await page.WaitForURLAsync("**/workflows");
        await page.GoBackAsync();
        await Assertions.Expect(watched).ToBeInViewportAsync();

        // At the beginning new ones come by themselves.
        await page.EvaluateAsync("() => document.querySelector('main').scrollTo({ top: 0, behavior: 'instant' })");
        await Assertions.Expect(page.Locator("[data-slot='0']").GetByRole(AriaRole.Button, new() { NameRegex = new("^image-") }).First).ToBeVisibleAsync();
        await RunAsync(words, assets[1]);
        await Assertions.Expect(page.Locator("[data-slot='1']").GetByRole(AriaRole.Button, new() { NameRegex = new("^image-") }).First).ToBeVisibleAsync(new() { Timeout = Long });
        Assert.Empty(Errors);
    }

    [Fact]
    public async Task By_keyboard_two_are_marked_tagged_compared_under_a_slider_and_downloaded_with_a_manifest()
    {
        var dunes = $"dune-{Guid.NewGuid():N}";
        var names = new[] { $"{dunes}-one.jpg", $"{dunes}-two.jpg" };
        foreach (var name in names)
        {
            await Studio.Client.UploadAsync((name, (await PhotoAsync(name)).Buffer));
        }

        var tag = $"sand {Guid.NewGuid():N}"[..20];
        var page = await OpenAsync(Device.Desktop);
        await page.GotoAsync(new Uri(Studio.Address, $"library?q={dunes}").ToString());
        foreach (var name in names)
        {
            await page.GetByRole(AriaRole.Checkbox, new() { Name = $"Select {name}" }).FocusAsync();
            await page.Keyboard.PressAsync("Space");
        }

        await Assertions.Expect(page.GetByText("2 selected")).ToBeVisibleAsync();
        await Button(page, "Star").PressAsync("Enter");
        await Assertions.Expect(page.GetByLabel("Starred", new() { Exact = true })).ToHaveCountAsync(2);
        await page.Keyboard.PressAsync("5");
        await Assertions.Expect(page.GetByLabel("Rated 5 of 5")).ToHaveCountAsync(2);
        await Button(page, "Tag").PressAsync("Enter");
        await page.GetByLabel("New tag").FillAsync(tag);
        await page.Keyboard.PressAsync("Enter");

        await Button(page, "Compare").PressAsync("Enter");
        var compare = page.GetByRole(AriaRole.Dialog, new() { Name = "Compare" });
        var slider = compare.GetByRole(AriaRole.Slider);
        await slider.FocusAsync();
        var half = await slider.GetAttributeAsync("aria-valuenow") ?? await slider.InputValueAsync();
        await page.Keyboard.PressAsync("ArrowRight");
        Assert.NotEqual(half, await slider.GetAttributeAsync("aria-valuenow") ?? await slider.InputValueAsync());
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(compare).ToHaveCountAsync(0);

        var download = await page.RunAndWaitForDownloadAsync(() => Button(page, "Download ZIP").PressAsync("Enter"));
        await using var zip = await ZipFile.OpenReadAsync(await download.PathAsync());
        Assert.Equal([.. names.Order(), "manifest.json"], zip.Entries.Select(entry => entry.FullName).Order());

        await Button(page, "Clear the selection").PressAsync("Enter");
        await page.GetByRole(AriaRole.Button, new() { Name = "Filter" }).PressAsync("Enter");
        await page.GetByRole(AriaRole.Group, new() { Name = "Tag", Exact = true }).GetByRole(AriaRole.Button, new() { NameRegex = new(tag) }).PressAsync("Enter");
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.Locator("main figure")).ToHaveCountAsync(2);

        // Arrows go from picture to picture; what is deleted comes back under the focus.
        await page.Locator("[data-slot='0'] button").First.FocusAsync();
        await page.Keyboard.PressAsync("ArrowRight");
        await page.Keyboard.PressAsync("Delete");
        await Assertions.Expect(page.Locator("main figure")).ToHaveCountAsync(1);
        await Button(page, "Undo").PressAsync("Enter");
        await Assertions.Expect(page.Locator("main figure")).ToHaveCountAsync(2);
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
        await page.GotoAsync(new Uri(Studio.Address, "library").ToString());
        foreach (var name in names)
        {
            await page.GetByRole(AriaRole.Checkbox, new() { Name = $"Select {name}" }).TapAsync();
        }

        await NothingRunsOffTheSideAsync(page);
        Assert.Empty(await TouchTests.SmallTargetsAsync(page));
        await Button(page, "Compare").TapAsync();
        await page.GetByRole(AriaRole.Dialog, new() { Name = "Compare" }).GetByRole(AriaRole.Slider).WaitForAsync();
        await NothingRunsOffTheSideAsync(page);
        Assert.Empty(await TouchTests.SmallTargetsAsync(page));
        await Button(page, "Close").TapAsync();
        await Button(page, "Star").TapAsync();
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
        await Assertions.Expect(page.GetByLabel("Starred", new() { Exact = true })).ToHaveCountAsync(2);
        await NothingRunsOffTheSideAsync(page);
        await page.Locator("main figure button").First.TapAsync();
        await page.GetByRole(AriaRole.Region, new() { Name = "How it was made" }).WaitForAsync();
        Assert.Empty(await TouchTests.SmallTargetsAsync(page));
        Assert.Empty(Errors);
    }

    /// <summary>One picture of a photo.</summary>
    private async Task<long> RunAsync(string words, long photo)
    {
        var body = new
        {
            name = "Harbour",
            inputs = new { images = new[] { new { asset_id = photo } }, prompts = new[] { words } },
            steps = new object[] { new { step_type = "i2i", config = new { model = "kling-image" } } },
        };
        var id = (await Studio.Client.PostAsync("/pipelines", body, HttpStatusCode.Created))["id"]!.GetValue<long>();
        await Studio.Client.PostAsync($"/pipelines/{id}/run");
        return id;
    }

    /// <summary>One picture of a photo and one clip of that.</summary>
    /// <returns>Their run.</returns>
    private async Task<long> MakeAsync(string words, string photo)
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
        return id;
    }
}
