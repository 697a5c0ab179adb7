using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Testing.Studio;

namespace Benchmarks.Web;

/// <summary>Lighthouse's scores, and all that it marks down.</summary>
internal static class Lighthouse
{
    private const int Rounds = 3;
    private static readonly string[] Categories = ["performance", "accessibility", "best-practices"];
    private static readonly string[] Metrics = ["first-contentful-paint", "largest-contentful-paint", "total-blocking-time", "speed-index"];

    public static async Task MeasureAsync(Report report, WebStudio web)
    {
        var cookie = await web.SessionCookieAsync();
        foreach (var (name, path) in new[] { ("start", "/"), ("playground", "/playground") })
        {
            var results = new List<JsonNode>();
            // The first is for the services to warm up.
            for (var round = 0; round <= Rounds; round++)
            {
                var result = await RunAsync(new Uri(web.Studio.Address, path), cookie, Path.Combine(Repository.Root, ".run", "bench", $"lighthouse-{name}-{round}.json"));
                if (round > 0)
                {
                    results.Add(result);
                }
            }

            foreach (var category in Categories)
            {
                report.AtLeast($"Lighthouse, {name} page: {category}", [.. results.Select(result => 100 * result["categories"]![category]!["score"]!.GetValue<double>())], 95, "of 100");
            }

            foreach (var metric in Metrics)
            {
                report.Tell($"Lighthouse, {name} page: {metric}", [.. results.Select(result => result["audits"]![metric]!["numericValue"]!.GetValue<double>())], "ms");
            }

            report.Tell($"Lighthouse, {name} page: speed of this machine meanwhile", [.. results.Select(result => result["environment"]!["benchmarkIndex"]!.GetValue<double>())], "of 1,500 or so");

            foreach (var found in Categories.SelectMany(category => Found(results[0], category)))
            {
                Console.Error.WriteLine($"Lighthouse, {name} page, {found.Category}: {found.Title} {found.Value}".TrimEnd());
                report.Row(new { Page = name, found.Category, found.Audit, found.Title, found.Score, found.Value });
            }
        }
    }

    private static IEnumerable<Finding> Found(JsonNode result, string category) =>
        from reference in result["categories"]![category]!["auditRefs"]!.AsArray()
        let audit = result["audits"]![reference!["id"]!.GetValue<string>()]!
        let score = audit["score"]?.GetValue<double>()
        where score < 1
        select new Finding(category, audit["id"]!.GetValue<string>(), audit["title"]!.GetValue<string>(), score.Value, audit["displayValue"]?.GetValue<string>());

    private static async Task<JsonNode> RunAsync(Uri address, string cookie, string path, int tries = 3)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var start = new ProcessStartInfo("node") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in new[]
        {
            Path.Combine(Repository.Root, "tests", "Benchmarks", "Web", "node_modules", "lighthouse", "cli", "index.js"), address.ToString(), "--preset=desktop",
            $"--only-categories={string.Join(',', Categories)}", "--chrome-flags=--headless=new --no-sandbox --disable-gpu --disable-background-networking",
            $"--extra-headers={JsonSerializer.Serialize(new { Cookie = cookie })}", "--output=json", $"--output-path={path}", "--quiet", "--no-enable-error-reporting",
        })
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["CHROME_PATH"] = WebStudio.Chromium;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            var said = $"{await output}\n{await errors}";
            // It asks for it itself where the browser recorded nothing.
            return tries > 1 && said.Contains("run Lighthouse again", StringComparison.Ordinal)
                ? await RunAsync(address, cookie, path, tries - 1)
                : throw new InvalidOperationException($"Lighthouse failed.\n{said}");
        }

        return JsonNode.Parse(await File.ReadAllTextAsync(path))!;
    }

    private sealed record Finding(string Category, string Audit, string Title, double Score, string? Value);
}
