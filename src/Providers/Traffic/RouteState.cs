using System.Text.Json.Serialization;

namespace Providers.Traffic;

/// <summary>All that is known of a route, shared by all processes.</summary>
public sealed record RouteState
{
    /// <summary>Nothing is known against it.</summary>
    public static RouteState Fresh { get; } = new();

    /// <summary>Items in flight that it bears, as learned; null until it said that they were too many.</summary>
    public int? Limit { get; init; }

    /// <summary>The limit before the last cut; null for none.</summary>
    public int? LimitBefore { get; init; }

    /// <summary>Process → items it had under way when they were too many, since the last cut began.</summary>
    public IReadOnlyDictionary<string, int> Seen { get; init; } = new Dictionary<string, int>();

    public DateTimeOffset? CutAt { get; init; }

    /// <summary>When the limit last changed, either way.</summary>
    public DateTimeOffset? ChangedAt { get; init; }

    public DateTimeOffset? ThrottledAt { get; init; }

    /// <summary>Answers since the limit changed.</summary>
    public int GoodSince { get; init; }

    /// <summary>The limit held something back since it changed.</summary>
    public bool Filled { get; init; }

    public DateTimeOffset? BlockedSince { get; init; }

    /// <summary>Nothing is sent before.</summary>
    public DateTimeOffset? BlockedUntil { get; init; }

    /// <summary>Outcomes, oldest first, as far back as the breaker looks.</summary>
    public IReadOnlyList<OutcomeCount> Window { get; init; } = [];

    /// <summary>Outcomes against the provider since its last answer.</summary>
    public int BadInRow { get; init; }

    /// <summary>How often the breaker has opened since it was closed; 0 while it is closed.</summary>
    public int Openings { get; init; }

    /// <summary>Since when it is not closed.</summary>
    public DateTimeOffset? OpenSince { get; init; }

    /// <summary>When it is tried again.</summary>
    public DateTimeOffset? OpenUntil { get; init; }

    /// <summary>Forgotten then.</summary>
    public DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Nothing in it that would hold anything back, now or soon.</summary>
    [JsonIgnore]
    public bool IsQuiet => Limit is null && Openings == 0 && BlockedUntil is null && Window.All(count => count.Bad == 0);
}

/// <summary>A try of an open breaker.</summary>
/// <param name="Opening">The how manyeth opening in a row, from 1.</param>
/// <param name="At">When that opening's wait was over, Unix time in milliseconds: a later opening with the same number has tries of its own.</param>
public readonly record struct BreakerTry(int Opening, long At)
{
    public static BreakerTry Of(RouteState? state) => new(state?.Openings ?? 0, state?.OpenUntil?.ToUnixTimeMilliseconds() ?? 0);
}

/// <summary>Outcomes of a stretch of time.</summary>
/// <param name="Good">Answers, whatever they said.</param>
/// <param name="Bad">Outcomes that speak against the provider.</param>
public readonly record struct OutcomeCount(DateTimeOffset At, int Good, int Bad);

/// <summary>What one process saw of a route since its last report.</summary>
/// <param name="Process">Who reports.</param>
public sealed record RouteReport(string Process)
{
    public int Good { get; init; }

    public int Bad { get; init; }

    /// <summary>Tries of an open breaker that were answered.</summary>
    public int ProbesGood { get; init; }

    public int ProbesBad { get; init; }

    /// <summary>Refusals because of too many requests.</summary>
    public int Throttled { get; init; }

    /// <summary>What they asked for; null when they named no time.</summary>
    public DateTimeOffset? RetryAt { get; init; }

    /// <summary>Fewest others of this process that were under way at a refusal.</summary>
    public int UnderWay { get; init; }

    /// <summary>The limit held something back.</summary>
    public bool Filled { get; init; }
}
