namespace Providers.Traffic;

/// <summary>
/// How much of a route may be in flight. Learned from refusals: less at once when it was too much, one step more for every full round that went well,
/// forgotten when no refusal has come for long. Pure.
/// </summary>
public static class LimitRule
{
    /// <summary>A limit grows by one, or by its twentieth where it is large.</summary>
    private const int StepPart = 20;

    /// <param name="most">The set limit; null for none.</param>
    public static RouteState After(RouteState state, RouteReport report, int? most, TrafficOptions options, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(options);
        var known = state.BlockedUntil <= now ? state with { BlockedSince = null, BlockedUntil = null } : state;
        if (report.Throttled > 0)
        {
            return Block(Cut(known, report, options, now), report, options, now);
        }

        return known.ThrottledAt is { } last && now - last >= options.ForgetAfter ? Forget(known) : Grow(known, report, most, options, now);
    }

    // All processes are refused in the same moment, one after the other: together they make one cut, from what all of them had under way.
    private static RouteState Cut(RouteState state, RouteReport report, TrafficOptions options, DateTimeOffset now)
    {
        var again = state.CutAt is { } at && now - at < options.ReactionTime;
        var before = again ? state.LimitBefore : state.Limit;
        var seen = again ? new Dictionary<string, int>(state.Seen) : [];
        seen[report.Process] = again ? Math.Max(report.UnderWay, seen.GetValueOrDefault(report.Process)) : report.UnderWay;
        var from = Math.Min(seen.Values.Sum(), before ?? int.MaxValue);
        return state with
        {
            Limit = Math.Max(1, (int)(from * options.Decrease)),
            LimitBefore = before,
            Seen = seen,
            CutAt = again ? state.CutAt : now,
            ChangedAt = now,
            ThrottledAt = now,
            GoodSince = 0,
            Filled = false,
        };
    }

    private static RouteState Block(RouteState state, RouteReport report, TrafficOptions options, DateTimeOffset now)
    {
        var until = report.RetryAt is { } asked && asked > now ? asked : now + options.DefaultWait;
        until = until > now + options.MaxWait ? now + options.MaxWait : until;
        return state with { BlockedSince = state.BlockedSince ?? now, BlockedUntil = state.BlockedUntil > until ? state.BlockedUntil : until };
    }

    private static RouteState Grow(RouteState state, RouteReport report, int? most, TrafficOptions options, DateTimeOffset now)
    {
        if (state.Limit is not { } limit)
        {
            return state;
        }

        var grown = state with { GoodSince = state.GoodSince + report.Good + report.ProbesGood, Filled = state.Filled || report.Filled };
        var more = Math.Min(limit + Math.Max(1, limit / StepPart), Math.Max(limit, most ?? int.MaxValue));
        return grown.Filled && grown.GoodSince >= limit && more > limit && grown.BlockedUntil is null && !(now - grown.ChangedAt < options.ReactionTime)
            ? grown with { Limit = more, ChangedAt = now, GoodSince = 0, Filled = false }
            : grown;
    }

    private static RouteState Forget(RouteState state) => state with
    {
        Limit = null,
        LimitBefore = null,
        Seen = RouteState.Fresh.Seen,
        CutAt = null,
        ChangedAt = null,
        ThrottledAt = null,
        GoodSince = 0,
        Filled = false,
    };
}
