namespace CostService.Budgets;

/// <summary>Where a tenant's real money stands in the current month. Locked after its pipelines' rows, never before.</summary>
internal sealed class TenantBudget
{
    public required long TenantId { get; init; }

    /// <summary>First day (UTC) of the month that <see cref="Spent"/> is for.</summary>
    public required DateOnly Month { get; init; }

    /// <summary>All that is held now, whenever it was.</summary>
    public decimal Held { get; init; }

    public decimal Spent { get; init; }
}
