namespace CostService.Budgets;

/// <summary>Where a pipeline's money stands, simulated money included. Its row lock orders everything that happens to the pipeline's money.</summary>
internal sealed class PipelineBudget
{
    public required long TenantId { get; init; }

    public required long PipelineId { get; init; }

    public decimal Held { get; init; }

    public decimal Spent { get; init; }
}
