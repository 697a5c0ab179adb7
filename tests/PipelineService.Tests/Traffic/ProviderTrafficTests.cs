using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PipelineService.Pipelines;
using PipelineService.Tests.Pipelines;
using Providers.Traffic;
using Testing;

namespace PipelineService.Tests.Traffic;

/// <summary>A service of its own: what these tests say of providers must not hold up others.</summary>
public sealed class TrafficHost : PipelinesHost
{
    protected override Dictionary<string, string?> Settings => new()
    {
        ["ConnectionStrings:redis"] = Redis,
        ["Orchestration:MinWindow"] = "32",
        ["Traffic:PauseAfter"] = "00:00:03",
        ["Traffic:BreakerOpen"] = "00:10:00",
        ["Traffic:BreakerMaxOpen"] = "00:10:00",
    };

    private string Redis { get; set; } = string.Empty;

    public override async Task InitializeAsync()
    {
        Redis = await TestServers.EmptyRedisAsync();
        await base.InitializeAsync();
    }
}

/// <summary>The real dispatcher and ledger with providers that are limited, throttled or down.</summary>
public sealed class ProviderTrafficTests(TrafficHost host) : IClassFixture<TrafficHost>, IAsyncLifetime
{
    private readonly TenantClient _tenant = host.NewTenant();
    private readonly TenantClient _other = host.NewTenant();
    private readonly List<(TenantClient Tenant, long Id)> _runs = [];

    private TrafficStore Store => host.Services.GetRequiredService<TrafficStore>();

    private static RouteKey Image => RouteKey.Of("local", "kling-image");

    private static RouteKey OtherImage => RouteKey.Of("local", "nano-banana");

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var (tenant, id) in _runs)
        {
            await tenant.SendAsync(HttpMethod.Post, $"/pipelines/{id}/cancel");
        }

        await AnswersAsync(Image);
        await AnswersAsync(OtherImage);
    }

    [Fact]
    public async Task A_learned_limit_bounds_what_is_in_flight_over_all_runs_and_leaves_the_window_to_others()
    {
        await Store.ReportAsync(Image, new RouteReport("a") { Throttled = 1, UnderWay = 8, RetryAt = Now.AddMilliseconds(10) });
        await KnownAsync(Image, view => view is { Mood: RouteMood.Free, Limit: 6 });
        var (one, two) = (await StartAsync(_tenant, "kling-image", 40), await StartAsync(_other, "kling-image", 40));
        var free = await StartAsync(_tenant, "nano-banana", 10);

        await Eventually.HoldsAsync(async () => await InFlightAsync(free) == 10 && await InFlightAsync(one) + await InFlightAsync(two) == 6);

        await FinishAsync(one, 2);
        await Eventually.HoldsAsync(async () => await InFlightAsync(one) + await InFlightAsync(two) == 6);
        Assert.InRange(await InFlightAsync(two), 2, 3);
        Assert.Equal("running", (await _tenant.PipelineAsync(one))["status"]!.GetValue<string>());
        Assert.Null((await _tenant.PipelineAsync(one))["status_reason"]);
    }

    [Fact]
    public async Task While_a_provider_asks_to_wait_nothing_is_sent_the_run_says_so_and_goes_on_by_itself()
    {
        await Store.ReportAsync(Image, new RouteReport("a") { Throttled = 1, UnderWay = 8, RetryAt = Now.AddMinutes(5) });
        await KnownAsync(Image, view => view.Mood == RouteMood.Throttled);
        var id = await StartAsync(_tenant, "kling-image", 4);
        var free = await StartAsync(_other, "nano-banana", 4);

        var waits = await _tenant.UntilAsync(id, "running", "provider");
        Assert.StartsWith("Waiting for local (kling-image): it takes nothing more until ", waits["warnings"]![0]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Null((await _tenant.GetAsync("/queue"))["data"]!.AsArray().Single()!["eta_sec"]);
        Assert.StartsWith("Waiting for local", (await _tenant.GetAsync("/queue"))["data"]![0]!["waits_for"]!.GetValue<string>(), StringComparison.Ordinal);
        await Eventually.HoldsAsync(async () => await InFlightAsync(free) == 4);
        Assert.Equal(0, await InFlightAsync(id));
        Assert.Null((await _other.PipelineAsync(free))["status_reason"]);

        await AnswersAsync(Image);

        await Eventually.HoldsAsync(async () => await InFlightAsync(id) == 4);
        await Eventually.HoldsAsync(async () => (await _tenant.PipelineAsync(id))["status_reason"] is null);
        Assert.Equal(3, await host.NumberAsync("select count(*) from pipeline.events where pipeline_id = $1 and event = 'pipeline_status'", id));
    }

    [Fact]
    public async Task A_provider_that_stays_down_pauses_its_runs_and_nothing_is_lost_when_they_go_on()
    {
        await DownAsync(Image);
        await KnownAsync(Image, view => view.Mood == RouteMood.Down);
        var id = await StartAsync(_tenant, "kling-image", 5);
        await _tenant.UntilAsync(id, "running", "provider");

        var paused = await _tenant.UntilAsync(id, "paused", "provider");
        Assert.Contains("has not answered since", paused["warnings"]![0]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal((0, 5m), (await InFlightAsync(id), await host.NumberAsync("select count(*) from pipeline.items where pipeline_id = $1 and status = 'queued' and attempt = 1 and failures = 0", id)));

        // Told to go on while it is still down, it waits as long again.
        await _tenant.PostAsync($"/pipelines/{id}/run", null, System.Net.HttpStatusCode.Accepted);
        await _tenant.UntilAsync(id, "running", "provider");
        await AnswersAsync(Image);

        await Eventually.HoldsAsync(async () => await InFlightAsync(id) == 5);
        Assert.Equal("running", (await _tenant.PipelineAsync(id))["status"]!.GetValue<string>());
    }

    [Fact]
    public async Task When_the_breaker_is_to_be_tried_one_item_goes_over_all_runs()
    {
        await Store.ReportAsync(Image, new RouteReport("a") { Bad = 10 });
        await TriedNowAsync(Image);
        await KnownAsync(Image, view => view.Mood == RouteMood.Trying);
        var (one, two) = (await StartAsync(_tenant, "kling-image", 5), await StartAsync(_other, "kling-image", 5));

        await Eventually.HoldsAsync(async () => await InFlightAsync(one) + await InFlightAsync(two) == 1);
        await _other.UntilAsync(two, "running", "provider");
        Assert.Equal(1, await InFlightAsync(one) + await InFlightAsync(two));
    }

    [Fact]
    public async Task Items_that_a_retry_gave_another_model_wait_for_that_model_and_not_for_their_steps()
    {
        var id = await StartAsync(_tenant, "kling-image", 6);
        await Eventually.HoldsAsync(async () => await InFlightAsync(id) == 6);
        await host.WithDatabaseAsync(db => db.Database.ExecuteSqlAsync(
            $$"""
            with back as (
                update pipeline.items set status = 'queued', lease_until = null, attempt = attempt + 1,
                    resolved = case when ordinal < 2 then (select resolved::jsonb || '{"model": "nano-banana"}' from pipeline.pipeline_steps s where s.id = step_id) end,
                    served_by = case when ordinal < 2 then 'local' end
                where pipeline_id = {{id}} returning 1)
            update pipeline.dispatch_queues set queued = 6, in_flight = 0, held = true where pipeline_id = {{id}} and (select count(*) from back) > 0
            """));
        await DownAsync(Image);
        await KnownAsync(Image, view => view.Mood == RouteMood.Down);
        await host.WithDatabaseAsync(db => db.Database.ExecuteSqlAsync($"update pipeline.dispatch_queues set held = false where pipeline_id = {id}"));

        await Eventually.HoldsAsync(async () => await InFlightAsync(id) == 2);
        Assert.Equal(2, await host.NumberAsync("select count(*) from pipeline.items where pipeline_id = $1 and status = 'dispatched' and resolved is not null", id));

        await DownAsync(OtherImage);
        await AnswersAsync(Image);
        await Eventually.HoldsAsync(async () => await InFlightAsync(id) == 6);
    }

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    private async Task<long> StartAsync(TenantClient tenant, string model, int count)
    {
        var id = await tenant.StartAsync(images => new
        {
            inputs = new { images = images.Select(asset => new { asset_id = asset }), prompts = Enumerable.Range(1, count).Select(number => $"prompt {number}") },
            steps = new object[] { new { step_type = "i2i", config = new { model } } },
        });
        _runs.Add((tenant, id));
        return id;
    }

    private Task<RouteState?> DownAsync(RouteKey route) => Store.ReportAsync(route, new RouteReport("a") { Bad = 10 });

    /// <summary>As if the time to try it had come.</summary>
    private async Task TriedNowAsync(RouteKey route)
    {
        var redis = host.Services.GetRequiredService<StackExchange.Redis.IConnectionMultiplexer>().GetDatabase();
        var state = System.Text.Json.Nodes.JsonNode.Parse((string)(await redis.HashGetAsync("traffic:routes", route.Name))!)!;
        state["openUntil"] = Now.AddSeconds(-1);
        await redis.HashSetAsync("traffic:routes", route.Name, state.ToJsonString());
    }

    private async Task AnswersAsync(RouteKey route)
    {
        await host.Services.GetRequiredService<StackExchange.Redis.IConnectionMultiplexer>().GetDatabase().HashDeleteAsync("traffic:routes", route.Name);
        await KnownAsync(route, view => view is { Mood: RouteMood.Free, Limit: null });
    }

    private Task KnownAsync(RouteKey route, Func<RouteView, bool> holds)
    {
        var traffic = host.Services.GetRequiredService<RouteTraffic>();
        return Eventually.HoldsAsync(async () =>
        {
            await traffic.ReadAsync();
            return holds(traffic.Look(route));
        });
    }

    private async Task<int> InFlightAsync(long id) => (int)await host.NumberAsync("select count(*) from pipeline.items where pipeline_id = $1 and status in ('dispatched', 'running')", id);

    private async Task FinishAsync(long id, int count)
    {
        var (step, items) = await host.WithDatabaseAsync(async db => (
            await db.Steps.AsNoTracking().SingleAsync(row => row.PipelineId == id),
            await db.Items.AsNoTracking().Where(item => item.PipelineId == id && item.Status == ItemStatus.Dispatched).OrderBy(item => item.Id).Take(count).ToListAsync()));
        await Work.FinishAsync(host, step, items);
    }
}
