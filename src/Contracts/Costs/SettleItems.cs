namespace Contracts.Costs;

/// <summary>Books what ended items cost and frees what was held for them. Idempotent by (item, attempt).</summary>
public sealed record SettleItems(IReadOnlyList<ItemSettlement> Items);

/// <param name="Amount">US dollars to charge; 0 releases the hold and charges nothing.</param>
/// <param name="Quoted">US dollars the item was quoted at; a dearer amount is booked and flagged.</param>
/// <param name="Simulated">Counts against the pipeline's budget, never in the tenant's spend or monthly cap.</param>
/// <param name="Units">Prompts delivered for a prompt item, else 1 when charged, 0 when released.</param>
public sealed record ItemSettlement(
    long TenantId,
    long PipelineId,
    long StepId,
    long ItemId,
    int Attempt,
    string StepType,
    string? Model,
    string Provider,
    int Units,
    decimal Amount,
    decimal Quoted,
    bool Simulated,
    DateTimeOffset At);
