namespace Contracts.Generation;

/// <summary>The step types of a pipeline, as they stand in JSON, in the order in which they may appear.</summary>
public static class StepTypes
{
    public const string PromptEnhance = "prompt_enhance";
    public const string ImageToImage = "i2i";
    public const string ImageToVideo = "i2v";

    public static IReadOnlyList<string> InOrder { get; } = [PromptEnhance, ImageToImage, ImageToVideo];

    public static string Lane(string stepType) => stepType switch
    {
        PromptEnhance => Lanes.Enhance,
        ImageToImage => Lanes.Image,
        ImageToVideo => Lanes.Video,
        _ => throw new ArgumentOutOfRangeException(nameof(stepType), stepType, "Not a step type."),
    };
}
