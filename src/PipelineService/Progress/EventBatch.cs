namespace PipelineService.Progress;

/// <summary>
/// What one commit said of one pipeline: its events as one row, written in the transaction that causes them. The view <c>pipeline.events</c> shows them
/// one by one.
/// </summary>
public sealed class EventBatch
{
    public required long TenantId { get; init; }

    public required long PipelineId { get; init; }

    /// <summary>Position of the last event in the pipeline's feed, which counts from 1 without gaps.</summary>
    public required long LastNumber { get; init; }

    /// <summary>Position of the last event in the tenant's feed, which counts from 1 without gaps.</summary>
    public required long LastTenantNumber { get; init; }

    /// <summary>How many events; at least 1.</summary>
    public required int Count { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>The events in their order as a JSON array of pairs: name (pipeline_status, step_progress, output_ready, cost_update or error) and data.</summary>
    public required string Events { get; init; }
}

/// <summary>The newest number of a tenant's feed. Its row lock is taken last in a transaction and held until the commit.</summary>
public sealed class TenantFeed
{
    public required long TenantId { get; init; }

    public long LastNumber { get; set; }
}
