using Benchmarks;
using Benchmarks.Engine;
using Benchmarks.Live;
using Benchmarks.Web;

if (args is ["floor", var role])
{
    await FloorProcess.RunAsync(role);
    return 0;
}

var peers = default(string);
var quick = false;
var names = new List<string>();
for (var index = 0; index < args.Length; index++)
{
    if (args[index] == "--peers" && index + 1 < args.Length)
    {
        peers = args[++index];
    }
    else if (args[index] == "--quick")
    {
        quick = true;
    }
    else
    {
        names.Add(args[index]);
    }
}

var benchmarks = new Dictionary<string, Func<Report, Task>>
{
    ["start-run"] = StartRun.MeasureAsync,
    ["throughput"] = Throughput.MeasureAsync,
    ["scale"] = Scale.MeasureAsync,
    ["horizontal"] = Horizontal.MeasureAsync,
    ["ready"] = Ready.MeasureAsync,
    ["live"] = async report =>
    {
        await LiveFeeds.StraightAsync(report);
        await LiveFeeds.GatewayAsync(report);
        await LiveItems.MeasureAsync(report);
    },
    ["live-straight"] = LiveFeeds.StraightAsync,
    ["live-gateway"] = LiveFeeds.GatewayAsync,
    ["live-items"] = LiveItems.MeasureAsync,
    ["sandbox"] = SandboxRun.MeasureAsync,
    ["web"] = WebApp.AllAsync,
    ["web-pages"] = WebApp.PagesAsync,
    ["web-lighthouse"] = WebApp.LighthouseAsync,
    ["web-gallery"] = WebApp.GalleryAsync,
    ["web-suggestions"] = WebApp.SuggestionsAsync,
    ["web-builder"] = WebApp.BuilderAsync,
    ["web-library"] = WebApp.LibraryAsync,
    ["web-sheets"] = WebApp.SheetsAsync,
    ["web-review"] = WebApp.ReviewAsync,
    ["engine"] = report => EngineMatrix.MeasureAsync(report, peers, quick),
};
if (names.FirstOrDefault(name => !benchmarks.ContainsKey(name)) is { } unknown)
{
    Console.Error.WriteLine($"There is no benchmark named '{unknown}'. There are: {string.Join(", ", benchmarks.Keys)}.");
    return 2;
}

var good = true;
foreach (var name in names.Count > 0 ? names : [.. benchmarks.Keys.Where(name => !IsPart(name))])
{
    var report = new Report(name);
    await benchmarks[name](report);
    good &= report.Print();
}

return good ? 0 : 1;

// of another benchmark
static bool IsPart(string name) => name.StartsWith("live-", StringComparison.Ordinal) || name.StartsWith("web-", StringComparison.Ordinal);
