namespace Contracts.Pipelines;

/// <summary>A pipeline reached completed, failed or cancelled.</summary>
public sealed record PipelineFinished(Guid CorrelationId, long TenantId, long PipelineId, string Status);
