using Contracts.Generation;
using PipelineService.Expansion;
using PipelineService.Pipelines;

namespace PipelineService.Templates;

/// <summary>The templates that come with the product. Each runs at once on sample pictures; models are left to the catalog where any will do.</summary>
internal static class BuiltInTemplates
{
    private static readonly string[] Portrait = ["astronaut.jpg"];

    private static readonly string[] Three = ["astronaut.jpg", "coffee.jpg", "rocket.jpg"];

    public static IReadOnlyList<BuiltInTemplate> All { get; } =
    [
        new(
            1, "Photos into motion", "Prompts are varied, images are made of each, and the best go on as videos: it stops after the images so that you pick them.", Three,
            [
                Pipeline("Photos into motion", "The same subject, photographed for a magazine", PipelineMode.Checkpoint, [StepTypes.ImageToImage],
                    Enhance(5), Step(StepTypes.ImageToImage, new StepConfig { ImagesPerPrompt = 2 }), Step(StepTypes.ImageToVideo, new StepConfig { VideosPerImage = 1, DurationSec = 5 })),
            ]),
        new(
            2, "Four kinds of light", "One idea in four kinds of light, two images of each.", Portrait,
            [Pipeline("Four kinds of light", "The same subject in another light", PipelineMode.Auto, [], Enhance(4, "lighting"), Step(StepTypes.ImageToImage, new StepConfig { ImagesPerPrompt = 2 }))]),
        new(
            3, "Two models side by side", "The same prompts to two image models: two branches that are started together, to be compared.", Portrait,
            [
                Pipeline("Kling Image", "Studio portrait, soft window light", PipelineMode.Auto, [], Step(StepTypes.ImageToImage, new StepConfig { Model = "kling-image" })),
                Pipeline("Nano Banana", "Studio portrait, soft window light", PipelineMode.Auto, [], Step(StepTypes.ImageToImage, new StepConfig { Model = "nano-banana" })),
            ]),
        new(
            4, "A short clip of each photo", "No new images: each photo moves as you describe.", Three,
            [Pipeline("A short clip of each photo", "Slow push in, the subject stays in the centre", PipelineMode.Auto, [], Step(StepTypes.ImageToVideo, new StepConfig { DurationSec = 5 }))]),
        new(
            5, "Angles and expressions", "One face from three angles with three expressions, each combination once.", Portrait,
            [
                Pipeline("Angles and expressions", "The same person in the same clothes", PipelineMode.Auto, [], Step(StepTypes.ImageToImage, new StepConfig
                {
                    SetMode = new SetModeConfig
                    {
                        Coverage = "full",
                        Variations = ["angles", "expressions"],
                        Options = new Dictionary<string, IReadOnlyList<string>> { ["angles"] = ["front", "side", "three_quarter"], ["expressions"] = ["smile", "serious", "neutral"] },
                    },
                })),
            ]),
    ];

    public static BuiltInTemplate? Find(long id) => All.FirstOrDefault(template => template.Id == id);

    private static PipelineRequest Pipeline(string name, string prompt, PipelineMode mode, string[] checkpoints, params StepRequest[] steps) => new()
    {
        Name = name,
        Mode = ServiceDefaults.Storage.SnakeCase.Word(mode),
        Checkpoints = checkpoints.Length > 0 ? checkpoints : null,
        Inputs = new InputsRequest { Images = [], Prompts = [prompt] },
        Steps = steps,
    };

    private static StepRequest Enhance(int variations, string? theme = null) =>
        Step(StepTypes.PromptEnhance, new StepConfig { VariationsPerPrompt = variations, TargetType = "i2i", ThemeFocus = theme });

    private static StepRequest Step(string type, StepConfig config) => new() { StepType = type, Config = config };
}

/// <param name="Samples">File names under <c>/static/samples</c>.</param>
internal sealed record BuiltInTemplate(long Id, string Name, string Description, IReadOnlyList<string> Samples, IReadOnlyList<PipelineRequest> Pipelines);
