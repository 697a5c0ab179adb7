using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace System.Tests.Browser;

/// <summary>Many at once: a sheet from the file to its results, and what was run as a list.</summary>
[Collection(LocalStudio.Name)]
public sealed partial class BulkTests(LocalStudio fixture) : InBrowser(fixture)
{
    [Fact]
    public async Task From_a_sheet_images_stop_for_picks_by_keyboard_become_videos_and_come_back_in_the_sheet()
    {
        var page = await BulkAsync(Device.Desktop);
        await UploadAsync(page, await PhotoAsync("chain-coat.jpg"), await PhotoAsync("chain-hat.jpg"));
        await page.GetByText("2 photos", new() { Exact = true }).First.WaitForAsync();
        await page.GetByRole(AriaRole.Radio, new() { Name = "Sheet (CSV, Excel)" }).CheckAsync();
        await page.GetByLabel("Load a sheet").SetInputFilesAsync(Csv(
            "Photo;Prompt;SKU\nchain-coat.jpg;golden hour;A-1\nchain-coat.jpg;neon, at night;A-2\nchain-hat.jpg;golden hour;B-1\nchain-hat.jpg;neon, at night;B-2\n", "chain.csv"));
        await page.GetByRole(AriaRole.Switch, new() { Name = "Make videos" }).CheckAsync();
        await page.GetByRole(AriaRole.Radio, new() { NameRegex = new("^Stop where I want to choose") }).CheckAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Checkbox, new() { Name = "After the images" })).ToBeCheckedAsync();
        await Assertions.Expect(page.GetByText("4 rows → 4 images → 4 videos")).ToBeVisibleAsync();
        await Assertions.Expect(Run(page)).ToContainTextAsync("to the first stop, then up to $1.40 more");
        await Assertions.Expect(Run(page)).ToContainTextAsync("$0.11");

        // From here on by keyboard alone.
        await PressAsync(page, Run(page));
        await page.WaitForURLAsync("**/jobs?*group=*");
        var waits = page.GetByRole(AriaRole.Cell, new() { Name = "Waiting for your review" });
        await Assertions.Expect(waits).ToBeVisibleAsync(new() { Timeout = Long });
        await PressAsync(page, page.GetByRole(AriaRole.Row).Filter(new() { Has = waits }).GetByRole(AriaRole.Link));
        await PressAsync(page, page.GetByRole(AriaRole.Link, new() { Name = "Open the light table" }));
        await Assertions.Expect(page.Locator("[data-tile]")).ToHaveCountAsync(4);
        await Assertions.Expect(page.Locator("[data-tile]").First).ToHaveAttributeAsync("aria-current", "true");
        foreach (var verdict in new[] { "p", "x", "x", "p" })
        {
            await page.Keyboard.PressAsync(verdict);
        }

        await Assertions.Expect(page.GetByText("Saved", new() { Exact = true })).ToBeVisibleAsync();
        var make = page.GetByRole(AriaRole.Button, new() { Name = "Make 2 videos" });
        await Assertions.Expect(make).ToContainTextAsync("$0.70");
        await PressAsync(page, make);
        await page.WaitForURLAsync(url => url.Contains("/jobs/", StringComparison.Ordinal) && !url.Contains("review", StringComparison.Ordinal));
        await PressAsync(page, page.GetByRole(AriaRole.Link, new() { Name = "Runs that were started together" }));
        await Assertions.Expect(page.GetByRole(AriaRole.Region, new() { Name = "Runs of a sheet" })).ToContainTextAsync("chain.csv");
        await Assertions.Expect(page.GetByRole(AriaRole.Cell, new() { Name = "Done" })).ToBeVisibleAsync(new() { Timeout = Long });
        var download = await page.RunAndWaitForDownloadAsync(() => PressAsync(page, Button(page, "Results as CSV")));
        var rows = (await File.ReadAllLinesAsync((await download.PathAsync())!)).Select(line => line.TrimStart('\uFEFF')).ToArray();
        Assert.Equal("Photo,Prompt,SKU,status,image_urls,video_urls,cost_usd,error,pipeline_id", rows[0]);
        Assert.Equal([("A-1", "0.378"), ("A-2", "0.028"), ("B-1", "0.028"), ("B-2", "0.378")], rows.Skip(1).Select(row => Made().Match(row)).Select(row => (row.Groups["sku"].Value, row.Groups["cost"].Value)));
        foreach (var (row, place) in rows.Skip(1).Select((row, place) => (row, place)))
        {
            var made = Made().Match(row);
            Assert.Equal(("done", place is 0 or 3), (made.Groups["status"].Value, made.Groups["videos"].Length > 0));
            var file = await page.APIRequest.GetAsync((place is 0 or 3 ? made.Groups["videos"] : made.Groups["images"]).Value);
            Assert.Equal((200, place is 0 or 3 ? "video/mp4" : "image/jpeg"), (file.Status, file.Headers["content-type"]));
        }

        // The sheet is found again where sheets are loaded.
        await page.GotoAsync(new Uri(Studio.Address, "bulk").ToString());
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Runs of chain.csv" }).First).ToBeVisibleAsync();
        Assert.Empty(Errors);
    }

    [Fact]
    public async Task A_sheet_with_a_bad_row_is_run_without_it_and_comes_back_with_its_results()
    {
        var page = await BulkAsync(Device.Desktop);
        await UploadAsync(page, await PhotoAsync("bulk-dress.jpg"));
        await page.GetByText("1 photo", new() { Exact = true }).First.WaitForAsync();
        await page.GetByRole(AriaRole.Radio, new() { Name = "Sheet (CSV, Excel)" }).CheckAsync();
        await page.GetByLabel("Load a sheet").SetInputFilesAsync(Csv("Photo,Prompt,SKU\nbulk-dress.jpg,woman in red dress,A-1\nno-such-file.jpg,blue coat,A-2\nbulk-dress.jpg,\"green, with a hat\",A-3\n"));

        await Assertions.Expect(page.GetByText("1 row of 3 cannot run")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Region, new() { Name = "Rows that cannot run" })).ToContainTextAsync("Row 3, Photo");
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "Leave out the bad row" }).CheckAsync();
        await Assertions.Expect(Run(page)).ToContainTextAsync("$0.06");
        await Run(page).ClickAsync();

        await page.WaitForURLAsync("**/jobs?*group=*");
        await Assertions.Expect(page.GetByRole(AriaRole.Cell, new() { Name = "Done" })).ToBeVisibleAsync(new() { Timeout = Long });
        var download = await page.RunAndWaitForDownloadAsync(() => Button(page, "Results as CSV").ClickAsync());
        var lines = (await File.ReadAllTextAsync((await download.PathAsync())!)).Split("\r\n");
        Assert.Equal(["Photo,Prompt,SKU,status,image_urls,video_urls,cost_usd,error,pipeline_id", "done", "left_out", "done"], [lines[0].TrimStart('\uFEFF'), .. lines.Skip(1).Take(3).Select(StatusOf)]);
        Assert.Contains("/assets/", lines[1], StringComparison.Ordinal);
        Assert.Empty(Errors);
    }

    [Fact]
    public async Task Quantities_are_changed_in_the_tree_and_the_run_is_found_in_the_history()
    {
        var page = await BulkAsync(Device.Desktop);
        await UploadAsync(page, await PhotoAsync("bulk-tree.jpg"));
        await page.GetByLabel("Load prompts from a text file").SetInputFilesAsync(new FilePayload { Name = "prompts.txt", MimeType = "text/plain", Buffer = "red bulk dress\n\nblue coat\n"u8.ToArray() });
        await Assertions.Expect(page.GetByRole(AriaRole.Region, new() { Name = "Prompts as they are read" })).ToContainTextAsync("2 prompts");
        await Assertions.Expect(page.GetByText("1 photo → 2 images")).ToBeVisibleAsync();
        await Button(page, "More images per prompt").ClickAsync();
        await Assertions.Expect(page.GetByText("1 photo → 4 images")).ToBeVisibleAsync();
        await Assertions.Expect(Run(page)).ToContainTextAsync("$0.11");
        await Run(page).ClickAsync();
        await page.WaitForURLAsync(url => url.Contains("/jobs/", StringComparison.Ordinal));
        await DoneAsync(page);
        await Button(page, "Details and timeline").ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.List, new() { Name = "What happened" })).ToContainTextAsync("Images ended");
        await page.Keyboard.PressAsync("Escape");

        await page.GetByRole(AriaRole.Link, new() { Name = "All runs" }).ClickAsync();
        await page.GetByRole(AriaRole.Searchbox, new() { Name = "Search runs by name" }).FillAsync("red bulk dress");
        await Assertions.Expect(page.GetByRole(AriaRole.Row)).ToHaveCountAsync(2);
        var download = await page.RunAndWaitForDownloadAsync(() => Button(page, "Export CSV").ClickAsync());
        Assert.Contains("red bulk dress,completed", await File.ReadAllTextAsync((await download.PathAsync())!), StringComparison.Ordinal);

        // As cards, and back; then copied and deleted, by keyboard.
        await page.GetByRole(AriaRole.Radio, new() { Name = "Cards" }).CheckAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.List, new() { Name = "Runs" }).GetByRole(AriaRole.Listitem)).ToContainTextAsync("4 · 100 % succeeded");
        await page.GetByRole(AriaRole.Radio, new() { Name = "Table" }).CheckAsync();
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "Select red bulk dress" }).FocusAsync();
        await page.Keyboard.PressAsync("Space");
        await PressAsync(page, Button(page, "Clone"));
        await Assertions.Expect(page.GetByText("1 run copied, not started yet")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Row)).ToHaveCountAsync(3);
        await page.Keyboard.PressAsync("Escape");
        await Button(page, "Clear the selection").ClickAsync();
        var copy = page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Not started" });
        await Assertions.Expect(copy).ToContainTextAsync("$0.11");
        await copy.GetByRole(AriaRole.Checkbox).FocusAsync();
        await page.Keyboard.PressAsync("Space");
        await PressAsync(page, Button(page, "Delete"));
        var dialog = page.GetByRole(AriaRole.Dialog, new() { Name = "Delete 1 run?" });
        await PressAsync(page, dialog.GetByRole(AriaRole.Button, new() { Name = "Delete", Exact = true }));
        await Assertions.Expect(page.GetByText("1 run deleted")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Row)).ToHaveCountAsync(2);
        await page.GetByRole(AriaRole.Radio, new() { NameRegex = new("^Failed") }).CheckAsync();
        await Assertions.Expect(page.GetByText("No run matches")).ToBeVisibleAsync();
        await page.ReloadAsync();
        await Assertions.Expect(page.GetByText("No run matches")).ToBeVisibleAsync();
        Assert.Empty(Errors);
    }

    [Fact]
    public async Task On_a_phone_bulk_and_history_are_whole()
    {
        var page = await BulkAsync(Device.Phone);
        await UploadAsync(page, await PhotoAsync("bulk-phone.jpg"));
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Prompts" }).FillAsync("red");
        await Assertions.Expect(Run(page)).ToContainTextAsync("$0.03");
        await NothingRunsOffTheSideAsync(page);

        // A set of photos, and clips that move in two ways.
        await Button(page, "Create photo set").TapAsync();
        await Button(page, "All around").TapAsync();
        await Assertions.Expect(page.GetByText("4 images of 1 photo · $0.11")).ToBeVisibleAsync();
        await NothingRunsOffTheSideAsync(page);
        await Button(page, "Use this set").TapAsync();
        await page.GetByRole(AriaRole.Switch, new() { Name = "Make videos" }).TapAsync();
        await page.GetByRole(AriaRole.Textbox, new() { NameRegex = new("^Motion") }).FillAsync("slow push-in\npan left");
        await Assertions.Expect(page.GetByText("1 photo → 4 images → 8 videos")).ToBeVisibleAsync();
        await NothingRunsOffTheSideAsync(page);
        await page.GotoAsync(new Uri(Studio.Address, "jobs").ToString());
        await page.GetByRole(AriaRole.Heading, new() { Name = "Job history" }).WaitForAsync();
        await NothingRunsOffTheSideAsync(page);
        Assert.Empty(Errors);
    }

    private async Task<IPage> BulkAsync(Device device)
    {
        var page = await OpenAsync(device);
        await page.GotoAsync(new Uri(Studio.Address, "bulk").ToString());
        await page.GetByRole(AriaRole.Heading, new() { Name = "Bulk run" }).WaitForAsync();
        return page;
    }

    private static ILocator Run(IPage page) => page.GetByRole(AriaRole.Complementary, new() { Name = "Cost" }).GetByRole(AriaRole.Button, new() { Name = "Run", Exact = true });

    private static FilePayload Csv(string text, string name = "bulk.csv") => new() { Name = name, MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(text) };

    /// <summary>As a keyboard does it.</summary>
    private static async Task PressAsync(IPage page, ILocator control)
    {
        await control.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
    }

    /// <summary>A row of results without an error.</summary>
    [GeneratedRegex("(?<sku>[AB]-[12]),(?<status>[a-z_]+),(?<images>[^, ]*),(?<videos>[^, ]*),(?<cost>[0-9.]+),,[0-9]+$")]
    private static partial Regex Made();

    private static string StatusOf(string line) => new[] { "done", "left_out", "failed", "running" }.First(word => line.Contains($",{word},", StringComparison.Ordinal));
}
