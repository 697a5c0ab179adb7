namespace PipelineService.Reuse;

/// <summary>What becomes of an item of a run that reuses results.</summary>
public enum ReuseMove
{
    /// <summary>Nobody has made it or is at it: it is sent.</summary>
    Make,

    /// <summary>A stored result is taken.</summary>
    Take,

    /// <summary>An identical one is in flight: it waits in the queue for that one's end.</summary>
    Wait,
}

/// <summary>The rule, and how long to wait. Pure.</summary>
public static class ReuseDecision
{
    /// <param name="stored">The tenant has a usable result of an identical request.</param>
    /// <param name="first">Of the identical items of runs that reuse results this one goes first.</param>
    /// <param name="elsewhere">An identical item is in flight in a run that does not reuse results.</param>
    public static ReuseMove Of(bool stored, bool first, bool elsewhere) => (stored, first, elsewhere) switch
    {
        (true, _, _) => ReuseMove.Take,
        (_, true, false) => ReuseMove.Make,
        _ => ReuseMove.Wait,
    };

    /// <summary>As long again as the other has been under way, within bounds: few looks at slow work, little delay behind fast work.</summary>
    public static TimeSpan WaitFor(TimeSpan underWay, ReuseOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return TimeSpan.FromTicks(Math.Clamp(underWay.Ticks, options.LeastWait.Ticks, Math.Max(options.LeastWait.Ticks, options.LongestWait.Ticks)));
    }
}
