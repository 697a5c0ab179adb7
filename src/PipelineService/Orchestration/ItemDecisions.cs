using Contracts.Generation;
using PipelineService.Pipelines;

namespace PipelineService.Orchestration;

/// <summary>What a result means for its item.</summary>
public enum ResultMeaning
{
    /// <summary>Already known, or of an attempt that is over.</summary>
    Drop,

    Succeed,

    /// <summary>The paid result of an attempt that was given up as unknown: the item succeeded after all.</summary>
    Reconcile,

    /// <summary>A paid result after the item's end: kept in the library and booked, the item stays as it is.</summary>
    BookLate,

    /// <summary>Tried again by itself.</summary>
    Requeue,

    /// <summary>Tried again when the account is in order; the pipeline pauses.</summary>
    PauseForAccount,

    Fail,

    Cancel,
}

/// <param name="DueIn">Wait before the next try (requeue only).</param>
/// <param name="CountsAsFailure">The next try counts towards the most attempts.</param>
public readonly record struct ResultDecision(ResultMeaning Meaning, TimeSpan DueIn = default, bool CountsAsFailure = false);

/// <summary>What is known of an item when a result arrives.</summary>
public readonly record struct ItemFacts(ItemStatus Status, int Attempt, int Failures, bool CancelRequested, string? ErrorCode);

/// <summary>The decisions about one item. Pure; chance comes in as a number.</summary>
public static class ItemDecisions
{
    /// <param name="jitter">0..1, spreads retries.</param>
    public static ResultDecision OnResult(ItemFacts item, int attempt, ItemFailure? failure, bool pipelineCancelled, OrchestrationOptions options, double jitter)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (failure is null)
        {
            return new ResultDecision(OnSuccess(item, attempt));
        }

        if (item.Status.IsTerminal() || item.Status == ItemStatus.Queued || attempt != item.Attempt)
        {
            return new ResultDecision(ResultMeaning.Drop);
        }

        if (item.CancelRequested || pipelineCancelled)
        {
            return new ResultDecision(ResultMeaning.Cancel);
        }

        return failure.Kind switch
        {
            // Turned away by a pause that has been lifted meanwhile: nothing was tried.
            FailureKind.Cancelled => new ResultDecision(ResultMeaning.Requeue),
            FailureKind.RateLimited => new ResultDecision(ResultMeaning.Requeue, failure.RetryAfter ?? Delay(item.Failures, options, jitter)),
            FailureKind.Unauthorized => new ResultDecision(ResultMeaning.PauseForAccount),
            _ when failure.Kind.IsRetryable() && failure.Excused => new ResultDecision(ResultMeaning.Requeue, failure.RetryAfter ?? Delay(item.Failures, options, jitter)),
            _ when failure.Kind.IsRetryable() && item.Failures + 1 < options.MaxAttempts =>
                new ResultDecision(ResultMeaning.Requeue, failure.RetryAfter ?? Delay(item.Failures, options, jitter), CountsAsFailure: true),
            _ => new ResultDecision(ResultMeaning.Fail),
        };
    }

    /// <summary>
    /// Whether somebody else is to be asked, should anybody stand by: the provider is out, its account is, or it has failed as often as it is asked. Never for what is
    /// wrong with the request itself, and never where it may have been bought.
    /// </summary>
    public static bool FallsBack(ResultDecision decision, ItemFailure? failure)
    {
        var itsOwn = failure?.Kind is FailureKind.ProviderDown or FailureKind.TimedOut or FailureKind.BadResponse;
        return decision.Meaning switch
        {
            ResultMeaning.PauseForAccount => true,
            ResultMeaning.Fail => itsOwn,
            ResultMeaning.Requeue => itsOwn && failure!.Excused,
            _ => false,
        };
    }

    /// <summary>Exponential with full jitter on the second half: between half and all of delay × 2^failures.</summary>
    public static TimeSpan Delay(int failures, OrchestrationOptions options, double jitter)
    {
        ArgumentNullException.ThrowIfNull(options);
        var full = Math.Min(options.MaxRetryDelay.TotalSeconds, options.RetryDelay.TotalSeconds * Math.Pow(2, Math.Min(failures, 20)));
        return TimeSpan.FromSeconds(full * (0.5 + (0.5 * Math.Clamp(jitter, 0, 1))));
    }

    private static ResultMeaning OnSuccess(ItemFacts item, int attempt) => item.Status switch
    {
        ItemStatus.Succeeded => attempt == item.Attempt ? ResultMeaning.Drop : ResultMeaning.BookLate,
        ItemStatus.Failed when item.ErrorCode is "outcome_unknown" or "crash_loop" => ResultMeaning.Reconcile,
        ItemStatus.Failed or ItemStatus.Cancelled => ResultMeaning.BookLate,
        _ => ResultMeaning.Succeed,
    };
}
