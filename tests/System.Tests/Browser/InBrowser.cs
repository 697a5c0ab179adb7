using System.Text;
using Microsoft.Playwright;
using Testing.Studio;

namespace System.Tests.Browser;

/// <summary>Tests on the built page in the machine's own Chromium, against a running studio on the demo renderer.</summary>
public abstract class InBrowser(LocalStudio fixture) : IAsyncLifetime
{
    /// <summary>Milliseconds a run may take.</summary>
    protected const float Long = 240_000;

    private readonly List<IBrowserContext> _contexts = [];

    protected RunningStudio Studio => fixture.Studio;

    /// <summary>What the page wrote to its console as an error, and what it threw.</summary>
    protected List<string> Errors { get; } = [];

    public Task InitializeAsync()
    {
        Assert.True(File.Exists(Path.Combine(Repository.Root, "src/Frontend/dist/index.html")), "The page is not built: run './run test', or 'npm run build' in src/Frontend.");
        // Another studio may be at work beside this one.
        Assertions.SetDefaultExpectTimeout(30_000);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        foreach (var context in _contexts)
        {
            await context.CloseAsync();
        }
    }

    /// <summary>The sign-in page, without anything remembered.</summary>
    protected async Task<IPage> ArriveAsync(Device device)
    {
        var context = await (await fixture.BrowserAsync()).NewContextAsync(new()
        {
            ViewportSize = new() { Width = device.Width, Height = device.Height },
            ColorScheme = device.Theme,
            HasTouch = device.Touch,
            IsMobile = device.Touch,
            ReducedMotion = device.Still ? ReducedMotion.Reduce : ReducedMotion.NoPreference,
        });
        _contexts.Add(context);
        var page = await context.NewPageAsync();
        page.SetDefaultTimeout(30_000);
        page.PageError += (_, error) => Errors.Add(error);
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                Errors.Add(message.Text);
            }
        };
        await page.GotoAsync(Studio.Address.ToString());
        return page;
    }

    /// <summary>The start page of the demo workspace.</summary>
    protected async Task<IPage> OpenAsync(Device device)
    {
        var page = await ArriveAsync(device);
        await page.GetByRole(AriaRole.Button, new() { Name = "Open the demo workspace" }).ClickAsync();
        await page.GetByText("What do you want to create?").WaitForAsync();
        return page;
    }

    protected static ILocator Button(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    protected static ILocator Generate(IPage page) => page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Generate") });

    protected static Task UploadAsync(IPage page, params FilePayload[] files) => page.GetByLabel("Upload images").First.SetInputFilesAsync(files);

    /// <summary>A picture of its own for each name: one that is in the library already would come under its first name.</summary>
    protected static async Task<FilePayload> PhotoAsync(string name = "photo.jpg") =>
        new() { Name = name, MimeType = "image/jpeg", Buffer = Signed(await TestPictures.PhotoAsync(320, 400, name.Sum(letter => letter * letter) % 360), name) };

    /// <summary>A JPEG with its name as a comment: the library keeps equal files once, and there are fewer hues than names.</summary>
    private static byte[] Signed(byte[] jpeg, string name)
    {
        var text = Encoding.UTF8.GetBytes(name);
        return [.. jpeg[..2], 0xFF, 0xFE, (byte)((text.Length + 2) >> 8), (byte)(text.Length + 2), .. text, .. jpeg[2..]];
    }

    /// <summary>Waits for the run on the page to end.</summary>
    protected static Task DoneAsync(IPage page) => Assertions.Expect(page.GetByText("Done", new() { Exact = true }).First).ToBeVisibleAsync(new() { Timeout = Long });

    /// <summary>Taps until it had an effect: what still glides after a swipe is only stopped by a finger, as it is on a phone.</summary>
    protected static async Task TapUntilAsync(ILocator target, ILocator effect)
    {
        for (var taps = 1; ; taps++)
        {
            await target.TapAsync();
            try
            {
                await effect.WaitForAsync(new() { Timeout = 5_000 });
                return;
            }
            catch (TimeoutException) when (taps < 3)
            {
            }
        }
    }

    protected static async Task NothingRunsOffTheSideAsync(IPage page) =>
        Assert.True(await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= window.innerWidth"), $"{page.Url} is wider than its window.");
}

/// <summary>What somebody looks at the page with.</summary>
/// <param name="Still">Asks for less motion.</param>
public sealed record Device(int Width, int Height, bool Touch = false, ColorScheme Theme = ColorScheme.Dark, bool Still = true)
{
    public static Device Desktop { get; } = new(1440, 900);

    public static Device Phone { get; } = new(390, 844, Touch: true);
}
