using System.Diagnostics;
using System.Globalization;
using Microsoft.Playwright;

namespace Benchmarks.Web;

/// <summary>A library of 100,000 records: its first page from the API, its page in the browser scrolled to any place, and what the tab takes for it.</summary>
internal static class LibraryAtScale
{
    private const int Records = 100_000;
    private const int Asked = 20;
    private const int Places = 25;

    // Where people look: the newest, what is rare, a word that nothing has, an order of its own.
    private static readonly (string Name, string Query)[] Pages =
    [
        ("newest", ""), ("videos", "type=video"), ("best rated", "sort=rating"), ("dearest", "sort=cost"), ("by name", "sort=name"),
        ("best rated, the last of them", "sort=rating&cursor=0~500"), ("by name, from the middle", "sort=name&cursor=image-50000.jpg~0"), ("a common word", "q=velvet"), ("a word of one", "q=number%2054321"), ("a word of none", "q=zzqqxx"),
    ];

    public static async Task MeasureAsync(Report report, WebStudio web)
    {
        await SeedAsync(web);
        await AskAsync(report, web);
        await LookAsync(report, web);
    }

    /// <summary>Straight into the database: all of them show the same picture, in sizes and with words of their own.</summary>
    private static async Task SeedAsync(WebStudio web)
    {
        await using var connection = await web.Studio.ConnectAsync();
        await using var command = connection.CreateCommand();
        command.CommandTimeout = 600;
        command.CommandText =
            """
            insert into pipeline.assets (tenant_id, type, source, name, content_type, width, height, duration_sec, bytes, sha256, object_key, poster_key, model, prompt, simulated, cost, rating, starred, created_at)
            select a.tenant_id, case when n % 4 = 0 then 'video' else 'image' end, 'generated', 'image-' || n || '.jpg', a.content_type,
                640 + 16 * (n % 40), 640 + 16 * (n * 7 % 40), case when n % 4 = 0 then 5.04 end, a.bytes, a.sha256, a.object_key, case when n % 4 = 0 then a.object_key end,
                (array['kling-image', 'seedream-4.5', 'kling', 'wan'])[1 + n % 4],
                'a photo of the same woman in a red dress of ' || (array['velvet', 'silk', 'linen', 'denim', 'satin'])[1 + n % 5] || ', number ' || n || ', in golden hour light with the camera pushing in slowly',
                true, 0.028, case when n % 9 = 0 then 1 + n % 5 end, n % 50 = 0, now() - make_interval(secs => n * 60)
            from pipeline.assets a cross join generate_series(1, $1) as n where a.id = $2 order by n desc
            """;
        command.Parameters.AddWithValue(Records);
        command.Parameters.AddWithValue(web.Asset);
        await command.ExecuteNonQueryAsync();
        command.Parameters.Clear();
        command.CommandText = "vacuum analyze pipeline.assets";
        await command.ExecuteNonQueryAsync();
    }

    private static async Task AskAsync(Report report, WebStudio web)
    {
        foreach (var (name, query) in Pages)
        {
            report.AtMost($"library: first page of {Records:N0}, {name}", await TimesAsync(web, $"/assets?limit=100&{query}"), 300, "ms");
        }

        report.Tell("library: counts of all filters", await TimesAsync(web, "/assets/facets"), "ms");
        report.Tell("library: first part of the index", await TimesAsync(web, "/assets/index"), "ms");
    }

    private static async Task<List<double>> TimesAsync(WebStudio web, string path)
    {
        var samples = new List<double>();
        for (var ask = -2; ask < Asked; ask++)
        {
            var start = Stopwatch.GetTimestamp();
            await web.Studio.Client.GetAsync(path);
            if (ask >= 0)
            {
                samples.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
        }

        return samples;
    }

    private static async Task LookAsync(Report report, WebStudio web)
    {
        await using var context = await web.NewContextAsync();
        var page = await context.NewPageAsync();
        var start = Stopwatch.GetTimestamp();
        await page.GotoAsync("/library");
        await page.Locator("main figure").First.WaitForAsync();
        report.Tell("library: its page there after", [Stopwatch.GetElapsedTime(start).TotalSeconds], "s");

        var (places, pictures) = (new List<double>(), new List<double>());
        for (var place = 0; place < Places; place++)
        {
            // Far from each other, and never the same: 0.618 of the way on each time.
            var share = place * 0.618 % 1;
            var taken = await page.EvaluateAsync<double[]>(Scroll, share);
            places.Add(taken[0]);
            pictures.Add(taken[1]);
        }

        report.AtMost("library: scroll to any place", places, 200, "ms");
        report.Tell("library: pictures of that place there after", pictures, "ms");
        report.AtMost("library: memory of the tab", [await MegabytesAsync(context.Browser!, page)], 300, "MB");
    }

    /// <summary>Goes to a share of the whole and waits for its places to be painted, and then for their pictures.</summary>
    private const string Scroll =
        """
        async (share) => {
          const main = document.querySelector('main');
          const frame = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
          const inSight = () => [...main.querySelectorAll('figure')].filter((figure) => { const box = figure.getBoundingClientRect(); return box.bottom > 200 && box.top < innerHeight - 100; });
          const start = performance.now();
          main.scrollTop = share * (main.scrollHeight - main.clientHeight);
          do await frame(); while (performance.now() - start < 5000 && inSight().length < 6);
          const placed = performance.now() - start;
          while (performance.now() - start < 5000 && inSight().some((figure) => !figure.querySelector('img')?.complete)) await frame();
          return [placed, performance.now() - start];
        }
        """;

    /// <summary>What the page's process has to itself, once what is not needed any more has been cleared away.</summary>
    private static async Task<double> MegabytesAsync(IBrowser browser, IPage page)
    {
        var tab = await page.Context.NewCDPSessionAsync(page);
        await tab.SendAsync("HeapProfiler.collectGarbage");
        var session = await browser.NewBrowserCDPSessionAsync();
        var processes = (await session.SendAsync("SystemInfo.getProcessInfo"))!.Value.GetProperty("processInfo").EnumerateArray()
            .Where(process => process.GetProperty("type").GetString() == "renderer").Select(process => process.GetProperty("id").GetInt32());
        return processes.Select(PrivateMegabytes).Max();
    }

    private static double PrivateMegabytes(int process) => File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/smaps_rollup"))
        .Where(line => line.StartsWith("Private_", StringComparison.Ordinal))
        .Sum(line => double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture)) / 1024;
}
