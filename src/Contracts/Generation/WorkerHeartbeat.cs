namespace Contracts.Generation;

/// <summary>What a worker has in hand. Sent every 250 ms while that is anything; extends the items' leases and shows them as running.</summary>
/// <param name="Worker">Unique per process.</param>
/// <param name="Running">Items whose submit has begun.</param>
public sealed record WorkerHeartbeat(string Worker, string Lane, IReadOnlyList<RunningItem> Running);

public sealed record RunningItem(long TenantId, long PipelineId, long ItemId, int Attempt, DateTimeOffset StartedAt);
