namespace Contracts.Generation;

/// <summary>What became of items. Sent by workers; a repeat changes nothing.</summary>
public sealed record ItemsFinished(IReadOnlyList<ItemResult> Results);

/// <summary>The end of one attempt.</summary>
/// <param name="Outputs">One or more when it succeeded (an image or video item has exactly one), else empty.</param>
/// <param name="Failure">Null when it succeeded.</param>
/// <param name="ProviderRequestId">The provider's own id of the job, for support.</param>
/// <param name="ReportedCost">US dollars as billed by the provider; null when it reports none, then the quoted price is booked.</param>
/// <param name="Simulated">True for the demo renderer and the no-op provider.</param>
/// <param name="Cached">True when it was answered from a cache and costs nothing.</param>
public sealed record ItemResult(
    ItemRef Item,
    IReadOnlyList<ProducedOutput> Outputs,
    ItemFailure? Failure,
    string Provider,
    string? ProviderRequestId,
    decimal? ReportedCost,
    bool Simulated,
    bool Cached,
    DateTimeOffset StartedAt,
    DateTimeOffset FinishedAt)
{
    /// <summary>What the provider counted, in the unit of the model's price (images, seconds or clips); null when it says nothing.</summary>
    public decimal? BilledUnits { get; init; }
}

/// <summary>One output: a text or a file, never both.</summary>
/// <param name="Seed">The seed that was used, when the provider tells or takes one.</param>
public sealed record ProducedOutput(string? Text, MediaRef? Media, long? Seed)
{
    /// <summary>Who made it, where that is not the result's provider.</summary>
    public string? By { get; init; }
}

/// <summary>Why an attempt failed. The kind, not the text, decides whether it is tried again.</summary>
/// <param name="Message">For people: what happened and what to do.</param>
/// <param name="RetryAfter">Earliest next attempt asked for by the provider; null when it gave none.</param>
public sealed record ItemFailure(FailureKind Kind, string Message, TimeSpan? RetryAfter = null)
{
    /// <summary>The provider is known to be down: where another try may help, this one does not count.</summary>
    public bool Excused { get; init; }
}
