using Contracts.Generation;
using Microsoft.Extensions.Logging.Abstractions;
using Providers.Traffic;
using StackExchange.Redis;
using Testing;

namespace Providers.Tests.Traffic;

/// <summary>Two processes' views of the same providers, through a real Redis.</summary>
public sealed class SharedTrafficTests : IAsyncLifetime, IDisposable
{
    private readonly RouteKey _route = RouteKey.Of("provider-" + Guid.NewGuid().ToString("N"), "kling");
    private readonly TrafficOptions _options = new() { BreakerOpen = TimeSpan.FromMilliseconds(300), BreakerMinimum = 4, ProbeLife = TimeSpan.FromSeconds(1) };
    private ConnectionMultiplexer _redis = null!;
    private RouteTraffic _one = null!;
    private RouteTraffic _other = null!;

    public async Task InitializeAsync()
    {
        _redis = await ConnectionMultiplexer.ConnectAsync(TestServers.Redis);
        (_one, _other) = (Process(_redis), Process(_redis));
    }

    public async Task DisposeAsync()
    {
        await _redis.GetDatabase().HashDeleteAsync("traffic:routes", _route.Name);
    }

    public void Dispose()
    {
        _one.Dispose();
        _other.Dispose();
        _redis.Dispose();
    }

    [Fact]
    public async Task A_provider_that_only_succeeds_is_not_written_about()
    {
        for (var call = 0; call < 100; call++)
        {
            await CallAsync(_one, null);
        }

        await _one.ReportAsync();

        Assert.False(await _redis.GetDatabase().HashExistsAsync("traffic:routes", _route.Name));
    }

    [Fact]
    public async Task What_one_was_told_to_wait_the_other_waits_too_without_asking()
    {
        await CallAsync(_one, FailureKind.RateLimited, TimeSpan.FromMinutes(1));
        await _one.ReportAsync();
        await _other.ReadAsync();

        await using var pass = await _other.EnterAsync(_route);

        Assert.Equal(FailureKind.RateLimited, pass.Refusal!.Kind);
        Assert.InRange(pass.Refusal.RetryAfter!.Value.TotalSeconds, 50, 60);
    }

    [Fact]
    public async Task Failures_of_both_open_the_breaker_of_both_and_only_one_may_try_it()
    {
        for (var call = 0; call < 2; call++)
        {
            await CallAsync(_one, FailureKind.ProviderDown);
            await CallAsync(_other, FailureKind.TimedOut);
        }

        await _one.ReportAsync();
        Assert.Equal(RouteMood.Free, _one.Look(_route).Mood);
        await _other.ReportAsync();
        await _one.ReadAsync();
        Assert.Equal((RouteMood.Down, RouteMood.Down), (_one.Look(_route).Mood, _other.Look(_route).Mood));

        await Eventually.HoldsAsync(() => Task.FromResult(_one.Look(_route).Mood == RouteMood.Trying && _other.Look(_route).Mood == RouteMood.Trying));
        var first = await _one.EnterAsync(_route);
        await using var second = await _other.EnterAsync(_route);
        Assert.Null(first.Refusal);
        Assert.NotNull(second.Refusal);

        var failed = Assert.IsType<ProviderResult.Failed>(first.Tell(new ProviderResult.Failed(new ItemFailure(FailureKind.ProviderDown, "still"))));
        Assert.True(failed.Failure.Excused);
        await _one.ReportAsync();
        Assert.Equal(RouteMood.Down, _one.Look(_route).Mood);

        await _other.ReadAsync();
        await Eventually.HoldsAsync(() => Task.FromResult(_other.Look(_route).Mood == RouteMood.Trying));
        var again = await _other.EnterAsync(_route);
        Assert.Null(again.Refusal);
        again.Tell(new ProviderResult.Submitted("job-1"));
        await _other.ReportAsync();
        await _one.ReadAsync();
        Assert.Equal((RouteMood.Free, RouteMood.Free), (_one.Look(_route).Mood, _other.Look(_route).Mood));
        await first.DisposeAsync();
        await again.DisposeAsync();
    }

    [Fact]
    public async Task A_running_process_learns_of_changes_by_itself_again_and_again()
    {
        await _one.StartAsync(CancellationToken.None);
        await _one.FreshAsync();
        foreach (var wait in new[] { 30, 60, 90 })
        {
            await CallUnaskedAsync(_other, TimeSpan.FromSeconds(wait));
            await _other.ReportAsync();

            await Eventually.HoldsAsync(() => Task.FromResult(_one.Look(_route) is { Mood: RouteMood.Throttled, Until: { } until } && until > TimeProvider.System.GetUtcNow().AddSeconds(wait - 10)));
        }

        await _one.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task A_try_that_was_not_made_is_given_back()
    {
        for (var call = 0; call < 4; call++)
        {
            await CallAsync(_one, FailureKind.ProviderDown);
        }

        await _one.ReportAsync();
        await Eventually.HoldsAsync(() => Task.FromResult(_one.Look(_route).Mood == RouteMood.Trying));
        await using (var unused = await _one.EnterAsync(_route))
        {
            Assert.Null(unused.Refusal);
        }

        await using var next = await _one.EnterAsync(_route);
        Assert.Null(next.Refusal);
    }

    [Fact]
    public async Task A_provider_that_goes_down_twice_is_tried_each_time()
    {
        for (var outage = 0; outage < 2; outage++)
        {
            for (var call = 0; call < 4; call++)
            {
                await CallAsync(_one, FailureKind.ProviderDown);
            }

            await _one.ReportAsync();
            await Eventually.HoldsAsync(() => Task.FromResult(_one.Look(_route).Mood == RouteMood.Trying));
            await CallAsync(_one, failure: null);
            await _one.ReportAsync();
            Assert.Equal(RouteMood.Free, _one.Look(_route).Mood);
        }
    }

    [Fact]
    public async Task A_try_whose_process_died_is_made_by_another()
    {
        for (var call = 0; call < 4; call++)
        {
            await CallAsync(_one, FailureKind.ProviderDown);
        }

        await _one.ReportAsync();
        await Eventually.HoldsAsync(() => Task.FromResult(_one.Look(_route).Mood == RouteMood.Trying));
        var lost = await _one.EnterAsync(_route);
        Assert.Null(lost.Refusal);
        await _other.ReadAsync();

        Assert.NotNull((await _other.EnterAsync(_route)).Refusal);
        await Eventually.HoldsAsync(async () => (await _other.EnterAsync(_route)).Refusal is null);
    }

    [Fact]
    public async Task Reports_of_many_at_once_are_all_counted()
    {
        var store = new TrafficStore(_redis, _options, TimeProvider.System);
        await Task.WhenAll(Enumerable.Range(0, 6).Select(process => store.ReportAsync(_route, new RouteReport($"{process}") { Good = 100, Bad = 1 })));

        var window = (await store.ReadAsync())[_route].Window;

        Assert.Equal((600, 6), (window.Sum(count => count.Good), window.Sum(count => count.Bad)));
    }

    [Fact]
    public async Task Without_redis_everything_goes_on()
    {
        using var nowhere = await ConnectionMultiplexer.ConnectAsync(new ConfigurationOptions { EndPoints = { "127.0.0.1:1" }, AbortOnConnectFail = false, ConnectTimeout = 200, ConnectRetry = 1 });
        using var alone = Process(nowhere);

        await CallAsync(alone, FailureKind.RateLimited, TimeSpan.FromMinutes(1));
        await alone.ReportAsync();
        await using var pass = await alone.EnterAsync(_route);

        Assert.Null(pass.Refusal);
    }

    /// <summary>A refusal of what was under way before.</summary>
    private Task<ProviderResult> CallUnaskedAsync(RouteTraffic process, TimeSpan retryAfter) =>
        Task.FromResult(process.Looked(_route, new ProviderResult.Failed(new ItemFailure(FailureKind.RateLimited, "no", retryAfter))));

    private async Task CallAsync(RouteTraffic process, FailureKind? failure, TimeSpan? retryAfter = null)
    {
        await using var pass = await process.EnterAsync(_route);
        Assert.Null(pass.Refusal);
        pass.Tell(failure is { } kind ? new ProviderResult.Failed(new ItemFailure(kind, "no", retryAfter)) : new ProviderResult.Finished([]));
    }

    private RouteTraffic Process(ConnectionMultiplexer redis) => new(new TrafficStore(redis, _options, TimeProvider.System), _options, TimeProvider.System, NullLogger<RouteTraffic>.Instance);
}
