using Contracts.Generation;

namespace Jobs.Storage;

/// <summary>What the claim of an attempt found.</summary>
public enum ClaimKind
{
    /// <summary>Nobody had it: the row stands now, and the submit may leave.</summary>
    Fresh,

    /// <summary>Its owner is gone and this process took it over; what was known of it is told.</summary>
    TakenOver,

    /// <summary>Its owner is alive and goes on with it.</summary>
    Live,

    /// <summary>It is this process's own.</summary>
    Mine,

    /// <summary>It has ended; the result is stored.</summary>
    Ended,

    /// <summary>Nobody had it, and it may not be submitted: its row says so now, and a repeat finds it ended.</summary>
    Refused,
}

/// <param name="Handle">Of a job that is this process's now, after the provider accepted it; null when the submit's fate is unknown.</param>
/// <param name="Result">Of one that has ended.</param>
public sealed record Claim(ClaimKind Kind, string? Handle = null, ItemResult? Result = null);

/// <param name="Refusal">
/// What ends the attempt unless somebody has it already; null when it may be submitted. It is written down, so that a copy of the command that comes later
/// does not submit what the ledger has tried again as another attempt.
/// </param>
public sealed record ClaimRequest(WorkItem Item, ItemResult? Refusal = null);

/// <summary>A claim that is given up.</summary>
/// <param name="NeverSent">Nothing left for the provider, so that the job may be forgotten; else its fate is unknown.</param>
public sealed record JobRelease(WorkItem Item, bool NeverSent);

/// <summary>What became known of a job.</summary>
/// <param name="Handle">Of a job the provider accepted.</param>
/// <param name="Result">Null while the provider works on it.</param>
/// <param name="PollAt">Next look, while there is no result.</param>
public sealed record JobUpdate(WorkItem Item, string? Handle, ItemResult? Result, DateTimeOffset? PollAt)
{
    public string State => Result switch
    {
        null => JobStates.Submitted,
        { Failure: null } => JobStates.Done,
        { Failure.Kind: FailureKind.OutcomeUnknown } => JobStates.Unknown,
        _ => JobStates.Failed,
    };
}

/// <summary>An accepted job that is this process's to look after.</summary>
public sealed record DueJob(long ItemId, int Attempt, string Task, string Handle, DateTimeOffset SubmittedAt);
