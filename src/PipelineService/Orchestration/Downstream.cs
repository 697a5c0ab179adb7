using PipelineService.Expansion;
using PipelineService.Pipelines;

namespace PipelineService.Orchestration;

/// <summary>Keeps the expected totals of later steps true when outputs of an earlier one will not come, or will after all.</summary>
internal static class Downstream
{
    /// <param name="outputs">Outputs of <paramref name="step"/> gained (positive) or lost for good (negative).</param>
    public static void Change(IReadOnlyList<Step> steps, RunPlan plan, Step step, int outputs)
    {
        var current = plan.Find(step.StepType);
        while (current is not null && plan.After(current) is { } next && next.Feeds == current.StepType)
        {
            // Every output leads to as many as the whole does; exact, because a plan is a product.
            outputs = current.Outputs == 0 ? 0 : (int)(next.Outputs / current.Outputs * outputs);
            var row = steps.First(candidate => candidate.StepType == next.StepType);
            row.Total = Math.Max(row.Succeeded, row.Total + outputs);
            current = next;
        }
    }

    /// <summary>Outputs that a person wants beyond (or short of) what was expected: they change the totals and the estimate.</summary>
    /// <param name="outputs">Of <paramref name="step"/>.</param>
    /// <param name="cascade">Later steps change with it.</param>
    public static void Add(Pipeline pipeline, IReadOnlyList<Step> steps, RunPlan plan, Step step, int outputs, bool cascade)
    {
        var before = steps.ToDictionary(row => row.Id, row => row.Total);
        step.Total = Math.Max(step.Succeeded, step.Total + outputs);
        if (cascade)
        {
            Change(steps, plan, step, outputs);
        }

        foreach (var row in steps.Where(row => row.Total != before[row.Id]))
        {
            var more = (row.Total - before[row.Id]) * row.UnitPrice;
            row.CostEstimate += more;
            row.ProgressDue = true;
            pipeline.CostEstimate += more;
        }
    }
}
