using Contracts.Generation;

namespace PipelineService.Pipelines;

/// <summary>The prompts in a step's config: each type has them in a field of its own.</summary>
internal static class StepPrompts
{
    /// <returns>Null when none are given.</returns>
    public static IReadOnlyList<string>? Of(string stepType, StepConfig config) => stepType switch
    {
        StepTypes.PromptEnhance => config.InputPrompts,
        StepTypes.ImageToImage => config.Prompts,
        _ => config.MotionPrompts,
    };

    public static StepConfig Put(string stepType, StepConfig config, IReadOnlyList<string>? prompts) => stepType switch
    {
        StepTypes.PromptEnhance => config with { InputPrompts = prompts },
        StepTypes.ImageToImage => config with { Prompts = prompts },
        _ => config with { MotionPrompts = prompts },
    };

    /// <summary>The config as its row keeps it. An empty list stays, because it was given.</summary>
    public static StepConfig Without(string stepType, StepConfig config) => Of(stepType, config) is { Count: > 0 } ? Put(stepType, config, null) : config;
}
