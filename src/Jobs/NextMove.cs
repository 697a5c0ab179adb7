using Contracts.Generation;
using Jobs.Storage;
using Providers;

namespace Jobs;

/// <summary>What to do with an item after its attempt was claimed.</summary>
public enum NextMove
{
    /// <summary>Ask the provider.</summary>
    Submit,

    /// <summary>It may not be submitted; say why.</summary>
    Refuse,

    /// <summary>Send the stored result again.</summary>
    Repeat,

    /// <summary>It may have been bought, and must not be bought twice.</summary>
    GiveUpAsUnknown,

    /// <summary>Another process, or this one's poller, goes on with it.</summary>
    Leave,
}

/// <summary>The decision that keeps anything from being bought twice. Pure.</summary>
public static class NextMoves
{
    /// <param name="refusal">Why it may not be submitted now; null when it may.</param>
    /// <param name="resubmit">The provider's word; null for one that is not set up.</param>
    /// <param name="begun">Whether this process has asked the provider for this attempt and nothing is written of it.</param>
    public static NextMove Decide(Claim claim, ItemFailure? refusal, Resubmit? resubmit, bool begun)
    {
        ArgumentNullException.ThrowIfNull(claim);
        return claim.Kind switch
        {
            ClaimKind.Ended => NextMove.Repeat,
            ClaimKind.Live => NextMove.Leave,
            ClaimKind.Refused => NextMove.Refuse,
            ClaimKind.TakenOver or ClaimKind.Mine when claim.Handle is not null => NextMove.Leave,
            ClaimKind.TakenOver when resubmit != Resubmit.Safe => NextMove.GiveUpAsUnknown,
            ClaimKind.Mine when begun && resubmit != Resubmit.Safe => NextMove.GiveUpAsUnknown,
            _ => refusal is null ? NextMove.Submit : NextMove.Refuse,
        };
    }
}
