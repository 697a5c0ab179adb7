namespace CostService.Budgets;

/// <summary>How one attempt at an item ended in money. Booked once, whatever is delivered twice; only an amount of 0 may be replaced, by a late paid result.</summary>
internal sealed class LedgerEntry
{
    public required long TenantId { get; init; }

    public required long ItemId { get; init; }

    public required int Attempt { get; init; }

    public required long PipelineId { get; init; }

    public required long StepId { get; init; }

    public required string StepType { get; init; }

    /// <summary>Catalog id; null for prompts.</summary>
    public string? Model { get; init; }

    public required string Provider { get; init; }

    /// <summary>Outputs delivered and paid for.</summary>
    public required int Units { get; init; }

    /// <summary>US dollars.</summary>
    public required decimal Amount { get; init; }

    /// <summary>US dollars it was quoted at.</summary>
    public required decimal Quoted { get; init; }

    /// <summary>Dearer than quoted: booked all the same, and to be looked at.</summary>
    public required bool AboveQuote { get; init; }

    /// <summary>A list price that nobody was charged.</summary>
    public required bool Simulated { get; init; }

    public required DateTimeOffset At { get; init; }
}
