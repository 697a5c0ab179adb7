namespace CostService.Usage;

/// <summary>What a tenant used in a time.</summary>
/// <param name="To">Not included.</param>
/// <param name="Data">One row a group that was used: days in order, else the dearest first.</param>
internal sealed record UsageReport(
    DateTimeOffset From, DateTimeOffset To, UsageGroup GroupBy, string Currency, UsageTotal Total, IReadOnlyList<UsageRow> Data, string? NextCursor);

/// <param name="Count">Outputs that were paid for.</param>
/// <param name="Amount">US dollars.</param>
/// <param name="SimulatedCount">Outputs of the demo renderer.</param>
/// <param name="SimulatedAmount">What those would have cost at list prices; nobody was charged.</param>
internal sealed record UsageTotal(long Count, decimal Amount, long SimulatedCount, decimal SimulatedAmount);

/// <param name="Key">A day such as <c>2026-11-24</c>, a model's id (<c>prompt_enhance</c> for prompts), a pipeline's id, or a provider's name.</param>
internal sealed record UsageRow(string Key, long Count, decimal Amount, long SimulatedCount, decimal SimulatedAmount);
