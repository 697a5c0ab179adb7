using Contracts.Generation;
using PipelineService.Reuse;
using PipelineService.Waiting;

namespace PipelineService.Pipelines;

/// <summary>A pipeline as clients see it.</summary>
/// <param name="StatusReason">Why it is paused, or that it runs and waits for a provider; null otherwise.</param>
/// <param name="PauseRequested">It pauses when the running step ends.</param>
/// <param name="Review">gathered: a checkpoint's outputs go on together, when it is approved; rolling: each as soon as it is picked.</param>
/// <param name="CurrentStep">Id of the first unfinished step.</param>
/// <param name="CostEstimate">US dollars; the most it will cost.</param>
/// <param name="CostActual">US dollars spent so far.</param>
/// <param name="Simulate">It was asked of the demo renderer: prices are list prices and nothing is charged.</param>
/// <param name="Queue">Of the first of its steps that waits for its turn; null when nothing of it waits.</param>
/// <param name="Warnings">Which provider it waits for and until when, what is delivered differently from what was asked, what is not used, what ends soon.</param>
/// <param name="Version">Rises with every change of state or configuration; also the ETag.</param>
public sealed record PipelineView(
    long Id,
    string Name,
    PipelineStatus Status,
    StatusReason? StatusReason,
    bool PauseRequested,
    PipelineMode Mode,
    [StepTypeWords] IReadOnlyList<string> Checkpoints,
    ReviewFlow Review,
    InputsView Inputs,
    long? CurrentStep,
    IReadOnlyList<StepView> Steps,
    decimal CostEstimate,
    decimal CostActual,
    decimal? BudgetUsd,
    string Currency,
    OnItemFailure OnItemFailure,
    bool Reuse,
    bool Simulate,
    string? WebhookUrl,
    IReadOnlyList<string> Tags,
    Guid? RunGroupId,
    PipelineProgress Progress,
    QueueView? Queue,
    IReadOnlyList<string> Warnings,
    int Version,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? FinishedAt)
{
    /// <summary>Where results are reused, in the answers of create, clone, change and run: how many are there already. Null otherwise.</summary>
    public ReuseQuote? ReuseQuote { get; init; }
}

/// <summary>A pipeline in a list: without steps and outputs.</summary>
/// <param name="PauseRequested">It pauses when the running step ends.</param>
/// <param name="DurationSec">Seconds from its start to its end; null until it has ended.</param>
/// <param name="SuccessRate">Share of what came to an end that succeeded, 0 to 1; null before anything did.</param>
/// <param name="Simulated">The demo renderer makes some of it or all, not a paid model.</param>
public sealed record PipelineSummary(
    long Id,
    string Name,
    PipelineStatus Status,
    StatusReason? StatusReason,
    bool PauseRequested,
    PipelineMode Mode,
    long? CurrentStep,
    decimal CostEstimate,
    decimal CostActual,
    decimal? BudgetUsd,
    string Currency,
    IReadOnlyList<string> Tags,
    Guid? RunGroupId,
    PipelineProgress Progress,
    decimal? DurationSec,
    decimal? SuccessRate,
    bool Simulated,
    int Version,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? FinishedAt);

/// <summary>A page of pipelines, newest first.</summary>
/// <param name="NextCursor">Give it as <c>cursor</c> for the next page; null on the last.</param>
public sealed record PipelinePage(IReadOnlyList<PipelineSummary> Data, string? NextCursor);

/// <summary>What goes in, with every image stored as an asset. The lists show their first 1,000 entries; the whole is under <c>/definition</c>.</summary>
public sealed record InputsView(IReadOnlyList<InputImageView> Images, IReadOnlyList<string> Prompts, Combine Combine, int ImagesTotal, int PromptsTotal);

/// <param name="Url">Path of the picture on this origin; needs the same credential.</param>
/// <param name="SourceUrl">The address it was fetched from; null when it was given as an asset.</param>
public sealed record InputImageView(long AssetId, string Url, string ThumbnailUrl, string? SourceUrl);

/// <summary>Counts outputs of all steps.</summary>
/// <param name="EtaSec">Seconds to the end by measured durations, the wait for its turn included, the time people take to review not; null when it does not run, and before its models were measured.</param>
public sealed record PipelineProgress(int Total, int Succeeded, int Failed, int Running, int? EtaSec);

/// <summary>A step as clients see it.</summary>
/// <param name="Config">As it was given; of its prompts the first 1,000.</param>
/// <param name="Resolved">Model and parameters after defaults and mappings; null for prompt_enhance and skipped steps.</param>
/// <param name="Simulated">The demo renderer makes it, not a paid model.</param>
/// <param name="Queue">Null when nothing of it waits for its turn.</param>
/// <param name="Outputs">The first 100; the rest is paged under <c>/outputs</c>.</param>
/// <param name="Error">Why the step failed; null otherwise.</param>
/// <param name="Fallbacks">Who makes what its provider cannot, the preferred first; null for nobody.</param>
public sealed record StepView(
    long Id,
    long PipelineId,
    [StepTypeWords] string StepType,
    int StepOrder,
    StepConfig Config,
    GenerationParameters? Resolved,
    string? Provider,
    bool Simulated,
    StepStatus Status,
    StepInputs Inputs,
    StepProgress Progress,
    QueueView? Queue,
    IReadOnlyList<OutputView> Outputs,
    int OutputsTotal,
    decimal UnitPrice,
    decimal CostEstimate,
    decimal CostActual,
    string? Error,
    int Version,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? FinishedAt,
    IReadOnlyList<FallbackView>? Fallbacks);

/// <summary>Counts of what a step takes; the full list is paged under <c>/items</c>.</summary>
public sealed record StepInputs(int Images, int Prompts);

/// <summary>Counts outputs.</summary>
/// <param name="Queued">Ready to be made, or on their way to a worker.</param>
/// <param name="Pct">0–100, one decimal.</param>
/// <param name="EtaSec">Seconds to its end by measured durations; null when it does not run, and before its model was measured.</param>
public sealed record StepProgress(int Total, int Queued, int Running, int Succeeded, int Failed, int Cancelled, decimal Pct, int? EtaSec);

/// <summary>All steps of a pipeline, in step order.</summary>
public sealed record StepList(IReadOnlyList<StepView> Data);

/// <summary>A prompt, an image or a video.</summary>
/// <param name="ItemId">The unit of work that made it; null for a prompt that was added in review.</param>
/// <param name="Type">prompt, image or video.</param>
/// <param name="Prompt">The prompt that made it.</param>
/// <param name="Variation">Set-mode choices by kind; null outside set mode.</param>
/// <param name="Cost">US dollars.</param>
/// <param name="Selected">It goes on.</param>
/// <param name="Verdict">What a person said of it: pick, reject or unset.</param>
/// <param name="Rating">1–5; null when nobody rated it.</param>
/// <param name="ParentOutputId">The output of the step before that it was made from.</param>
/// <param name="ImageIndex">The input image it belongs to; null means any.</param>
/// <param name="PromptIndex">The input prompt it comes from; null when none.</param>
/// <param name="Simulated">The demo renderer made it, not a paid model.</param>
/// <param name="Reused">It is the result of an identical earlier request and cost nothing.</param>
public sealed record OutputView(
    long Id,
    long? ItemId,
    [OutputWords] string Type,
    string? Text,
    string? Url,
    string? ThumbnailUrl,
    long? AssetId,
    int? Width,
    int? Height,
    decimal? DurationSec,
    long? Bytes,
    string? Model,
    string? Prompt,
    IReadOnlyDictionary<string, string>? Variation,
    long? Seed,
    decimal Cost,
    bool Selected,
    Verdict Verdict,
    int? Rating,
    long? ParentOutputId,
    int? ImageIndex,
    int? PromptIndex,
    string? Provider,
    bool Simulated,
    bool Reused,
    DateTimeOffset CreatedAt);

/// <summary>A page of outputs, in their order.</summary>
/// <param name="NextCursor">Give it as <c>cursor</c> for the next page; null on the last.</param>
public sealed record OutputPage(IReadOnlyList<OutputView> Data, string? NextCursor);
