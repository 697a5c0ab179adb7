namespace Contracts.Costs;

/// <summary>Money that has been held for long: whose attempts have ended? The ledger answers with <see cref="SettleItems"/> for those that have.</summary>
/// <param name="Attempts">At most <see cref="Most"/>.</param>
public sealed record HoldsOpen(long TenantId, long PipelineId, IReadOnlyList<HeldAttempt> Attempts)
{
    /// <summary>Attempts that one question may name.</summary>
    public const int Most = 500;
}

public sealed record HeldAttempt(long ItemId, int Attempt);
