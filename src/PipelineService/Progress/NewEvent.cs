namespace PipelineService.Progress;

/// <summary>An event that is about to be written; it gets its numbers in the transaction that causes it.</summary>
/// <param name="Data">Serialised as clients see it.</param>
public sealed record NewEvent(long TenantId, long PipelineId, string Event, object Data);
