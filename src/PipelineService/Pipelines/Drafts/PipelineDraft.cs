using Contracts.Generation;
using PipelineService.Expansion;

namespace PipelineService.Pipelines.Drafts;

/// <summary>A request in which everything that can be known without asking anybody has been found good.</summary>
/// <param name="Checkpoints">Step types, in step order.</param>
/// <param name="Warnings">Sentences for people: what is delivered differently, what is not used, what ends soon.</param>
internal sealed record PipelineDraft(
    string Name,
    PipelineMode Mode,
    string[] Checkpoints,
    ReviewFlow Review,
    IReadOnlyList<DraftImage> Images,
    IReadOnlyList<string> Prompts,
    Combine Combine,
    IReadOnlyList<StepDraft> Steps,
    decimal? BudgetUsd,
    OnItemFailure OnItemFailure,
    bool Reuse,
    string? WebhookUrl,
    string[] Tags,
    RunPlan Plan,
    IReadOnlyList<string> Warnings)
{
    /// <summary>What it has in common with others that belong to it; null for one by itself.</summary>
    public Guid? RunGroupId { get; init; }

    /// <summary>The demo renderer makes all of it.</summary>
    public bool Simulate { get; init; }
}

/// <summary>Exactly one of the two is given.</summary>
internal readonly record struct DraftImage(long? AssetId, string? Url);

/// <param name="Resolved">Null for prompt_enhance and skipped steps.</param>
/// <param name="Provider">Who serves it; null for skipped steps.</param>
internal sealed record StepDraft(string StepType, StepConfig Config, GenerationParameters? Resolved, string? Provider)
{
    /// <summary>Who else can make it as asked, where that is allowed; their prices come last.</summary>
    public IReadOnlyList<StepFallback> Fallbacks { get; init; } = [];
}

/// <summary>What came of checking a request.</summary>
/// <param name="Draft">To be used only when there are no faults.</param>
internal sealed record CheckedRequest(PipelineDraft Draft, Faults Faults);
