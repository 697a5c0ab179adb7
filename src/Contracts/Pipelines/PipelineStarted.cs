namespace Contracts.Pipelines;

/// <summary>A run began or went on. Published through the outbox by the command that caused it.</summary>
public sealed record PipelineStarted(Guid CorrelationId, long TenantId, long PipelineId);
