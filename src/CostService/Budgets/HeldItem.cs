namespace CostService.Budgets;

/// <summary>Money set aside for an attempt that was sent and has not ended.</summary>
internal sealed class HeldItem
{
    public required long TenantId { get; init; }

    public required long ItemId { get; init; }

    public required int Attempt { get; init; }

    public required long PipelineId { get; init; }

    public required decimal Amount { get; init; }

    public required bool Simulated { get; init; }

    /// <summary>When it is freed by itself, should nobody settle or release it.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }
}
