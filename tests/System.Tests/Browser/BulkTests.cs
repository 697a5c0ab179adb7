using System.Text;
using Microsoft.Playwright;

namespace System.Tests.Browser;

/// <summary>Many at once: a sheet from the file to its results, and what was run as a list.</summary>
[Collection(LocalStudio.Name)]
public sealed class BulkTests(LocalStudio fixture) : InBrowser(fixture)
{
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
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Prompts" }).FillAsync("red bulk dress\nblue coat");
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

    private static FilePayload Csv(string text) => new() { Name = "bulk.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(text) };

    private static string StatusOf(string line) => new[] { "done", "left_out", "failed", "running" }.First(word => line.Contains($",{word},", StringComparison.Ordinal));
}
