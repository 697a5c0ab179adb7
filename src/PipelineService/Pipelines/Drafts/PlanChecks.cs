using Contracts.Generation;
using PipelineService.Expansion;
using Providers.Catalog;

namespace PipelineService.Pipelines.Drafts;

/// <summary>What only shows when images, prompts and steps are multiplied out. Pure.</summary>
internal static class PlanChecks
{
    public static void Check(RunPlan plan, IReadOnlyList<ModelInfo?> models, PipelineLimits limits, Faults faults)
    {
        if (plan.Steps.All(step => step.Skip))
        {
            faults.Add("/steps", "At least one step has to run; not all can be skipped.");
            return;
        }

        if (plan.Images == 0 && plan.Steps.FirstOrDefault(step => !step.Skip && step.StepType != StepTypes.PromptEnhance) is { } generator)
        {
            faults.Add("/inputs/images", $"{generator.StepType} works on pictures: give at least one image, as {{ \"asset_id\": … }} or {{ \"url\": \"https://…\" }}.");
        }

        foreach (var step in plan.Steps.Where(step => !step.Skip))
        {
            Check(plan, step, models[step.Order - 1], limits, faults);
        }
    }

    /// <summary>Sentences about what was given and is not used.</summary>
    public static IEnumerable<string> Warnings(RunPlan plan)
    {
        foreach (var step in plan.Steps.Where(step => !step.Skip))
        {
            if (step.Feeds == StepTypes.PromptEnhance && step.Config.Prompts is { Count: > 0 })
            {
                yield return "i2i: its own prompts are not used, because the enhanced ones come in.";
            }

            if (step.Feeds == StepTypes.PromptEnhance && step.Config.MotionPrompts is { Count: > 0 })
            {
                yield return "i2v: its motion_prompts are not used, because the enhanced prompts come in.";
            }

            if (step.Config is { SetMode.Enabled: true, ImagesPerPrompt: not null })
            {
                yield return "i2i: images_per_prompt is not used in set mode; count_per_variation takes its place.";
            }
        }
    }

    private static void Check(RunPlan plan, StepPlan step, ModelInfo? model, PipelineLimits limits, Faults faults)
    {
        var at = $"/steps/{step.Order - 1}";
        if (step.Feeds is null)
        {
            var (prompts, pointer) = Prompts(plan, step);
            if (prompts.Count == 0)
            {
                faults.Add("/inputs/prompts", $"{step.StepType} needs a prompt: give one here, or in {at}/config/{OwnField(step.StepType)}.");
            }

            Paired(plan, step, prompts.Count, pointer, faults);
            Lengths(model, prompts, pointer, faults);
        }
        else if (step.Feeds == StepTypes.ImageToImage && step.OwnPrompts.Count > 0)
        {
            Lengths(model, step.OwnPrompts, $"{at}/config/{OwnField(step.StepType)}", faults);
        }

        if (step.Items > limits.MaxItemsPerStep)
        {
            faults.Add(at, $"This step would make {step.Items:N0} items; at most {limits.MaxItemsPerStep:N0} are possible. Use fewer images, prompts or repetitions.");
        }
    }

    // One to one holds for an enhancer's prompts wherever they come from, and for a generator's only when they are the pipeline's own.
    private static void Paired(RunPlan plan, StepPlan step, int prompts, string pointer, Faults faults)
    {
        if (plan.Combine == Combine.Paired && plan.Images > 1 && prompts > 1 && plan.Images != prompts
            && (step.StepType == StepTypes.PromptEnhance || pointer == "/inputs/prompts"))
        {
            faults.Add(pointer, $"With combine 'paired' there must be as many prompts as images, or one of either: {plan.Images:N0} images, {prompts:N0} prompts.");
        }
    }

    private static void Lengths(ModelInfo? model, IReadOnlyList<string> prompts, string pointer, Faults faults)
    {
        if (model is null)
        {
            return;
        }

        for (var index = 0; index < prompts.Count; index++)
        {
            if (PromptLimit.Refusal(model, prompts[index]) is { } refusal)
            {
                faults.Add($"{pointer}/{index}", refusal);
            }
        }
    }

    private static (IReadOnlyList<string> Prompts, string Pointer) Prompts(RunPlan plan, StepPlan step) =>
        ReferenceEquals(step.OwnPrompts, plan.Prompts)
            ? (plan.Prompts, "/inputs/prompts")
            : (step.OwnPrompts, $"/steps/{step.Order - 1}/config/{OwnField(step.StepType)}");

    private static string OwnField(string stepType) => stepType switch
    {
        StepTypes.PromptEnhance => "input_prompts",
        StepTypes.ImageToImage => "prompts",
        _ => "motion_prompts",
    };
}
