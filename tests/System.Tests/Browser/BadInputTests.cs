using System.IO.Compression;
using Microsoft.Playwright;

namespace System.Tests.Browser;

/// <summary>What goes wrong is said where it went wrong, keeps what was entered, and leaves a way on.</summary>
[Collection(LocalStudio.Name)]
public sealed class BadInputTests(LocalStudio fixture) : InBrowser(fixture)
{
    [Fact]
    public async Task Files_that_cannot_be_used_are_named_with_the_reason_and_the_good_ones_stay()
    {
        var page = await OpenAsync(Device.Desktop);
        var photo = (await PhotoAsync("good.jpg")).Buffer;
        var folder = Directory.CreateTempSubdirectory("files-");
        var files = new (string Name, byte[] Content)[]
        {
            ("good.jpg", photo), ("huge.jpg", [.. photo, .. new byte[40_000_000]]), ("holiday.heic", "\0\0\0\u0018ftypheic"u8.ToArray()), ("notes.txt", "no picture"u8.ToArray()),
            ("set.zip", Zip(("inside.jpg", (await PhotoAsync("inside.jpg")).Buffer), ("broken.jpg", "no picture"u8.ToArray()))),
        };
        foreach (var (name, content) in files)
        {
            await File.WriteAllBytesAsync(Path.Combine(folder.FullName, name), content);
        }

        await page.GetByLabel("Upload images").First.SetInputFilesAsync(files.Select(file => Path.Combine(folder.FullName, file.Name)));

        await Assertions.Expect(page.Locator("#photos figure img")).ToHaveCountAsync(2, new() { Timeout = 30_000 });
        await Assertions.Expect(page.Locator("#photos figcaption")).ToContainTextAsync(["good.jpg", "inside.jpg"]);
        foreach (var (name, reason) in new[] { ("huge.jpg", "25 MB"), ("holiday.heic", "PNG, JPEG, WebP"), ("notes.txt", "PNG, JPEG, WebP"), ("broken.jpg", "PNG, JPEG") })
        {
            await Assertions.Expect(page.Locator("#photos li").Filter(new() { HasText = name })).ToContainTextAsync(reason);
        }

        await Button(page, "Dismiss").ClickAsync();
        await Assertions.Expect(page.Locator("#photos li")).ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator("#photos figure img")).ToHaveCountAsync(2);
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_link_that_leads_nowhere_says_so_and_what_is_no_link_is_not_sent()
    {
        var page = await OpenAsync(Device.Desktop);
        await UploadAsync(page, await PhotoAsync());
        await page.Locator("#photos figure img").First.WaitForAsync();

        await Button(page, "Link").ClickAsync();
        var address = page.GetByLabel("Image address");
        await address.FillAsync("a picture of a cat");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByText("That is not a web address.")).ToBeVisibleAsync();
        await address.FillAsync("https://nowhere.invalid/photo.jpg");
        await page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(page.Locator("#photos li").Filter(new() { HasText = "https://nowhere.invalid/photo.jpg" })).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("#photos figure img")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task A_prompt_that_is_too_long_is_told_at_the_prompt_and_the_button_leads_there()
    {
        var page = await OpenAsync(Device.Desktop);
        await UploadAsync(page, await PhotoAsync());
        await Assertions.Expect(page.Locator("#photos figure img")).ToHaveCountAsync(1);
        var prompt = page.GetByRole(AriaRole.Textbox, new() { Name = "Prompt" });
        await prompt.FillAsync(new string('a', 6_000));

        await Assertions.Expect(Generate(page)).ToContainTextAsync("1 thing to fix first");
        await Generate(page).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("characters at most") }).ClickAsync();
        await Assertions.Expect(prompt).ToBeFocusedAsync();
        await prompt.FillAsync("woman in red dress");
        await Assertions.Expect(Generate(page)).ToContainTextAsync("$");
    }

    [Fact]
    public async Task A_lost_network_stops_neither_the_run_nor_the_page_and_nothing_entered_is_lost()
    {
        var page = await OpenAsync(Device.Desktop);
        await UploadAsync(page, await PhotoAsync());
        await page.GetByRole(AriaRole.Tab, new() { Name = "Image", Exact = true }).ClickAsync();
        var prompt = page.GetByRole(AriaRole.Textbox, new() { Name = "Prompt" });
        await prompt.FillAsync("woman in red dress");
        await Assertions.Expect(Generate(page)).ToContainTextAsync("$");

        await page.Context.SetOfflineAsync(true);
        await Assertions.Expect(page.GetByText("You are offline.").First).ToBeVisibleAsync();
        await Assertions.Expect(prompt).ToHaveValueAsync("woman in red dress");

        await page.Context.SetOfflineAsync(false);
        await Assertions.Expect(Generate(page)).ToBeEnabledAsync();

        // It goes while the script of the run's page is on its way.
        const string Script = "**/static/run-page-*.js";
        await page.RouteAsync(Script, async route =>
        {
            await page.Context.SetOfflineAsync(true);
            await route.AbortAsync("internetdisconnected");
        });
        await Generate(page).ClickAsync();
        await Assertions.Expect(page.GetByText("You are offline.").First).ToBeVisibleAsync();
        await Assertions.Expect(prompt).ToHaveValueAsync("woman in red dress");
        await page.UnrouteAsync(Script);
        await page.Context.SetOfflineAsync(false);
        await page.WaitForURLAsync("**/jobs/*");
        await Assertions.Expect(Button(page, "Details and timeline")).ToBeVisibleAsync();

        await page.Context.SetOfflineAsync(true);
        await Assertions.Expect(page.GetByText("You are offline.").First).ToBeVisibleAsync();
        await page.Context.SetOfflineAsync(false);
        await DoneAsync(page);
        await Assertions.Expect(page.Locator("main figure")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task An_expired_session_asks_to_sign_in_again_and_the_draft_is_still_there()
    {
        var page = await OpenAsync(Device.Desktop);
        await UploadAsync(page, await PhotoAsync());
        var prompt = page.GetByRole(AriaRole.Textbox, new() { Name = "Prompt" });
        await prompt.FillAsync("woman in red dress");
        await Assertions.Expect(Generate(page)).ToContainTextAsync("$");

        await page.Context.ClearCookiesAsync();
        await Generate(page).ClickAsync();
        await Button(page, "Open the demo workspace").ClickAsync();

        await Assertions.Expect(prompt).ToHaveValueAsync("woman in red dress");
        await Assertions.Expect(page.Locator("#photos figure img")).ToHaveCountAsync(1);
        await Assertions.Expect(Generate(page)).ToContainTextAsync("$");
    }

    [Fact]
    public async Task A_budget_that_is_reached_stops_the_run_says_so_and_can_be_raised()
    {
        var page = await OpenAsync(Device.Desktop);
        await UploadAsync(page, await PhotoAsync());
        await page.GetByRole(AriaRole.Tab, new() { Name = "Image", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Prompt" }).FillAsync("one\n---\ntwo\n---\nthree");
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "Spend at most" }).CheckAsync();
        await page.GetByLabel("Spend at most, in US dollars").FillAsync("0.05");
        await Assertions.Expect(page.GetByText("It pauses before it would pass").First).ToBeVisibleAsync();
        await Assertions.Expect(Generate(page)).ToContainTextAsync("$");

        await Generate(page).ClickAsync();
        await page.WaitForURLAsync("**/jobs/*");
        await Assertions.Expect(page.GetByText("It stopped before it would pass $0.05")).ToBeVisibleAsync(new() { Timeout = Long });
        await Button(page, "Raise and go on").ClickAsync();
        await DoneAsync(page);
        await Assertions.Expect(page.Locator("main figure")).ToHaveCountAsync(3);
    }

    private static byte[] Zip(params (string Name, byte[] Content)[] files)
    {
        using var buffer = new MemoryStream();
        using (var zip = new ZipArchive(buffer, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in files)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(content);
            }
        }

        return buffer.ToArray();
    }
}
