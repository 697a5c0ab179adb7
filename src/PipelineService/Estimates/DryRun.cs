using Contracts.Generation;
using PipelineService.Expansion;
using PipelineService.Pipelines;

namespace PipelineService.Estimates;

/// <summary>Shows a plan without running it. Pure: the items come from the same expansion that a run uses.</summary>
internal static class DryRun
{
    public static DryRunView View(RunPlan plan, Quote quote, IReadOnlyList<string> warnings, int sample) => new(
        quote.Currency, quote.Total, quote.TotalDisplay,
        new DryRunInputs(plan.Images, plan.Prompts.Count, plan.Combine, Tree(plan, quote, plan.Steps.First(step => !step.Skip), null)),
        [.. Sample(plan, quote, sample)], quote.Display, warnings);

    private static DryRunStep Tree(RunPlan plan, Quote quote, StepPlan step, StepPlan? before)
    {
        var line = quote.Find(step.StepType)!;
        return new DryRunStep(
            step.StepType, line.Model, step.Items, step.Outputs, before is null ? null : Money.Plain((decimal)step.Outputs / before.Outputs), Math.Max(1, step.Variations.Count),
            step.StepType == StepTypes.PromptEnhance ? step.UnitsPerItem : step.Takes, line.Unit, line.UnitPrice, line.Amount, line.AmountDisplay,
            plan.After(step) is { } next ? Tree(plan, quote, next, step) : null);
    }

    private static IEnumerable<DryRunItem> Sample(RunPlan plan, Quote quote, int size)
    {
        // The first items of a step stand in for the outputs that the next one would get.
        IEnumerable<NewItem> items = [];
        StepPlan? before = null;
        for (var step = plan.Steps.FirstOrDefault(candidate => !candidate.Skip); step is not null; (before, step) = (step, plan.After(step)))
        {
            var (current, parent) = (step, before);
            items = [.. (parent is null ? ItemExpansion.FromInputs(plan, current, 0) : items.SelectMany(item => Outputs(parent, item)).SelectMany(output => ItemExpansion.FromOutput(plan, current, output, 0))).Take(size)];
            var price = quote.Find(current.StepType)!.UnitPrice * current.UnitsPerItem;
            foreach (var item in items)
            {
                yield return new DryRunItem(current.StepType, item.Ordinal + 1, item.Input.ImageIndex, item.Input.Prompt, item.Input.Variation, Money.Plain(price));
            }
        }
    }

    private static IEnumerable<ParentOutput> Outputs(StepPlan step, NewItem item)
    {
        for (var index = 0; index < step.UnitsPerItem; index++)
        {
            var prompt = step.StepType == StepTypes.PromptEnhance ? $"<variation {index + 1} of: {item.Input.Prompt}>" : item.Input.Prompt;
            yield return new ParentOutput(
                0, step.StepType == StepTypes.PromptEnhance ? "prompt" : "image", (item.Ordinal * step.UnitsPerItem) + index, prompt, item.Input.ImageIndex, item.Input.PromptIndex);
        }
    }
}
