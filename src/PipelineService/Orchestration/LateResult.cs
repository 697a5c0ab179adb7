namespace PipelineService.Orchestration;

/// <summary>A paid result that came after its item's end: booked once, its file kept in the library.</summary>
public sealed class LateResult
{
    public required long TenantId { get; init; }

    public required long ItemId { get; init; }

    public required int Attempt { get; init; }

    public required DateTimeOffset At { get; init; }
}
