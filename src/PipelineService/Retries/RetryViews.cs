using PipelineService.Pipelines;
using ServiceDefaults.OpenApi;

namespace PipelineService.Retries;

/// <summary>What a retry, or a redo in a review, would cost. Nothing has been changed.</summary>
/// <param name="Items">Items that it takes.</param>
/// <param name="MayHaveBeenBought">Those of them whose last attempt may have been bought already, because its fate is unknown: a retry buys them again.</param>
/// <param name="Reasons">The items by why they failed.</param>
/// <param name="Total">US dollars; the most it will cost, with all that follows from it; of a redo without, because that is decided in the review.</param>
/// <param name="BudgetUsd">The pipeline's budget; null when it has none.</param>
/// <param name="BudgetLeft">What of the budget is neither spent nor needed by work that is waiting or in flight; may be negative.</param>
/// <param name="PassesBudget">The run would pause at its budget before all of it is done.</param>
/// <param name="Warnings">What is delivered differently from what was asked, what ends soon.</param>
public sealed record RetryQuoteView(
    string Currency,
    int Items,
    int MayHaveBeenBought,
    IReadOnlyList<RetryReasonView> Reasons,
    IReadOnlyList<RetryLineView> Lines,
    decimal Total,
    string TotalDisplay,
    decimal? BudgetUsd,
    decimal? BudgetLeft,
    bool PassesBudget,
    IReadOnlyList<string> Warnings);

/// <summary>Failed items of one reason.</summary>
/// <param name="Retryable">Another attempt may succeed as it is; otherwise a change is advised.</param>
public sealed record RetryReasonView(string Code, int Items, bool Retryable);

/// <summary>A line of the quote.</summary>
/// <param name="What">retry (failed items), restart (what was cancelled because a step failed), redo (what is made anew in a review) or follow_up (what comes of it in later steps).</param>
/// <param name="Model">Null for prompt_enhance.</param>
/// <param name="Simulated">The demo renderer makes it, not a paid model.</param>
/// <param name="Count">Outputs.</param>
/// <param name="Unit">prompt, image or video.</param>
/// <param name="UnitPrice">US dollars for one output.</param>
public sealed record RetryLineView(
    long StepId, [StepTypeWords] string StepType, [Words("retry", "restart", "redo", "follow_up")] string What, string? Model, bool Simulated, long Count, [OutputWords] string Unit, decimal UnitPrice, decimal Amount, string AmountDisplay);

/// <summary>Why items of a pipeline failed.</summary>
/// <param name="Data">By step and reason, the most frequent of a step first.</param>
/// <param name="Items">All failed items.</param>
/// <param name="MayHaveBeenBought">Those whose last attempt may have been bought although no result came.</param>
/// <param name="RetryTotal">US dollars for another attempt at all of them, without what follows; null when one of them has no price any more.</param>
public sealed record FailureList(
    IReadOnlyList<FailureView> Data, int Items, int MayHaveBeenBought, string Currency, decimal? RetryTotal, string? RetryTotalDisplay);

/// <summary>Items of a step that failed for one reason.</summary>
/// <param name="Code">Stable, for programs; takes its place among a retry's <c>reasons</c>.</param>
/// <param name="Message">Of the newest of them, for people.</param>
/// <param name="Retryable">Another attempt may succeed as it is.</param>
/// <param name="MayHaveBeenBought">It is not known whether the provider made it; a retry buys it again.</param>
/// <param name="Outputs">What they would have yielded.</param>
/// <param name="SampleItemId">The newest of them.</param>
/// <param name="RetryAmount">US dollars for another attempt, without what follows; null when there is no price any more.</param>
public sealed record FailureView(
    long StepId, [StepTypeWords] string StepType, string Code, string Message, bool Retryable, bool MayHaveBeenBought, int Items, int Outputs, long SampleItemId, DateTimeOffset? LastAt,
    decimal? RetryAmount, string? RetryAmountDisplay);
