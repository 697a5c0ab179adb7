using Contracts.Generation;

namespace PipelineService.Pipelines;

/// <summary>A unit of work as clients see it: one paid call.</summary>
/// <param name="Attempts">How often it was tried, this time included; a crash of a worker does not count.</param>
/// <param name="Units">Outputs it is expected to yield.</param>
/// <param name="ProviderRequestId">The provider's own id of the job, for support.</param>
/// <param name="Reused">It took the result of an identical earlier request and cost nothing.</param>
/// <param name="Resolved">Model and parameters of its own, after a retry with another model; null: those of its step.</param>
/// <param name="QuotedCost">US dollars.</param>
/// <param name="ActualCost">US dollars charged so far.</param>
/// <param name="DueAt">It is tried again at this time; null means as soon as it is its turn.</param>
public sealed record ItemView(
    long Id,
    ItemStatus Status,
    int Attempts,
    int Units,
    ItemInputView Input,
    string? Provider,
    string? ProviderRequestId,
    bool Simulated,
    bool Reused,
    GenerationParameters? Resolved,
    decimal QuotedCost,
    decimal ActualCost,
    ItemError? Error,
    bool CancelRequested,
    DateTimeOffset QueuedAt,
    DateTimeOffset? DispatchedAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? FinishedAt,
    DateTimeOffset? DueAt)
{
    internal static ItemView Of(Item item) => new(
        item.Id, item.Status, item.Attempt, item.Units,
        new ItemInputView(item.Input.Prompt, item.Input.Original, item.SourceAssetId, item.ParentOutputId, item.Input.ImageIndex, item.Input.PromptIndex, item.Input.Variation, item.Input.Seed),
        item.Provider, item.ProviderRequestId, item.Simulated, item.Reused, item.Resolved, Money.Plain(item.QuotedCost), Money.Plain(item.ActualCost),
        item.ErrorCode is { } code ? new ItemError(code, item.ErrorMessage ?? string.Empty, item.ErrorRetryable ?? false) : null,
        item.CancelRequested, item.QueuedAt, item.DispatchedAt, item.StartedAt, item.FinishedAt, item.DueAt);
}

/// <summary>What an item is made from.</summary>
/// <param name="Prompt">As it is sent.</param>
/// <param name="OriginalPrompt">The longer one it was shortened from; null when it was not.</param>
/// <param name="SourceAssetId">The picture it takes; null for prompts without one.</param>
/// <param name="ParentOutputId">The output of the step before that it follows from.</param>
/// <param name="ImageIndex">The input image it descends from, from 0.</param>
/// <param name="PromptIndex">The input prompt it descends from, from 0.</param>
/// <param name="Variation">Set-mode choices by kind; null outside set mode.</param>
public sealed record ItemInputView(
    string Prompt,
    string? OriginalPrompt,
    long? SourceAssetId,
    long? ParentOutputId,
    int? ImageIndex,
    int? PromptIndex,
    IReadOnlyDictionary<string, string>? Variation,
    long Seed);

/// <summary>Why its last attempt failed.</summary>
/// <param name="Code">Stable, for programs.</param>
/// <param name="Message">For people.</param>
/// <param name="Retryable">Another attempt may succeed.</param>
public sealed record ItemError(string Code, string Message, bool Retryable);

/// <summary>A page of items, in their order.</summary>
/// <param name="NextCursor">Give it as <c>cursor</c> for the next page; null on the last.</param>
public sealed record ItemPage(IReadOnlyList<ItemView> Data, string? NextCursor);
