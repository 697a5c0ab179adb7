namespace Contracts.Pipelines;

/// <summary>Nothing of a step is open any more. Published by whoever counted it down to zero; a repeat finds nothing to do.</summary>
public sealed record StepDrained(Guid CorrelationId, long TenantId, long PipelineId, long StepId);
