using System.Collections.Concurrent;
using System.Collections.Frozen;
using Contracts.Generation;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Providers.Traffic;

/// <summary>
/// How routes stand, as this process knows it, and what it sees of them. Reports a few times a second and only what others need to know; reads as often
/// while it is asked. Without Redis everything goes on with the set limits.
/// </summary>
public sealed class RouteTraffic(TrafficStore store, TrafficOptions options, TimeProvider time, ILogger<RouteTraffic> logger) : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LeastGap = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan ReadEvery = TimeSpan.FromMilliseconds(190);
    private static readonly TimeSpan Stale = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan InUse = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan RedisLimit = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ProbeWait = TimeSpan.FromSeconds(1);

    private readonly string _process = $"{Environment.MachineName}:{Environment.ProcessId}:{Guid.NewGuid():N}";
    private readonly ConcurrentDictionary<RouteKey, RouteTally> _tallies = new();
    private readonly ConcurrentDictionary<(RouteKey Route, BreakerTry Try), bool> _tries = new();
    private readonly Lock _swap = new();
    private readonly SemaphoreSlim _reading = new(1);
    private readonly SemaphoreSlim _urgent = new(0, 1);
    private volatile FrozenDictionary<RouteKey, RouteState> _known = FrozenDictionary<RouteKey, RouteState>.Empty;
    private long _readAt;
    private long _usedAt;
    private long _keptAt;
    private bool _everRead;
    private bool _away;

    /// <summary>Whether anything may be held back at all.</summary>
    public bool Any => _known.Count > 0 || options.AnyLimit;

    /// <summary>Routes of which something is known.</summary>
    public IReadOnlyCollection<RouteKey> Known => _known.Keys;

    /// <summary>How a route stands, by what was read last.</summary>
    public RouteView Look(RouteKey route) => TrafficRules.Look(_known.GetValueOrDefault(route), options.LimitOf(route), options, time.GetUtcNow());

    /// <summary>Makes sure that what is known is not older than about a second, also after a time in which nobody asked.</summary>
    public ValueTask FreshAsync()
    {
        Volatile.Write(ref _usedAt, time.GetTimestamp());
        return _everRead && time.GetElapsedTime(Volatile.Read(ref _readAt)) < Stale ? ValueTask.CompletedTask : new ValueTask(ReadAsync(Stale));
    }

    /// <summary>Asks for leave to make one call.</summary>
    public async ValueTask<RoutePass> EnterAsync(RouteKey route)
    {
        await FreshAsync();
        var view = Look(route);
        BreakerTry? tried = null;
        if (view.Shut)
        {
            return Refuse(route, view, view.Until!.Value - time.GetUtcNow());
        }

        if (view.Mood == RouteMood.Trying)
        {
            tried = BreakerTry.Of(_known.GetValueOrDefault(route));
            if (!await TryProbeAsync(route, tried.Value))
            {
                return Refuse(route, view, ProbeWait);
            }

            _tries[(route, tried.Value)] = true;
        }

        Tally(route).Begin();
        return RoutePass.Open(this, route, tried);
    }

    /// <summary>The provider has accepted it and works on it.</summary>
    /// <param name="life">How long it counts as under way without another sign.</param>
    public void Keep(RouteKey route, (long ItemId, int Attempt) item, TimeSpan life) => Tally(route).Keep(item, time.GetUtcNow() + life);

    /// <summary>It is over, or another process's.</summary>
    public void Drop(RouteKey route, (long ItemId, int Attempt) item) => Tally(route).Drop(item);

    /// <summary>What a look at accepted work told. Returns it as <see cref="RoutePass.Tell"/> does.</summary>
    public ProviderResult Looked(RouteKey route, ProviderResult outcome)
    {
        if (outcome is not (ProviderResult.Finished or ProviderResult.Failed))
        {
            return outcome;
        }

        var (sign, retryAt) = Read(outcome);
        Hurry(Tally(route).Count(sign, retryAt, time.GetUtcNow()));
        return Excuse(route, sign, tried: null, outcome);
    }

    /// <summary>The limit of a route holds something back.</summary>
    public void Filled(RouteKey route) => Tally(route).Filled();

    /// <summary>Reports what there is to say, now.</summary>
    public async Task ReportAsync()
    {
        foreach (var (route, tally) in _tallies)
        {
            if (tally.Take(_process, _known.ContainsKey(route), options.BreakerWindow, time.GetUtcNow()) is not { } report)
            {
                continue;
            }

            try
            {
                Put(route, await store.ReportAsync(route, report).WaitAsync(RedisLimit, time));
                Back();
            }
            catch (Exception exception) when (exception is RedisException or TimeoutException)
            {
                Away(exception);
            }
        }
    }

    /// <summary>Reads what all processes know, now.</summary>
    public Task ReadAsync() => ReadAsync(TimeSpan.Zero);

    public override void Dispose()
    {
        _reading.Dispose();
        _urgent.Dispose();
        base.Dispose();
    }

    internal ProviderResult End(RouteKey route, BreakerTry? tried, ProviderResult outcome)
    {
        Over(route, tried);
        var (sign, retryAt) = Read(outcome);
        Hurry(Tally(route).End(sign, tried is not null, retryAt, time.GetUtcNow()));
        if (sign == Sign.Throttled)
        {
            TrafficMetrics.Throttled(route);
        }

        return Excuse(route, sign, tried, outcome);
    }

    internal async ValueTask AbandonAsync(RouteKey route, BreakerTry? tried)
    {
        Over(route, tried);
        Tally(route).Abandon();
        if (tried is not { } given)
        {
            return;
        }

        try
        {
            await store.ReturnProbeAsync(route, given).WaitAsync(RedisLimit, time);
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            Away(exception);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                await _urgent.WaitAsync(Tick, stoppingToken);
                await ReportAsync();
                await KeepTriesAsync();
                if (time.GetElapsedTime(Volatile.Read(ref _usedAt)) < InUse)
                {
                    await ReadAsync(ReadEvery);
                }

                await Task.Delay(LeastGap, time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process stops.
        }
    }

    // Another process takes over a try of which nothing more is heard.
    private async Task KeepTriesAsync()
    {
        if (_tries.IsEmpty || time.GetElapsedTime(_keptAt) < options.ProbeLife / 4)
        {
            return;
        }

        _keptAt = time.GetTimestamp();
        foreach (var (route, tried) in _tries.Keys)
        {
            try
            {
                await store.KeepProbeAsync(route, tried).WaitAsync(RedisLimit, time);
            }
            catch (Exception exception) when (exception is RedisException or TimeoutException)
            {
                Away(exception);
            }
        }
    }

    private void Over(RouteKey route, BreakerTry? tried)
    {
        if (tried is { } over)
        {
            _tries.TryRemove((route, over), out _);
        }
    }

    // Others are about to make the same call in vain: that is not left for the next round.
    private void Hurry(int against)
    {
        if (against == 0 || against < options.BreakerMinimum)
        {
            return;
        }

        try
        {
            _urgent.Release();
        }
        catch (SemaphoreFullException)
        {
            // It is on its way.
        }
    }

    private async Task ReadAsync(TimeSpan olderThan)
    {
        await _reading.WaitAsync();
        try
        {
            if (_everRead && time.GetElapsedTime(_readAt) < olderThan)
            {
                return;
            }

            await ReadNowAsync();
            _everRead = true;
            Volatile.Write(ref _readAt, time.GetTimestamp());
        }
        finally
        {
            _reading.Release();
        }
    }

    private async Task ReadNowAsync()
    {
        try
        {
            Set((await store.ReadAsync().WaitAsync(RedisLimit, time)).ToFrozenDictionary());
            Back();
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            Set(FrozenDictionary<RouteKey, RouteState>.Empty);
            Away(exception);
        }
    }

    private void Set(FrozenDictionary<RouteKey, RouteState> known)
    {
        lock (_swap)
        {
            foreach (var (route, state) in known)
            {
                Tell(route, _known.GetValueOrDefault(route), state);
            }

            _known = known;
        }
    }

    private void Put(RouteKey route, RouteState? state)
    {
        lock (_swap)
        {
            var known = new Dictionary<RouteKey, RouteState>(_known);
            Tell(route, known.GetValueOrDefault(route), state);
            known.Remove(route);
            if (state is not null)
            {
                known[route] = state;
            }

            _known = known.ToFrozenDictionary();
        }
    }

    private void Tell(RouteKey route, RouteState? before, RouteState? after)
    {
        if ((after?.Openings ?? 0) > (before?.Openings ?? 0))
        {
            logger.BreakerOpened(route, after!.OpenUntil!.Value);
            TrafficMetrics.Opened(route);
        }
        else if (before is { Openings: > 0 } && after is not { Openings: > 0 })
        {
            logger.BreakerClosed(route);
        }
    }

    private async Task<bool> TryProbeAsync(RouteKey route, BreakerTry tried)
    {
        try
        {
            return await store.TryProbeAsync(route, tried).WaitAsync(RedisLimit, time);
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            Away(exception);
            return true;
        }
    }

    private static RoutePass Refuse(RouteKey route, RouteView view, TimeSpan wait)
    {
        TrafficMetrics.TurnedAway(route);
        var why = view.Mood == RouteMood.Throttled ? "has asked to wait" : "does not answer at the moment";
        return RoutePass.Refused(route, new ItemFailure(FailureKind.RateLimited, $"Not sent yet: {route} {why}.", wait > TimeSpan.Zero ? wait : TimeSpan.FromMilliseconds(1)));
    }

    private ProviderResult Excuse(RouteKey route, Sign sign, BreakerTry? tried, ProviderResult outcome)
    {
        if (sign != Sign.Bad || outcome is not ProviderResult.Failed failed || !(tried is not null || Look(route).Mood is RouteMood.Down or RouteMood.Trying))
        {
            return outcome;
        }

        // It may be the item and not the provider: the next try is another's, where there is one.
        var wait = tried is { } mine ? 1.5 * BreakerRule.OpenTime(mine.Opening + 1, options) : failed.Failure.RetryAfter;
        return failed with { Failure = failed.Failure with { Excused = true, RetryAfter = wait } };
    }

    private (Sign Sign, DateTimeOffset? RetryAt) Read(ProviderResult outcome) => outcome is ProviderResult.Failed { Failure: var failure }
        ? (TrafficRules.SignOf(failure.Kind), failure.RetryAfter is { } wait ? time.GetUtcNow() + wait : null)
        : (Sign.Good, null);

    private RouteTally Tally(RouteKey route) => _tallies.GetOrAdd(route, _ => new RouteTally());

    private void Away(Exception exception)
    {
        if (!_away)
        {
            _away = true;
            logger.TrafficUnknown(exception.Message);
        }
    }

    private void Back()
    {
        if (_away)
        {
            _away = false;
            logger.TrafficKnown();
        }
    }
}
