namespace Benchmarks.Web;

/// <summary>The built web app in Chromium, in a studio with everything on the same machine.</summary>
internal static class WebApp
{
    public static Task AllAsync(Report report) => WithAsync(
        report,
        PageLoads.MeasureAsync, Lighthouse.MeasureAsync, GalleryAtWork.MeasureAsync, ReviewAtWork.MeasureAsync, Suggestions.MeasureAsync, LibraryAtScale.MeasureAsync, BuilderAtWork.MeasureAsync,
        SheetCheck.MeasureAsync);

    public static Task PagesAsync(Report report) => WithAsync(report, PageLoads.MeasureAsync);

    public static Task LighthouseAsync(Report report) => WithAsync(report, Lighthouse.MeasureAsync);

    public static Task GalleryAsync(Report report) => WithAsync(report, GalleryAtWork.MeasureAsync);

    public static Task LibraryAsync(Report report) => WithAsync(report, LibraryAtScale.MeasureAsync);

    public static Task SuggestionsAsync(Report report) => WithAsync(report, Suggestions.MeasureAsync);

    public static Task BuilderAsync(Report report) => WithAsync(report, BuilderAtWork.MeasureAsync);

    public static Task ReviewAsync(Report report) => WithAsync(report, ReviewAtWork.MeasureAsync);

    public static Task SheetsAsync(Report report) => WithAsync(report, SheetCheck.MeasureAsync);

    private static async Task WithAsync(Report report, params Func<Report, WebStudio, Task>[] parts)
    {
        await using var web = await WebStudio.StartAsync();
        foreach (var part in parts)
        {
            await part(report, web);
        }
    }
}
