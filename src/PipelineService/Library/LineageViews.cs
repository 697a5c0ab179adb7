using Contracts.Generation;
using ServiceDefaults.OpenApi;

namespace PipelineService.Library;

/// <summary>How an asset came to be, and what came of it.</summary>
/// <param name="Chain">From the first photo to the asset itself, which is the last: photo, prompt, enhanced prompt, image, video, as far as there were such steps.</param>
/// <param name="Made">What was made of it and of those within the same run, the first 100 in the order they were made.</param>
/// <param name="MadeTotal">How many there are; all of them are under <c>/assets?made_from=</c>.</param>
/// <param name="Cost">US dollars that the chain cost in all.</param>
public sealed record LineageView(long AssetId, IReadOnlyList<LineageNode> Chain, IReadOnlyList<LineageNode> Made, int MadeTotal, decimal Cost);

/// <summary>A step on the way.</summary>
/// <param name="AssetId">Null for words.</param>
/// <param name="FromAssetId">The picture it was made from.</param>
/// <param name="Text">The words of a prompt; null for media.</param>
/// <param name="Prompt">What the model was asked; null for what nobody asked a model for.</param>
/// <param name="State">there, trashed or removed: what became of its file.</param>
/// <param name="InsteadOf">The provider that was to make it, where another stood in.</param>
/// <param name="Parameters">Model and all that was asked of it, after defaults; null for what no model made.</param>
/// <param name="Cost">US dollars.</param>
/// <param name="Making">Attempts and times; null for what was not made by an item that is still known.</param>
public sealed record LineageNode(
    [property: Words("source", "prompt", "enhanced_prompt", "image", "video")] string Kind,
    long? AssetId,
    long? OutputId,
    long? FromAssetId,
    string? Name,
    string? Text,
    string? Prompt,
    string? ThumbnailUrl,
    string? Url,
    int? Width,
    int? Height,
    decimal? DurationSec,
    [property: Words("there", "trashed", "removed")] string State,
    long? PipelineId,
    string? PipelineName,
    long? StepId,
    string? Model,
    string? Provider,
    string? InsteadOf,
    bool Simulated,
    bool Reused,
    GenerationParameters? Parameters,
    IReadOnlyDictionary<string, string>? Variation,
    long? Seed,
    decimal Cost,
    LineageMaking? Making,
    DateTimeOffset? CreatedAt);

/// <summary>How an output was made.</summary>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="Crashes">How often a worker was lost while it ran; these are no attempts.</param>
/// <param name="ProviderRequestId">The provider's own id of the job, for support.</param>
/// <param name="QuotedCost">US dollars.</param>
/// <param name="ActualCost">US dollars charged.</param>
/// <param name="Earlier">What earlier attempts were asked, where a retry changed it, oldest first.</param>
public sealed record LineageMaking(
    long ItemId,
    int Attempts,
    int Crashes,
    string? ProviderRequestId,
    decimal QuotedCost,
    decimal ActualCost,
    DateTimeOffset QueuedAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? FinishedAt,
    IReadOnlyList<EarlierAttempt> Earlier);

/// <param name="UntilAttempt">The last attempt on these terms.</param>
/// <param name="Model">Null: that of its step.</param>
/// <param name="Provider">Null: that of its step.</param>
/// <param name="QuotedCost">US dollars.</param>
public sealed record EarlierAttempt(int UntilAttempt, string? Model, string? Provider, string Prompt, long Seed, decimal QuotedCost);
