using Microsoft.Playwright;
using Testing.Studio;

namespace System.Tests;

/// <summary>The main job as a person does it, in Chromium, on the built page.</summary>
[Collection(LocalStudio.Name)]
public sealed class BrowserTests(LocalStudio fixture) : IAsyncLifetime
{
    private const float Long = 240_000;
    private readonly RunningStudio _studio = fixture.Studio;
    private readonly List<string> _errors = [];
    private IPlaywright _playwright = null!;
    private IBrowser _browser = null!;

    public async Task InitializeAsync()
    {
        Assert.True(File.Exists(Path.Combine(Repository.Root, "src/Frontend/dist/index.html")), "The page is not built: run './run test', or 'npm run build' in src/Frontend.");
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium",
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }

    public async Task DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }

    [Fact]
    public async Task A_photo_and_a_lazy_prompt_become_videos_that_play()
    {
        var page = await OpenAsync(1440, 900);
        await ConfigureAsync(page);

        var generate = page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Generate") });
        await Assertions.Expect(generate).ToContainTextAsync("$");
        await generate.ClickAsync();

        await page.WaitForURLAsync("**/jobs/*", new() { Timeout = Long });
        await Assertions.Expect(page.GetByText("Done", new() { Exact = true }).First).ToBeVisibleAsync(new() { Timeout = Long });
        // A clip plays while the pointer rests on it.
        await page.Locator("figure").Filter(new() { HasText = "0:05" }).First.HoverAsync();
        await page.WaitForFunctionAsync(
            "() => { const video = document.querySelector('video'); return video && video.videoWidth > 0 && video.currentTime > 0.2 && !video.error; }",
            null, new() { Timeout = 30_000 });
        Assert.Empty(_errors);
    }

    [Fact]
    public async Task On_a_phone_everything_needed_is_there_and_nothing_runs_off_the_side()
    {
        var page = await OpenAsync(390, 844);
        await ConfigureAsync(page);

        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Generate") })).ToBeVisibleAsync();
        Assert.True(await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= window.innerWidth"), "The page is wider than the phone.");
        Assert.Empty(_errors);
    }

    [Fact]
    public async Task A_photo_set_from_a_preset_takes_three_presses_and_is_made()
    {
        var page = await OpenAsync(1440, 900);
        await page.GetByLabel("Upload images").First.SetInputFilesAsync(new FilePayload { Name = "photo.jpg", MimeType = "image/jpeg", Buffer = await TestPictures.PhotoAsync() });
        await page.GetByRole(AriaRole.Tab, new() { Name = "Image", Exact = true }).ClickAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Create photo set" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "All around" }).ClickAsync();
        await Assertions.Expect(page.GetByText("4 angles = 4 images")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Region, new() { Name = "What the model reads" })).ToContainTextAsync("seen from the front");
        await page.GetByRole(AriaRole.Button, new() { Name = "Use this set" }).ClickAsync();

        var generate = page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Generate") });
        await Assertions.Expect(generate).ToContainTextAsync("4 images");
        await Assertions.Expect(generate).ToContainTextAsync("$");
        await generate.ClickAsync();
        await page.WaitForURLAsync("**/jobs/*", new() { Timeout = Long });
        await Assertions.Expect(page.GetByText("Done", new() { Exact = true }).First).ToBeVisibleAsync(new() { Timeout = Long });
        await Assertions.Expect(page.Locator("main figure")).ToHaveCountAsync(4);

        // Two of them against each other, in whichever layout.
        await page.GetByRole(AriaRole.Radio, new() { Name = "Masonry" }).CheckAsync();
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "Select Image 1" }).CheckAsync();
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "Select Image 2" }).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Compare" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Slider, new() { NameRegex = new("How much of the first") })).ToBeVisibleAsync();
        Assert.Empty(_errors);
    }

    [Fact]
    public async Task Photos_are_put_in_order_by_keyboard_and_the_order_survives_a_reload()
    {
        var page = await OpenAsync(1440, 900);
        var photos = new List<FilePayload>();
        foreach (var name in new[] { "first.jpg", "second.jpg", "third.jpg" })
        {
            photos.Add(new FilePayload { Name = name, MimeType = "image/jpeg", Buffer = await TestPictures.PhotoAsync(320, 240, 40 * photos.Count) });
        }

        await page.GetByLabel("Upload images").First.SetInputFilesAsync(photos);
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
        Assert.Empty(_errors);
    }

    private async Task<IPage> OpenAsync(int width, int height)
    {
        var page = await _browser.NewPageAsync(new() { ViewportSize = new() { Width = width, Height = height } });
        page.SetDefaultTimeout(30_000);
        page.PageError += (_, error) => _errors.Add(error);
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                _errors.Add(message.Text);
            }
        };
        await page.GotoAsync(_studio.Address.ToString());
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("demo", Text.RegularExpressions.RegexOptions.IgnoreCase) }).First.ClickAsync();
        return page;
    }

    private static async Task ConfigureAsync(IPage page)
    {
        await page.GetByLabel("Upload images").First.SetInputFilesAsync(new FilePayload { Name = "photo.jpg", MimeType = "image/jpeg", Buffer = await TestPictures.PhotoAsync() });
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Prompt" }).FillAsync("woman in red dress");
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Generate") })).ToBeEnabledAsync(new() { Timeout = 30_000 });
    }
}
