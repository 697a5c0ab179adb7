using Benchmarks;
using Benchmarks.Live;

var names = args.Length > 0 ? args : ["start-run", "throughput", "ready", "live"];
var report = new Report();
foreach (var name in names)
{
    switch (name)
    {
        case "start-run":
            await StartRun.MeasureAsync(report);
            break;
        case "throughput":
            await Throughput.MeasureAsync(report);
            break;
        case "ready":
            await Ready.MeasureAsync(report);
            break;
        case "live":
            await LiveFeeds.DirectAsync(report);
            await LiveFeeds.GatewayAsync(report);
            await LiveItems.MeasureAsync(report);
            break;
        case "live-straight":
            await LiveFeeds.DirectAsync(report);
            break;
        case "live-gateway":
            await LiveFeeds.GatewayAsync(report);
            break;
        case "live-items":
            await LiveItems.MeasureAsync(report);
            break;
        default:
            Console.Error.WriteLine($"There is no benchmark named '{name}'. There are: start-run, throughput, ready, live (of live-straight, live-gateway, live-items).");
            return 2;
    }
}

return report.Print() ? 0 : 1;
