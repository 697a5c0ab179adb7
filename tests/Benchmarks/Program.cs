using Benchmarks;

var names = args.Length > 0 ? args : ["start-run", "throughput", "scale", "ready"];
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
        case "scale":
            await Scale.MeasureAsync(report);
            break;
        case "ready":
            await Ready.MeasureAsync(report);
            break;
        default:
            Console.Error.WriteLine($"There is no benchmark named '{name}'. There are: start-run, throughput, scale, ready.");
            return 2;
    }
}

return report.Print() ? 0 : 1;
