namespace Providers.Traffic;

/// <summary>
/// When a provider counts as down for a model: closed → open when too much of what was asked lately speaks against it, or the last few outcomes all do; after a while some few items try
/// it (half-open); an answer closes it, a failure opens it for longer. Pure.
/// </summary>
public static class BreakerRule
{
    private const int Stretches = 10;

    public static RouteState After(RouteState state, RouteReport report, TrafficOptions options, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(options);
        if (state.Openings == 0)
        {
            return Closed(state, report, options, now);
        }

        // Whatever was asked before it opened says nothing about now.
        return report switch
        {
            { ProbesBad: > 0 } => Open(state, options, now),
            { ProbesGood: > 0 } => state with { Openings = 0, OpenSince = null, OpenUntil = null, Window = [] },
            _ => state,
        };
    }

    /// <summary>How long it stays open.</summary>
    /// <param name="openings">The how manyeth opening in a row, from 1.</param>
    public static TimeSpan OpenTime(int openings, TrafficOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return TimeSpan.FromSeconds(Math.Min(options.BreakerMaxOpen.TotalSeconds, options.BreakerOpen.TotalSeconds * Math.Pow(2, Math.Clamp(openings - 1, 0, 30))));
    }

    private static RouteState Closed(RouteState state, RouteReport report, TrafficOptions options, DateTimeOffset now)
    {
        var (good, bad) = (report.Good + report.ProbesGood, report.Bad + report.ProbesBad);
        var window = state.Window.Where(count => now - count.At < options.BreakerWindow).ToList();
        var earlier = window.Count > 0;
        if (good + bad > 0)
        {
            if (window.Count > 0 && now - window[^1].At < options.BreakerWindow / Stretches)
            {
                window[^1] = window[^1] with { Good = window[^1].Good + good, Bad = window[^1].Bad + bad };
            }
            else
            {
                window.Add(new OutcomeCount(now, good, bad));
            }
        }

        // What was fine a moment ago must not keep a busy provider's breaker closed while nothing comes back any more.
        var inRow = good + report.Throttled > 0 ? 0 : earlier ? state.BadInRow + bad : bad;
        var against = window.Sum(count => count.Bad);
        var all = against + window.Sum(count => count.Good);
        var counted = state with { Window = window, BadInRow = inRow };
        return bad > 0 && all >= options.BreakerMinimum && (against >= options.BreakerRatio * all || inRow >= options.BreakerMinimum) ? Open(counted, options, now) : counted;
    }

    private static RouteState Open(RouteState state, TrafficOptions options, DateTimeOffset now)
    {
        return state with { Openings = state.Openings + 1, OpenSince = state.OpenSince ?? now, OpenUntil = now + OpenTime(state.Openings + 1, options), Window = [], BadInRow = 0 };
    }
}
