namespace PipelineService.Progress;

/// <summary>One line of the feed, written in the transaction that causes it.</summary>
public sealed class ProgressEvent
{
    public required long TenantId { get; init; }

    public required long PipelineId { get; init; }

    /// <summary>Position in the pipeline's feed, from 1, without gaps.</summary>
    public required long Number { get; init; }

    /// <summary>Position in the tenant's feed, from 1, without gaps.</summary>
    public required long TenantNumber { get; init; }

    /// <summary>pipeline_status, step_progress, output_ready, cost_update or error.</summary>
    public required string Event { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>The event's data as JSON, as clients see it.</summary>
    public required string Data { get; init; }
}

/// <summary>The newest number of a tenant's feed. Its row lock is taken last in a transaction and held until the commit.</summary>
public sealed class TenantFeed
{
    public required long TenantId { get; init; }

    public long LastNumber { get; set; }
}
