namespace PipelineService.Reuse;

/// <summary>
/// Which of several identical items of a tenant goes first. It holds only while that item is dispatched or running, so nothing has to take it back:
/// whoever comes next takes it over.
/// </summary>
public sealed class ReuseClaim
{
    public required long TenantId { get; init; }

    public required byte[] ReuseKey { get; init; }

    public required long ItemId { get; init; }
}
