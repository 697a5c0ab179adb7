using Contracts.Generation;

namespace Providers.Traffic;

/// <summary>Whether and how much of a route may be sent.</summary>
public enum RouteMood
{
    /// <summary>As much as its limit, if it has one.</summary>
    Free,

    /// <summary>It asked to wait.</summary>
    Throttled,

    /// <summary>Its breaker is open.</summary>
    Down,

    /// <summary>Some few items try whether it is back.</summary>
    Trying,
}

/// <summary>A route at a moment.</summary>
/// <param name="Limit">Items in flight; null for none set and none learned.</param>
/// <param name="Since">Since when it is not free.</param>
/// <param name="Until">When it may be sent to again; null when it may now.</param>
public readonly record struct RouteView(RouteMood Mood, int? Limit = null, DateTimeOffset? Since = null, DateTimeOffset? Until = null)
{
    /// <summary>Nothing may be sent.</summary>
    public bool Shut => Mood is RouteMood.Throttled or RouteMood.Down;
}

/// <summary>What an outcome says of the provider.</summary>
public enum Sign
{
    /// <summary>It answered, be it with a refusal of the request.</summary>
    Good,

    /// <summary>It is down, too slow, or answers nonsense.</summary>
    Bad,

    /// <summary>It answered that there are too many requests.</summary>
    Throttled,
}

/// <summary>The rules together. Pure.</summary>
public static class TrafficRules
{
    /// <summary>What a report does to what is known; null when nothing is left worth knowing.</summary>
    /// <param name="state">Null when nothing was known.</param>
    public static RouteState? After(RouteState? state, RouteReport report, int? most, TrafficOptions options, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(options);
        var known = state is null || state.ExpiresAt <= now ? RouteState.Fresh : state;
        var next = BreakerRule.After(LimitRule.After(known, report, most, options, now), report, options, now);
        return next.IsQuiet ? null : next with { ExpiresAt = Later(next.BlockedUntil, next.OpenUntil, now) + options.ForgetAfter };
    }

    /// <param name="state">Null when nothing is known.</param>
    /// <param name="most">The set limit; null for none.</param>
    public static RouteView Look(RouteState? state, int? most, TrafficOptions options, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (state is null || state.ExpiresAt <= now)
        {
            return new RouteView(RouteMood.Free, most);
        }

        var blocked = state.BlockedUntil > now;
        if (state.Openings > 0)
        {
            var until = Later(state.OpenUntil, blocked ? state.BlockedUntil : null, now);
            return until > now
                ? new RouteView(RouteMood.Down, 0, state.OpenSince, until)
                : new RouteView(RouteMood.Trying, options.BreakerProbes, state.OpenSince);
        }

        return blocked
            ? new RouteView(RouteMood.Throttled, 0, state.BlockedSince, state.BlockedUntil)
            : new RouteView(RouteMood.Free, (state.Limit, most) is ({ } learned, { } set) ? Math.Min(learned, set) : state.Limit ?? most);
    }

    /// <summary>A failure that says nothing of the provider's health, such as a refused prompt, is an answer like any other.</summary>
    public static Sign SignOf(FailureKind? failure) => failure switch
    {
        FailureKind.RateLimited => Sign.Throttled,
        FailureKind.ProviderDown or FailureKind.TimedOut or FailureKind.BadResponse or FailureKind.OutcomeUnknown or FailureKind.Internal => Sign.Bad,
        _ => Sign.Good,
    };

    private static DateTimeOffset Later(DateTimeOffset? one, DateTimeOffset? other, DateTimeOffset least)
    {
        var later = one > other || other is null ? one : other;
        return later > least ? later.Value : least;
    }
}
