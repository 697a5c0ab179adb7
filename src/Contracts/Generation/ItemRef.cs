namespace Contracts.Generation;

/// <summary>Which item, and which attempt at it. Every command and result carries one.</summary>
/// <param name="Attempt">Counted from 1; rises only after a known failure or a person's retry.</param>
/// <param name="Epoch">The pipeline's epoch when the item was sent; a lower one than the current epoch in Redis is not submitted.</param>
public sealed record ItemRef(long TenantId, long PipelineId, long StepId, long ItemId, int Attempt, long Epoch);
