using Contracts.Generation;
using PipelineService.Pipelines;
using Providers.Local;

namespace PipelineService.Expansion;

/// <summary>An item to be written.</summary>
/// <param name="Image">The input image it takes; null when it takes its parent's picture or none.</param>
public readonly record struct NewItem(long Ordinal, long? ParentOutputId, int? Image, ItemInput Input);

/// <summary>An output that goes on to the next step.</summary>
/// <param name="Ordinal">Its position in its step.</param>
/// <param name="Text">The prompt it is, or that made it.</param>
/// <param name="ImageIndex">The input image it is bound to; null means any.</param>
/// <param name="PromptIndex">The input prompt it comes from; null for one added in review.</param>
public readonly record struct ParentOutput(long Id, string Type, long Ordinal, string Text, int? ImageIndex, int? PromptIndex);

/// <summary>M images × P prompts × N outputs, one item after the other. Pure: no clock, no I/O; the same request numbers its items alike.</summary>
public static class ItemExpansion
{
    /// <summary>Items of a step that starts from the pipeline's inputs. Takes vary fastest, then variations, then prompts, then images.</summary>
    /// <param name="seedBase">Stands in for the seed where the config gives none.</param>
    public static IEnumerable<NewItem> FromInputs(RunPlan plan, StepPlan step, long seedBase)
    {
        var own = step.OwnPrompts;
        var ordinal = 0L;
        if (step.StepType == StepTypes.PromptEnhance)
        {
            foreach (var (image, prompt) in step.PerImage ? Pairs(plan.Images, own.Count, plan.Combine) : Shared(own.Count))
            {
                yield return new NewItem(ordinal, null, image, Input(step, own[prompt], image, prompt, null, 0, seedBase, ordinal));
                ordinal++;
            }

            yield break;
        }

        var combine = ReferenceEquals(own, plan.Prompts) || own.SequenceEqual(plan.Prompts, StringComparer.Ordinal) ? plan.Combine : Combine.All;
        foreach (var (image, prompt) in Pairs(plan.Images, own.Count, combine))
        {
            foreach (var input in Cell(step, own[prompt], image, prompt, seedBase, ordinal))
            {
                yield return new NewItem(ordinal++, null, image, input);
            }
        }
    }

    /// <summary>Items that follow from one output of the step before.</summary>
    public static IEnumerable<NewItem> FromOutput(RunPlan plan, StepPlan step, ParentOutput parent, long seedBase)
    {
        if (parent.Type != "prompt")
        {
            var motions = step.OwnPrompts.Count > 0 ? step.OwnPrompts : [MotionPrompt.From(parent.Text)];
            var first = parent.Ordinal * motions.Count * step.ItemsPerCell;
            foreach (var motion in motions)
            {
                foreach (var input in Cell(step, motion, parent.ImageIndex, parent.PromptIndex, seedBase, first))
                {
                    yield return new NewItem(first++, parent.Id, null, input);
                }
            }

            yield break;
        }

        var feeder = plan.Find(StepTypes.PromptEnhance);
        var promptsInSet = feeder is null || feeder.PerImage ? 0 : feeder.Outputs;
        var images = BoundImages(plan, parent).ToList();
        foreach (var image in images)
        {
            // A shared set is numbered once for each image it meets; one that meets a single image only once.
            var ordinal = ((images.Count > 1 && image is { } index ? index * promptsInSet : 0) + parent.Ordinal) * step.ItemsPerCell;
            foreach (var input in Cell(step, parent.Text, image, parent.PromptIndex, seedBase, ordinal))
            {
                yield return new NewItem(ordinal++, parent.Id, image, input);
            }
        }
    }

    /// <summary>How many items <see cref="FromOutput"/> yields, without making them.</summary>
    public static int CountFromOutput(RunPlan plan, StepPlan step, string type, int? imageIndex, int? promptIndex) =>
        type == "prompt"
            ? BoundImages(plan, new ParentOutput(0, type, 0, string.Empty, imageIndex, promptIndex)).Count() * step.ItemsPerCell
            : Math.Max(1, step.OwnPrompts.Count) * step.ItemsPerCell;

    // A prompt bound to an image meets only that one; a shared one meets all, or its partner when paired.
    private static IEnumerable<int?> BoundImages(RunPlan plan, ParentOutput parent)
    {
        if (parent.ImageIndex is { } bound)
        {
            return [bound];
        }

        if (plan.Images == 0)
        {
            return [null];
        }

        var all = Enumerable.Range(0, plan.Images).Select(index => (int?)index);
        var prompts = plan.Find(StepTypes.PromptEnhance)?.PromptsIn ?? plan.PromptCount;
        return plan.Combine == Combine.Paired && parent.PromptIndex is { } prompt && prompts > 1
            ? [plan.Images == 1 ? 0 : prompt]
            : all;
    }

    private static IEnumerable<ItemInput> Cell(StepPlan step, string prompt, int? image, int? promptIndex, long seedBase, long firstOrdinal)
    {
        var variations = step.Variations.Count > 0 ? step.Variations : [new Dictionary<string, string>()];
        var ordinal = firstOrdinal;
        foreach (var variation in variations)
        {
            for (var take = 0; take < step.Takes; take++)
            {
                yield return Input(step, VariationText.Apply(prompt, variation), image, promptIndex, variation, take, seedBase, ordinal++);
            }
        }
    }

    private static ItemInput Input(
        StepPlan step, string prompt, int? image, int? promptIndex, IReadOnlyDictionary<string, string>? variation, int take, long seedBase, long ordinal)
    {
        var sent = step.PromptMaxChars is { } limit && prompt.Length > limit ? Providers.Catalog.PromptLimit.Shorten(prompt, limit) : prompt;
        return new ItemInput(
            sent,
            ReferenceEquals(sent, prompt) ? null : prompt,
            image,
            promptIndex,
            variation is { Count: > 0 } ? variation : null,
            take,
            Seeds.Of(step.Config.Seed, seedBase, step.Order, ordinal, take));
    }

    private static IEnumerable<(int? Image, int Prompt)> Shared(int prompts) => Enumerable.Range(0, prompts).Select(prompt => ((int?)null, prompt));

    private static IEnumerable<(int? Image, int Prompt)> Pairs(int images, int prompts, Combine combine)
    {
        if (images == 0)
        {
            return Shared(prompts);
        }

        return combine == Combine.Paired
            ? Enumerable.Range(0, Math.Max(images, prompts)).Select(index => ((int?)(images == 1 ? 0 : index), prompts == 1 ? 0 : index))
            : Enumerable.Range(0, images).SelectMany(image => Enumerable.Range(0, prompts).Select(prompt => ((int?)image, prompt)));
    }
}
