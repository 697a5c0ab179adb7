using System.Globalization;
using Microsoft.Playwright;

namespace System.Tests.Browser;

/// <summary>Somebody who has never seen it is led to a first run that costs nothing.</summary>
[Collection(LocalStudio.Second)]
public sealed class TourTests(LocalStudio fixture) : InBrowser(fixture)
{
    private static readonly string[] Onwards = ["Use this photo", "Next", "Next", "Next", "Run it for $0.00"];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_tour_ends_in_a_run_that_is_charged_nothing(bool onPhone)
    {
        var page = await OpenAsync(onPhone ? Device.Phone : Device.Desktop);
        await Button(page, "Take the tour").ClickAsync();
        foreach (var onward in Onwards)
        {
            var card = page.GetByRole(AriaRole.Alertdialog).Filter(new() { Has = Button(page, onward) });
            await card.WaitForAsync();
            await InSightAsync(page, card);
            await card.GetByRole(AriaRole.Button, new() { Name = onward, Exact = true }).PressAsync("Enter");
        }

        await page.WaitForURLAsync("**/jobs/*", new() { Timeout = Long });
        await DoneAsync(page);
        await Assertions.Expect(page.GetByRole(AriaRole.Alertdialog)).ToHaveCountAsync(0);
        await NothingRunsOffTheSideAsync(page);
        var run = long.Parse(new Uri(page.Url).Segments[^1], CultureInfo.InvariantCulture);
        Assert.NotEqual(0, await Studio.CountAsync("select count(*) from pipeline.outputs where pipeline_id = $1 and type <> 'prompt' and simulated", run));
        Assert.Equal(0, await Studio.CountAsync("select count(*) from pipeline.outputs where pipeline_id = $1 and not simulated", run));
        Assert.Empty(Errors);
    }

    // It may still be on its way there.
    private static Task InSightAsync(IPage page, ILocator card) => Assertions.Expect(card).ToBeInViewportAsync(new() { Ratio = 1 });
}
