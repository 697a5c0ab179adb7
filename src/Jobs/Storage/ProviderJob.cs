namespace Jobs.Storage;

/// <summary>How far the job of one attempt is.</summary>
public static class JobStates
{
    /// <summary>The row stands, the submit may or may not have left.</summary>
    public const string Submitting = "submitting";

    /// <summary>The provider accepted it and gave a handle; the poller finishes it.</summary>
    public const string Submitted = "submitted";

    /// <summary>Succeeded; the result is stored with the row.</summary>
    public const string Done = "done";

    /// <summary>Failed; so is the failure. A success that turns up later replaces this.</summary>
    public const string Failed = "failed";

    /// <summary>It was not submitted, and never will be as this attempt.</summary>
    public const string Refused = "refused";

    /// <summary>It may have been bought. A success that turns up later replaces this.</summary>
    public const string Unknown = "unknown";
}

/// <summary>What was asked of a provider for one attempt at one item. Written before the submit, so that nothing is ever bought twice.</summary>
public sealed class ProviderJob
{
    public required long ItemId { get; init; }

    public required int Attempt { get; init; }

    public required long TenantId { get; init; }

    public required long PipelineId { get; init; }

    public required long StepId { get; init; }

    public required string Lane { get; init; }

    public required string Provider { get; init; }

    public required string RequestKey { get; init; }

    public required string State { get; set; }

    /// <summary>What the provider is polled with; null until it has accepted the job.</summary>
    public string? Handle { get; set; }

    /// <summary>The provider's own id, for support; null until it told one.</summary>
    public string? ProviderRequestId { get; set; }

    /// <summary>The process that works on it; others may take over once that process is no longer alive.</summary>
    public required string Owner { get; set; }

    /// <summary>The task as JSON, so that any process can go on with it; empty once the job is done.</summary>
    public required string Task { get; init; }

    /// <summary>The stored <see cref="Contracts.Generation.ItemResult"/> as JSON; null until it has ended.</summary>
    public string? Result { get; set; }

    /// <summary>Next look at a submitted job.</summary>
    public DateTimeOffset? PollAt { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? SubmittedAt { get; set; }

    public DateTimeOffset? FinishedAt { get; set; }
}

/// <summary>A worker process and until when it counts as alive, by the database's clock.</summary>
public sealed class JobOwner
{
    public required string Owner { get; init; }

    public required DateTimeOffset AliveUntil { get; set; }
}
