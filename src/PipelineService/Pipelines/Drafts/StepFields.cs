using Contracts.Generation;

namespace PipelineService.Pipelines.Drafts;

/// <summary>Which field of a config belongs to which step type.</summary>
internal static class StepFields
{
    private static readonly string[] Enhance = [StepTypes.PromptEnhance];
    private static readonly string[] Image = [StepTypes.ImageToImage];
    private static readonly string[] Video = [StepTypes.ImageToVideo];
    private static readonly string[] Generators = [StepTypes.ImageToImage, StepTypes.ImageToVideo];

    private static readonly (string Name, string[] Types, Func<StepConfig, bool> Given)[] All =
    [
        ("input_prompts", Enhance, config => config.InputPrompts is not null),
        ("variations_per_prompt", Enhance, config => config.VariationsPerPrompt is not null),
        ("target_type", Enhance, config => config.TargetType is not null),
        ("style_hints", Enhance, config => config.StyleHints is not null),
        ("theme_focus", Enhance, config => config.ThemeFocus is not null),
        ("scope", Enhance, config => config.Scope is not null),
        ("provider", Enhance, config => config.Provider is not null),
        ("model", Generators, config => config.Model is not null),
        ("prompts", Image, config => config.Prompts is not null),
        ("motion_prompts", Video, config => config.MotionPrompts is not null),
        ("images_per_prompt", Image, config => config.ImagesPerPrompt is not null),
        ("videos_per_image", Video, config => config.VideosPerImage is not null),
        ("aspect_ratio", Generators, config => config.AspectRatio is not null),
        ("resolution", Generators, config => config.Resolution is not null),
        ("quality", Image, config => config.Quality is not null),
        ("duration_sec", Video, config => config.DurationSec is not null),
        ("audio", Video, config => config.Audio is not null),
        ("negative_prompt", Generators, config => config.NegativePrompt is not null),
        ("seed", Generators, config => config.Seed is not null),
        ("fallback", Generators, config => config.Fallback is not null),
        ("set_mode", Image, config => config.SetMode is not null),
        ("skip", [StepTypes.PromptEnhance, StepTypes.ImageToImage, StepTypes.ImageToVideo], config => config.Skip),
    ];

    public static IReadOnlyList<string> Of(string stepType) => [.. All.Where(field => field.Types.Contains(stepType)).Select(field => field.Name)];

    /// <summary>Refuses, by name, the fields that this step type does not have.</summary>
    /// <param name="at">Pointer of the config.</param>
    public static void Refuse(string at, string stepType, StepConfig config, Faults faults)
    {
        var known = Of(stepType);
        foreach (var field in All.Where(field => !field.Types.Contains(stepType) && field.Given(config)))
        {
            faults.Add($"{at}/{field.Name}", $"A {stepType} step has no {field.Name}; that belongs to {string.Join(" and ", field.Types)}. Accepted: {string.Join(", ", known)}.");
        }

        faults.Unknown(at, config.Unknown, known);
    }
}
