using Microsoft.Extensions.DependencyInjection;
using PipelineService.Tests.Pipelines;
using Providers.Traffic;
using Testing;

namespace PipelineService.Tests.Traffic;

/// <summary>Who makes things here, and how they stand.</summary>
public sealed class ProvidersApiTests(TrafficHost host) : IClassFixture<TrafficHost>
{
    [Fact]
    public async Task Whoever_is_set_up_is_listed_with_what_it_makes_and_what_of_it_waits()
    {
        var tenant = host.NewTenant();
        var route = RouteKey.Of("no-op", "wan");
        await host.Services.GetRequiredService<TrafficStore>().ReportAsync(route, new RouteReport("a") { Throttled = 1, UnderWay = 8, RetryAt = TimeProvider.System.GetUtcNow().AddMinutes(5) });

        var providers = await Eventually.GetAsync(
            async () => (await tenant.GetAsync("/providers"))["data"]!.AsArray(),
            list => list.Single(provider => provider!.Text("name") == "no-op")!.Text("state") == "throttled");

        var local = providers.Single(provider => provider!.Text("name") == "local")!;
        Assert.Equal(["prompt", "image", "video"], local["makes"]!.AsArray().Select(made => made!.GetValue<string>()));
        Assert.Equal((true, 38L, 0L), (local["simulated"]!.GetValue<bool>(), local.Number("serves"), local.Number("stands_by_for")));
        var waits = providers.Single(provider => provider!.Text("name") == "no-op")!["limits"]!.AsArray().Single()!;
        Assert.Equal(("wan", "throttled"), (waits.Text("model"), waits.Text("state")));
        Assert.NotNull(waits["until"]);
    }
}
