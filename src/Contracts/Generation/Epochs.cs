namespace Contracts.Generation;

/// <summary>
/// How workers learn of cancel and pause: a string in Redis per tenant and pipeline, read before every submit. It may vanish with Redis; the ledger
/// then still drops what comes late.
/// </summary>
public static class Epochs
{
    /// <summary>The value of a cancelled pipeline: nothing of it is ever submitted again, and what providers still work on may be stopped.</summary>
    public const long Never = long.MaxValue;

    /// <summary>Holds the smallest epoch that may still be submitted, as a decimal string; absent means any.</summary>
    public static string Key(long tenantId, long pipelineId) => $"t:{tenantId}:pipeline:{pipelineId}:epoch";
}
