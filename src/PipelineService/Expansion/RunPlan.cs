using Contracts.Generation;
using PipelineService.Pipelines;

namespace PipelineService.Expansion;

/// <summary>What a run multiplies out to. Estimate, dry run and run all come from here.</summary>
/// <param name="Images">How many input images there are.</param>
public sealed record RunPlan(int Images, IReadOnlyList<string> Prompts, Combine Combine, IReadOnlyList<StepPlan> Steps)
{
    /// <summary>How many prompts there are, also where they are left out.</summary>
    public int PromptCount { get; init; } = Prompts.Count;

    public StepPlan? Find(string stepType) => Steps.FirstOrDefault(step => step.StepType == stepType);

    /// <summary>The same without the prompts that steps start from: enough for all that follows from outputs, and as small for a large run as for a small one.</summary>
    public RunPlan WithoutInputs() => this with
    {
        Prompts = [],
        Steps = [.. Steps.Select(step => step with { OwnPrompts = step.Feeds is null ? [] : step.OwnPrompts, Config = StepPrompts.Without(step.StepType, step.Config) })],
    };

    /// <summary>The step that takes this one's outputs: the next one that is not skipped.</summary>
    public StepPlan? After(StepPlan step) => Steps.FirstOrDefault(other => other.Order > step.Order && !other.Skip);
}

/// <summary>One step's place in the multiplication.</summary>
public sealed record StepPlan
{
    public required string StepType { get; init; }

    /// <summary>From 1.</summary>
    public required int Order { get; init; }

    public required bool Skip { get; init; }

    public required StepConfig Config { get; init; }

    public GenerationParameters? Parameters { get; init; }

    /// <summary>Who makes its outputs; null where that is of no matter.</summary>
    public string? Provider { get; init; }

    /// <summary>Longest prompt its model takes; null when it states none.</summary>
    public int? PromptMaxChars { get; init; }

    /// <summary>The step whose outputs it takes; null when it takes the pipeline's inputs.</summary>
    public string? Feeds { get; init; }

    /// <summary>Set-mode variations, or one empty one.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, string>> Variations { get; init; } = [];

    /// <summary>Repetitions of each cell.</summary>
    public int Takes { get; init; } = 1;

    /// <summary>Outputs an item yields: the variations of a prompt, else 1.</summary>
    public int UnitsPerItem { get; init; } = 1;

    /// <summary>Prompts of its own, which meet everything; empty when it takes what comes.</summary>
    public IReadOnlyList<string> OwnPrompts { get; init; } = [];

    /// <summary>Each image gets its own variations (prompt_enhance only).</summary>
    public bool PerImage { get; init; }

    /// <summary>Items that one output of the step before leads to, when it is bound to one image.</summary>
    public int ItemsPerCell => Math.Max(1, Variations.Count) * Takes;

    /// <summary>Source images and prompts it starts from.</summary>
    public int ImagesIn { get; init; }

    public int PromptsIn { get; init; }

    public long Items { get; init; }

    public long Outputs => Items * UnitsPerItem;
}
