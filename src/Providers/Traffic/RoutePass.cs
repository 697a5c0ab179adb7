using Contracts.Generation;

namespace Providers.Traffic;

/// <summary>Leave to make one call, or why not. Disposed without an outcome it gives back what it took.</summary>
public sealed class RoutePass : IAsyncDisposable
{
    private readonly RouteTraffic? _traffic;
    private readonly BreakerTry? _try;
    private bool _told;

    private RoutePass(RouteTraffic? traffic, RouteKey route, BreakerTry? tried, ItemFailure? refusal) =>
        (_traffic, Route, _try, Refusal) = (traffic, route, tried, refusal);

    public RouteKey Route { get; }

    /// <summary>Why it may not be sent now, with the time to wait; null when it may.</summary>
    public ItemFailure? Refusal { get; }

    internal static RoutePass Refused(RouteKey route, ItemFailure refusal) => new(null, route, null, refusal);

    /// <param name="tried">When the call is a try of an open breaker.</param>
    internal static RoutePass Open(RouteTraffic traffic, RouteKey route, BreakerTry? tried) => new(traffic, route, tried, null);

    /// <summary>Tells what came of the call. A failure of a provider that is known to be down is returned as one that is not held against the item.</summary>
    public ProviderResult Tell(ProviderResult outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        _told = true;
        return _traffic is null ? outcome : _traffic.End(Route, _try, outcome);
    }

    public async ValueTask DisposeAsync()
    {
        if (_traffic is not null && !_told)
        {
            _told = true;
            await _traffic.AbandonAsync(Route, _try);
        }
    }
}
