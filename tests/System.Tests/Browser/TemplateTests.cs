using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Playwright;

namespace System.Tests.Browser;

/// <summary>What can be done with a template: another name, a copy, a file for somebody else, and what became of what it needs.</summary>
[Collection(LocalStudio.Name)]
public sealed class TemplateTests(LocalStudio fixture) : InBrowser(fixture)
{
    [Fact]
    public async Task A_template_is_copied_renamed_shared_as_a_file_and_taken_back_but_not_one_of_a_newer_version()
    {
        var old = new { name = "Of last year", pipelines = new[] { new { inputs = new { images = Array.Empty<object>(), prompts = new[] { "red" } }, steps = new object[] { new { step_type = "i2v", config = new { model = "sora-2" } } } } } };
        await Studio.Client.PostAsync("/templates", old, HttpStatusCode.Created);
        var page = await OpenAsync(Device.Desktop);
        await page.GotoAsync(new Uri(Studio.Address, "workflows").ToString());

        // What it needs, and what became of that.
        await Assertions.Expect(Card(page, "Of last year")).ToContainTextAsync("Sora 2: ");
        await ChooseAsync(page, "Photos into motion", "Duplicate");
        await ChooseAsync(page, "Photos into motion copy", "Rename");
        var name = page.GetByRole(AriaRole.Dialog, new() { Name = "Rename" }).GetByRole(AriaRole.Textbox, new() { Name = "Name" });
        await Assertions.Expect(name).ToBeFocusedAsync();
        await name.FillAsync("Lights for the shop");
        await page.Keyboard.PressAsync("Enter");
        await Card(page, "Lights for the shop").WaitForAsync();
        await Assertions.Expect(Card(page, "Photos into motion copy")).ToHaveCountAsync(0);

        var download = await page.RunAndWaitForDownloadAsync(() => ChooseAsync(page, "Lights for the shop", "Share as file"));
        Assert.Equal("lights-for-the-shop.json", download.SuggestedFilename);
        var file = JsonNode.Parse(await File.ReadAllTextAsync((await download.PathAsync())!))!;
        await ChooseAsync(page, "Lights for the shop", "Delete");
        await Assertions.Expect(Card(page, "Lights for the shop")).ToHaveCountAsync(0);
        await ImportAsync(page, file);
        await Card(page, "Lights for the shop").WaitForAsync();

        file["format_version"] = 99;
        await ImportAsync(page, file);
        await Assertions.Expect(page.GetByText("This template was made by a newer version: its format is 99", new() { Exact = false })).ToBeVisibleAsync();
        await Assertions.Expect(Card(page, "Lights for the shop")).ToHaveCountAsync(1);

        // Refusals are answers with a status that the browser writes to its console.
        Assert.All(Errors, error => Assert.Contains("422", error, StringComparison.Ordinal));
    }

    private static ILocator Card(IPage page, string name) => page.GetByRole(AriaRole.Listitem).Filter(new() { Has = page.GetByRole(AriaRole.Heading, new() { Name = name, Exact = true }) });

    private static async Task ChooseAsync(IPage page, string name, string what)
    {
        await Button(page, $"More about {name}").ClickAsync();
        await Button(page, what).ClickAsync();
    }

    private static Task ImportAsync(IPage page, JsonNode file) =>
        page.GetByLabel("Template file").SetInputFilesAsync(new FilePayload { Name = "shared.json", MimeType = "application/json", Buffer = Encoding.UTF8.GetBytes(file.ToJsonString()) });
}
