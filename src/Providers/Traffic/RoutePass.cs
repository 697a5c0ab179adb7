using Contracts.Generation;

namespace Providers.Traffic;

/// <summary>Leave to make one call, or why not. Disposed without an outcome it gives back what it took.</summary>
public sealed class RoutePass : IAsyncDisposable
{
    private readonly RouteTraffic? _traffic;
    private readonly int? _opening;
    private bool _told;

    private RoutePass(RouteTraffic? traffic, RouteKey route, int? opening, ItemFailure? refusal) =>
        (_traffic, Route, _opening, Refusal) = (traffic, route, opening, refusal);

    public RouteKey Route { get; }

    /// <summary>Why it may not be sent now, with the time to wait; null when it may.</summary>
    public ItemFailure? Refusal { get; }

    internal static RoutePass Refused(RouteKey route, ItemFailure refusal) => new(null, route, null, refusal);

    /// <param name="opening">Of the breaker, when the call is one of its tries.</param>
    internal static RoutePass Open(RouteTraffic traffic, RouteKey route, int? opening) => new(traffic, route, opening, null);

    /// <summary>Tells what came of the call. A failure of a provider that is known to be down is returned as one that is not held against the item.</summary>
    public ProviderResult Tell(ProviderResult outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        _told = true;
        return _traffic is null ? outcome : _traffic.End(Route, _opening, outcome);
    }

    public async ValueTask DisposeAsync()
    {
        if (_traffic is not null && !_told)
        {
            _told = true;
            await _traffic.AbandonAsync(Route, _opening);
        }
    }
}
