using Microsoft.Playwright;

namespace Benchmarks.Web;

/// <summary>Pages opened by a browser that has nothing of them: how much JavaScript, when the largest part is painted, what moves.</summary>
internal static class PageLoads
{
    private const int Rounds = 5;
    private const double Kilobyte = 1024;
    private static readonly (string Name, string Path, bool SignedIn)[] Pages = [("API reference", "/docs", false), ("sign-in", "/", false), ("start", "/", true), ("playground", "/playground", true)];

    public static async Task MeasureAsync(Report report, WebStudio web)
    {
        foreach (var (name, path, signedIn) in Pages)
        {
            var loads = new List<PageVitals>();
            // The first is for the services to warm up.
            for (var round = -1; round < Rounds; round++)
            {
                var load = await LoadAsync(web, path, signedIn);
                if (round >= 0)
                {
                    loads.Add(load);
                }
            }

            report.Tell($"{name} page: first paint", [.. loads.Select(load => load.Painted)], "ms");
            if (path == "/docs")
            {
                // A plain page: how long this machine takes to show anything at all.
                continue;
            }

            report.AtMost($"{name} page: JavaScript as it was sent", [.. loads.Select(load => load.Scripts.Sum(script => script.Bytes) / Kilobyte)], 170, "KB");
            report.AtMost($"{name} page: largest contentful paint", [.. loads.Select(load => load.Lcp.At)], 1500, "ms");
            report.AtMost($"{name} page: layout shift", [.. loads.Select(load => load.Shift)], 0.02, "");
            report.Row(new { Page = name, Largest = loads[0].Lcp.What, loads[0].Moved, loads[0].Scripts });
        }
    }

    private static async Task<PageVitals> LoadAsync(WebStudio web, string path, bool signedIn)
    {
        await using var context = await web.NewContextAsync(signedIn);
        var page = await context.NewPageAsync();
        await page.GotoAsync(path);
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System);
        return await Vitals.PageAsync(page);
    }
}
