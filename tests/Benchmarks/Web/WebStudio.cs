using System.Net;
using Microsoft.Playwright;
using Testing.Studio;

namespace Benchmarks.Web;

/// <summary>
/// A studio with the built web app, and Chromium to look at it. Most models draw with the demo renderer; the gallery's ten thousand pictures and its clips come from the
/// no-op provider.
/// </summary>
internal sealed class WebStudio : IAsyncDisposable
{
    public const string ImageModel = "kling-image";
    public const string VideoModel = "wan";
    private const string DrawnModel = "seedream-4.5";
    private IPlaywright _playwright = null!;
    private IBrowser _browser = null!;

    /// <summary>Of the browser.</summary>
    public static string Chromium { get; } = Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium";

    public static string Built { get; } = Path.Combine(Repository.Root, "src", "Frontend", "dist");

    public RunningStudio Studio { get; } = new(new Dictionary<string, string>
    {
        ["Providers__Default"] = "local",
        [$"Providers__Models__{ImageModel}"] = "no-op",
        [$"Providers__Models__{VideoModel}"] = "no-op",
        // So few that clips arrive one after the other, not in heaps.
        ["Worker__Concurrency"] = "4",
        ["RateLimits__AddressPerMinute"] = "60000",
        ["RateLimits__AddressBurst"] = "10000",
    });

    /// <summary>A picture in the library.</summary>
    public long Asset { get; private set; }

    public static async Task<WebStudio> StartAsync()
    {
        if (!File.Exists(Path.Combine(Built, "index.html")))
        {
            throw new InvalidOperationException("The web app is not built; './run bench web' builds it.");
        }

        var web = new WebStudio();
        await web.Studio.StartAsync();
        web._playwright = await Playwright.CreateAsync();
        web._browser = await web._playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Chromium,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
        await web.FillAsync();
        return web;
    }

    /// <summary>A browser that has never been here, as far as its cache knows.</summary>
    public async Task<IBrowserContext> NewContextAsync(bool signedIn = true)
    {
        var context = await _browser.NewContextAsync(new()
        {
            BaseURL = Studio.Address.ToString(),
            ViewportSize = new() { Width = 1440, Height = 900 },
        });
        context.SetDefaultTimeout(60_000);
        await context.AddInitScriptAsync(Vitals.Script);
        if (signedIn && await context.APIRequest.PostAsync("/session/demo") is { Ok: false } refused)
        {
            throw new InvalidOperationException($"Signing in was answered with {refused.Status}.");
        }

        return context;
    }

    /// <summary>As the header of a request.</summary>
    public async Task<string> SessionCookieAsync()
    {
        await using var context = await NewContextAsync();
        return string.Join("; ", (await context.CookiesAsync()).Select(cookie => $"{cookie.Name}={cookie.Value}"));
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
            _playwright.Dispose();
        }

        await Studio.DisposeAsync();
    }

    /// <summary>A workspace that somebody has worked in: pictures in the library, a run that made some.</summary>
    private async Task FillAsync()
    {
        var assets = await Studio.Client.UploadAsync(("woman.jpg", await TestPictures.PhotoAsync()), ("cup.jpg", await TestPictures.PhotoAsync(800, 600, 90)));
        Asset = assets[0];
        var body = new
        {
            name = "Summer looks",
            inputs = new { images = assets.Select(asset => new { asset_id = asset }), prompts = new[] { "woman in red dress", "portrait in golden hour light", "film noir, in the rain" } },
            steps = new object[] { new { step_type = "i2i", config = new { model = DrawnModel } } },
        };
        var id = (await Studio.Client.PostAsync("/pipelines", body, HttpStatusCode.Created))["id"]!.GetValue<long>();
        await Studio.Client.PostAsync($"/pipelines/{id}/run");
        await Studio.Client.UntilAsync(id, TimeSpan.FromMinutes(2), TimeSpan.FromMilliseconds(200), "completed");
    }
}
