using PipelineService.Pipelines;

namespace PipelineService.Orchestration;

/// <summary>All that a decision about a pipeline looks at.</summary>
public sealed record RunState(
    PipelineStatus Status,
    StatusReason? Reason,
    PipelineMode Mode,
    OnItemFailure OnItemFailure,
    bool PauseRequested,
    IReadOnlyList<StepState> Steps)
{
    public StepState? FirstUnfinished => Steps.FirstOrDefault(step => !step.Ended);

    public bool AnyFailedItems => Steps.Any(step => step.FailedItems > 0);
}

/// <param name="Checkpoint">A review follows it: listed in checkpoint mode, always in manual mode.</param>
/// <param name="Open">Items that are not at an end.</param>
/// <param name="Succeeded">Outputs delivered.</param>
/// <param name="FailedItems">Failed items, which a retry would take.</param>
public sealed record StepState(long Id, int Order, StepStatus Status, bool Skip, bool Checkpoint, int Open, int Succeeded, int FailedItems)
{
    /// <summary>Its checkpoint lets each pick through at once.</summary>
    public bool Rolling { get; init; }

    /// <summary>Nothing more comes of it unless it is retried.</summary>
    public bool Ended => Status is StepStatus.Completed or StepStatus.Failed or StepStatus.Skipped or StepStatus.Cancelled;
}

/// <summary>What is to be done, in order. The shell does it in the transaction that holds the pipeline's row lock.</summary>
public abstract record RunEffect
{
    private RunEffect()
    {
    }

    public sealed record SetPipeline(PipelineStatus Status, StatusReason? Reason = null) : RunEffect;

    public sealed record SetPauseRequested(bool Requested) : RunEffect;

    public sealed record SetStep(long StepId, StepStatus Status) : RunEffect;

    /// <summary>Make the items of a step that starts from the pipeline's inputs.</summary>
    public sealed record ExpandInputs(long StepId) : RunEffect;

    /// <summary>Make follow-up items for the selected outputs that have none yet.</summary>
    /// <param name="PicksOnly">Only for those that a person picked.</param>
    public sealed record Advance(long FromStepId, long ToStepId, bool PicksOnly = false) : RunEffect;

    /// <summary>Nothing of the step is sent out, or it is again.</summary>
    public sealed record Hold(long StepId, bool Held) : RunEffect;

    /// <summary>Take back what is queued and sent; ask running work to stop; raise the epoch.</summary>
    public sealed record CancelOpen(IReadOnlyList<long> StepIds) : RunEffect;

    /// <summary>Workers do not submit what was sent before now.</summary>
    public sealed record RaiseEpoch : RunEffect;

    /// <summary>One more item with the inputs of a finished one.</summary>
    /// <param name="Cascade">What it yields goes on.</param>
    public sealed record Repeat(long StepId, long ItemId, long Seed, bool Cascade) : RunEffect;

    /// <summary>One more item like each of these, on new terms. The change in them is the step's; without one they ask the same with new seeds.</summary>
    /// <param name="OutputIds">The outputs they replace.</param>
    public sealed record Redo(long StepId, IReadOnlyList<long> OutputIds, RetryTerms Terms) : RunEffect;

    /// <summary>New attempts for failed items, and for what was cancelled because a step failed.</summary>
    /// <param name="Terms">Null: all of them, as they were.</param>
    public sealed record Requeue(IReadOnlyList<long> StepIds, IReadOnlyList<long>? ItemIds, bool AlsoCancelled, RetryTerms? Terms = null) : RunEffect;

    /// <summary>One item ends, or is asked to.</summary>
    public sealed record CancelItem(long StepId, long ItemId) : RunEffect;
}

/// <summary>A decision: effects, or why not.</summary>
/// <param name="Refusal">Null when it may be done; else a sentence that says what is possible.</param>
public sealed record RunDecision(IReadOnlyList<RunEffect> Effects, string? Refusal = null)
{
    /// <summary>Already so; nothing to do.</summary>
    public static RunDecision Nothing { get; } = new([]);

    public static RunDecision Refuse(string why) => new([], why);

    public static RunDecision Do(params RunEffect[] effects) => new(effects);
}
