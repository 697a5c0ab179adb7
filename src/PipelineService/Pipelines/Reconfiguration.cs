using System.Text.Json;
using PipelineService.Expansion;
using PipelineService.Pipelines.Drafts;

namespace PipelineService.Pipelines;

/// <summary>Changes the configuration of a stored pipeline: all of it before it starts, afterwards what has not begun. Pure, but for the rows it is given.</summary>
internal static class Reconfiguration
{
    /// <summary>What of a draft differs from the pipeline and can no longer change, as JSON pointers.</summary>
    /// <param name="inputs">The stored ones.</param>
    public static IReadOnlyList<string> Frozen(Pipeline pipeline, IReadOnlyList<Step> steps, PipelineInputs inputs, PricedDraft priced)
    {
        if (pipeline.Status == PipelineStatus.Pending)
        {
            return [];
        }

        var draft = priced.Draft;
        var frozen = new List<string>();
        Expect(draft.Mode == pipeline.Mode, "/mode");
        Expect(draft.Review == pipeline.Review, "/review");
        Expect(priced.Images.Select(image => image.AssetId).SequenceEqual(inputs.Images.Select(image => image.AssetId)), "/inputs/images");
        Expect(draft.Prompts.SequenceEqual(inputs.Prompts), "/inputs/prompts");
        Expect(draft.Combine == pipeline.Combine, "/inputs/combine");
        Expect(draft.OnItemFailure == pipeline.OnItemFailure, "/on_item_failure");
        Expect(draft.Reuse == pipeline.Reuse, "/reuse");
        Expect(draft.Simulate == pipeline.Simulate, "/simulate");
        Expect(draft.WebhookUrl == pipeline.WebhookUrl, "/webhook_url");
        var sameSteps = draft.Steps.Select(step => step.StepType).SequenceEqual(steps.Select(step => step.StepType));
        Expect(sameSteps, "/steps");
        for (var index = 0; sameSteps && index < steps.Count; index++)
        {
            Expect(CanChange(pipeline, steps, steps[index]) || Text(draft.Steps[index].Config) == Text(inputs.Whole(steps[index])), $"/steps/{index}/config");
        }

        return frozen;

        void Expect(bool same, string pointer)
        {
            if (!same)
            {
                frozen.Add(pointer);
            }
        }
    }

    /// <summary>
    /// Whether a step's config may still change: it has not begun, and neither has any behind it. Once the run has begun a skipped step stays skipped,
    /// because what it would have taken may have passed it already.
    /// </summary>
    public static bool CanChange(Pipeline pipeline, IReadOnlyList<Step> steps, Step step) =>
        pipeline.Status == PipelineStatus.Pending
        || (pipeline.Status is PipelineStatus.Running or PipelineStatus.Paused && step.Status == StepStatus.Pending
            && steps.Where(row => row.StepOrder > step.StepOrder).All(NotBegun));

    /// <summary>Gives the steps that have not begun their new config, price and totals. Same steps, in the same order.</summary>
    /// <param name="before">The plan of the stored configuration.</param>
    public static void Configure(Pipeline pipeline, IReadOnlyList<Step> steps, RunPlan before, PricedDraft priced, DateTimeOffset now)
    {
        var plan = priced.Draft.Plan;
        var total = Totals(pipeline, steps, before, plan);
        for (var index = 0; index < steps.Count; index++)
        {
            var step = steps[index];
            if (!CanChange(pipeline, steps, step))
            {
                continue;
            }

            PipelineCreation.Configure(step, priced.Draft.Steps[index], plan.Steps[index], priced.Quote.Find(step.StepType)?.UnitPrice ?? 0m, total(plan.Steps[index]), now);
            step.Version++;
        }

        pipeline.CostEstimate = steps.Sum(step => step.CostEstimate);
        if (steps.FirstOrDefault(step => step.Id == pipeline.CurrentStepId) is { Status: StepStatus.Skipped } skipped)
        {
            pipeline.CurrentStepId = steps.FirstOrDefault(step => step.StepOrder > skipped.StepOrder && step.Status == StepStatus.Pending)?.Id;
        }

        pipeline.UpdatedAt = now;
        pipeline.Version++;
        pipeline.ConfigVersion++;
    }

    /// <summary>
    /// Outputs to expect of a step. Once a run has begun, what failed or was not selected is missing from the plan's numbers: the last step that has
    /// begun says how much there is to go on with, and from there the plan is a product.
    /// </summary>
    private static Func<StepPlan, int> Totals(Pipeline pipeline, IReadOnlyList<Step> steps, RunPlan before, RunPlan after)
    {
        if (pipeline.Status == PipelineStatus.Pending || steps.LastOrDefault(step => !NotBegun(step)) is not { } last)
        {
            return plan => (int)plan.Outputs;
        }

        var begun = before.Find(last.StepType)!;
        var goesOn = before.After(begun) is { Outputs: > 0 } next
            ? steps.First(step => step.StepType == next.StepType).Total * begun.Outputs / next.Outputs
            : last.Total - last.Failed;
        return plan => plan.Skip ? 0 : (int)(goesOn * plan.Outputs / Math.Max(1, begun.Outputs));
    }

    private static bool NotBegun(Step step) => step.Status is StepStatus.Pending or StepStatus.Skipped;

    private static string Text(StepConfig config) => JsonSerializer.Serialize(config, StepConfigJson.Options);
}
