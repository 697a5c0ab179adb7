namespace CostService.Budgets;

/// <summary>A wish to hold money for items about to be sent.</summary>
/// <param name="Cap">The pipeline's budget in US dollars; null for none.</param>
/// <param name="Simulated">Counts for the pipeline's cap only.</param>
/// <param name="Holds">In the order in which they are to be granted; no attempt twice.</param>
internal sealed record Reservation(long TenantId, long PipelineId, decimal? Cap, bool Simulated, IReadOnlyList<HoldRequest> Holds);

internal readonly record struct HoldRequest(Attempt Attempt, decimal Amount);

internal readonly record struct Attempt(long ItemId, int Number);

/// <param name="Granted">In the order asked for, repeats included.</param>
internal sealed record Grant(IReadOnlyList<Attempt> Granted, RefusedBy? RefusedBy);

internal enum RefusedBy
{
    PipelineBudget,
    TenantBudget,
}
