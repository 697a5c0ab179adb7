using Microsoft.Playwright;

namespace System.Tests;

/// <summary>A studio on the demo renderer, which draws small, and clips of two frames a second: as long as others, and made in a tenth of the time.</summary>
public sealed class LocalStudio() : StudioFixture(new() { ["Providers__Default"] = "local", ["Providers__Local__FramesPerSecond"] = "2", ["Providers__Local__LongestSide"] = "854" })
{
    public const string Name = "local studio";

    /// <summary>Another one of the same, for what is looked at beside it.</summary>
    public const string Second = "second local studio";

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>The machine's own Chromium, started once for all who look at this studio; each opens a context of their own in it.</summary>
    public async Task<IBrowser> BrowserAsync()
    {
        _playwright ??= await Playwright.CreateAsync();
        return _browser ??= await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium",
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }

    public override async Task DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        await base.DisposeAsync();
    }
}

[CollectionDefinition(LocalStudio.Name)]
public sealed class LocalStudioCollection : ICollectionFixture<LocalStudio>;

[CollectionDefinition(LocalStudio.Second)]
public sealed class SecondLocalStudioCollection : ICollectionFixture<LocalStudio>;
