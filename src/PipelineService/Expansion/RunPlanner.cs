using Contracts.Generation;
using PipelineService.Pipelines;

namespace PipelineService.Expansion;

/// <summary>A step as it goes into the plan: checked config and resolved parameters.</summary>
/// <param name="Provider">Who makes its outputs; null where that is of no matter.</param>
public sealed record PlannedStep(string StepType, StepConfig Config, GenerationParameters? Parameters, int? PromptMaxChars, string? Provider = null);

/// <summary>Counts what a run multiplies out to, without making a single item. Pure.</summary>
public static class RunPlanner
{
    public const int DefaultVariationsPerPrompt = 5;

    public static RunPlan Plan(int images, IReadOnlyList<string> prompts, Combine combine, IReadOnlyList<PlannedStep> steps)
    {
        var plans = new List<StepPlan>();
        foreach (var step in steps)
        {
            var skip = step.Config.Skip;
            var before = plans.LastOrDefault(plan => !plan.Skip);
            var plan = new StepPlan
            {
                StepType = step.StepType,
                Order = plans.Count + 1,
                Skip = skip,
                Config = step.Config,
                Parameters = step.Parameters,
                Provider = step.Provider,
                PromptMaxChars = step.PromptMaxChars,
                Feeds = before?.StepType,
            };
            plans.Add(skip ? plan : step.StepType switch
            {
                StepTypes.PromptEnhance => Enhance(plan, images, prompts, combine),
                StepTypes.ImageToImage => Generate(plan, SetMode.Variations(step.Config.SetMode), ImageTakes(step.Config), step.Config.Prompts, plans, images, prompts, combine),
                _ => Generate(plan, [], step.Config.VideosPerImage ?? 1, step.Config.MotionPrompts, plans, images, prompts, combine),
            });
        }

        return new RunPlan(images, prompts, combine, plans);
    }

    /// <summary>Cells of images and prompts: all of them, or one to one.</summary>
    public static long Cells(int images, int prompts, Combine combine) => combine switch
    {
        Combine.Paired => images == 0 ? prompts : Math.Max(images, prompts),
        _ => (long)Math.Max(1, images) * prompts,
    };

    private static int ImageTakes(StepConfig config) =>
        config.SetMode is { Enabled: true } set ? set.CountPerVariation ?? 1 : config.ImagesPerPrompt ?? 1;

    private static StepPlan Enhance(StepPlan plan, int images, IReadOnlyList<string> prompts, Combine combine)
    {
        var own = plan.Config.InputPrompts is { Count: > 0 } given ? given : prompts;
        var perImage = images > 0 && plan.Config.Scope != "shared";
        return plan with
        {
            OwnPrompts = own,
            PerImage = perImage,
            UnitsPerItem = plan.Config.VariationsPerPrompt ?? DefaultVariationsPerPrompt,
            ImagesIn = perImage ? images : 0,
            PromptsIn = own.Count,
            Items = perImage ? Cells(images, own.Count, combine) : own.Count,
        };
    }

    private static StepPlan Generate(
        StepPlan plan, IReadOnlyList<IReadOnlyDictionary<string, string>> variations, int takes, IReadOnlyList<string>? ownPrompts,
        List<StepPlan> before, int images, IReadOnlyList<string> prompts, Combine combine)
    {
        plan = plan with { Variations = variations, Takes = takes };
        var feeder = before.LastOrDefault(step => !step.Skip && step.StepType == plan.Feeds);
        if (feeder is null)
        {
            // From the inputs: its own prompts meet every image; the pipeline's meet them as `combine` says.
            var own = ownPrompts is { Count: > 0 } ? ownPrompts : prompts;
            var cells = Cells(images, own.Count, ReferenceEquals(own, prompts) ? combine : Combine.All);
            return plan with { OwnPrompts = own, ImagesIn = images, PromptsIn = own.Count, Items = cells * plan.ItemsPerCell };
        }

        if (feeder.StepType == StepTypes.PromptEnhance)
        {
            var bound = feeder.PerImage ? feeder.Outputs : BoundCells(feeder, images, combine);
            return plan with { ImagesIn = images, PromptsIn = (int)feeder.Outputs, Items = bound * plan.ItemsPerCell };
        }

        var motions = ownPrompts is { Count: > 0 } ? ownPrompts : [];
        return plan with
        {
            OwnPrompts = motions,
            ImagesIn = (int)feeder.Outputs,
            PromptsIn = motions.Count,
            Items = feeder.Outputs * Math.Max(1, motions.Count) * plan.ItemsPerCell,
        };
    }

    // A shared set meets all images; paired, the variations of prompt i meet image i.
    private static long BoundCells(StepPlan enhance, int images, Combine combine) =>
        combine == Combine.Paired
            ? Math.Max(images, enhance.PromptsIn) * (long)enhance.UnitsPerItem
            : Math.Max(1, images) * enhance.Outputs;
}
