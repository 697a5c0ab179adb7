using Contracts.Generation;

namespace PipelineService.Pipelines;

/// <summary>One paid call: a set of prompts, an image or a video. Written in sets by SQL; read through EF.</summary>
public sealed class Item
{
    public long Id { get; set; }

    public required long TenantId { get; init; }

    public required long PipelineId { get; init; }

    public required long StepId { get; init; }

    /// <summary>Position in the step: image, prompt, variation, n. The same request always numbers its items alike.</summary>
    public required long Ordinal { get; init; }

    /// <summary>The output it follows from; null for the first step.</summary>
    public long? ParentOutputId { get; init; }

    public required string Lane { get; init; }

    public ItemStatus Status { get; set; }

    /// <summary>Queued or in flight. The database keeps it: indexes name it and not the status, so that being sent changes no index.</summary>
    public bool Open { get; private set; }

    /// <summary>Kept by the database, as <see cref="Open"/>.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>Counted from 1; rises after a known failure or a person's retry.</summary>
    public int Attempt { get; set; } = 1;

    /// <summary>Known failures of this life, which the automatic retry counts.</summary>
    public int Failures { get; set; }

    /// <summary>How often a lease ran out while it was running.</summary>
    public int Crashes { get; set; }

    public int Priority { get; set; }

    public required ItemInput Input { get; init; }

    public long? SourceAssetId { get; init; }

    /// <summary>Follow-ups come from its outputs; false for a rerun without cascade.</summary>
    public bool Cascade { get; set; } = true;

    /// <summary>Outputs it is expected to yield.</summary>
    public int Units { get; init; } = 1;

    public decimal QuotedCost { get; init; }

    public decimal ActualCost { get; set; }

    public bool CancelRequested { get; set; }

    public string? Provider { get; set; }

    public string? ProviderRequestId { get; set; }

    public bool Simulated { get; set; }

    /// <summary>Model and parameters of its own, since a retry changed them; null: those of its step.</summary>
    public GenerationParameters? Resolved { get; set; }

    /// <summary>Who serves it since then; null: its step's provider.</summary>
    public string? ServedBy { get; set; }

    /// <summary>What earlier attempts were asked, where a retry changed it, oldest first: a late result belongs to what was asked then.</summary>
    public IReadOnlyList<EarlierTerms>? Earlier { get; set; }

    /// <summary>The same for identical requests of a tenant; null for prompt sets.</summary>
    public byte[]? ReuseKey { get; init; }

    /// <summary>It took the result of an identical earlier item, at no cost.</summary>
    public bool Reused { get; set; }

    public string? ErrorCode { get; set; }

    public string? ErrorMessage { get; set; }

    public bool? ErrorRetryable { get; set; }

    /// <summary>Not before this time; null means now.</summary>
    public DateTimeOffset? DueAt { get; set; }

    public DateTimeOffset? LeaseUntil { get; set; }

    public required DateTimeOffset QueuedAt { get; set; }

    public DateTimeOffset? DispatchedAt { get; set; }

    public DateTimeOffset? StartedAt { get; set; }

    public DateTimeOffset? FinishedAt { get; set; }
}

/// <summary>What an item is made from. Model parameters stand once on its step.</summary>
/// <param name="Prompt">The prompt as it is sent.</param>
/// <param name="Original">The longer prompt it was shortened from; null when it was not.</param>
/// <param name="ImageIndex">Which input image it descends from; null when none.</param>
/// <param name="PromptIndex">Which input prompt it descends from.</param>
/// <param name="Variation">Set-mode choices by kind; null outside set mode.</param>
/// <param name="Take">Which of the repetitions, from 0.</param>
public sealed record ItemInput(
    string Prompt,
    string? Original,
    int? ImageIndex,
    int? PromptIndex,
    IReadOnlyDictionary<string, string>? Variation,
    int Take,
    long Seed);

/// <summary>What an item was asked up to an attempt, before a retry changed it.</summary>
/// <param name="UntilAttempt">The last attempt on these terms.</param>
public sealed record EarlierTerms(int UntilAttempt, ItemInput Input, GenerationParameters? Resolved, string? ServedBy, decimal QuotedCost);
