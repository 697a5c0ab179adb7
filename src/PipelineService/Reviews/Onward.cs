using Microsoft.EntityFrameworkCore;
using PipelineService.Expansion;
using PipelineService.Orchestration;
using PipelineService.Pipelines;
using PipelineService.Retries;
using PipelineService.Storage;

namespace PipelineService.Reviews;

/// <summary>Counts what would go on from a step and prices it as the run would. Reads only.</summary>
internal sealed class Onward(PipelineDbContext db, PipelineReading reading, RunPlans plans)
{
    /// <returns>Null when the tenant has no such step.</returns>
    public async Task<OnwardView?> OfAsync(long tenantId, long pipelineId, long stepId, bool leaveOut, CancellationToken cancellationToken)
    {
        var pipeline = await reading.RowAsync(tenantId, pipelineId, cancellationToken);
        var steps = pipeline is null ? [] : await reading.StepsAsync(tenantId, pipelineId, cancellationToken);
        if (pipeline is null || steps.Find(step => step.Id == stepId) is not { } step)
        {
            return null;
        }

        var groups = await db.Outputs.AsNoTracking().Where(output => output.StepId == stepId && output.TenantId == tenantId)
            .GroupBy(output => new { output.Verdict, output.Selected, output.Advanced, output.Type, output.ImageIndex, output.PromptIndex })
            .Select(group => new OutputGroup(
                group.Key.Verdict, group.Key.Selected, group.Key.Advanced, group.Key.Type, group.Key.ImageIndex, group.Key.PromptIndex, group.Count()))
            .ToListAsync(cancellationToken);
        var plan = (await plans.OfAsync(db, pipeline, steps, cancellationToken)).Plan;
        var goOn = Price(plan, steps, step, groups.Where(group => group.Selected && (group.Verdict == Verdict.Pick || !leaveOut)));
        return new OnwardView(
            groups.Sum(group => group.Count), Count(groups, Verdict.Pick), Count(groups, Verdict.Reject), Count(groups, Verdict.Unset), goOn.Outputs, Money.Currency,
            goOn.Lines, goOn.Total, Money.Display(goOn.Total), Now(pipeline, steps, goOn.Lines), Money.Display(Now(pipeline, steps, goOn.Lines)),
            Amount(Price(plan, steps, step, groups.Where(group => group.Verdict != Verdict.Reject))), Amount(Price(plan, steps, step, groups)), step.Version);
    }

    private static int Count(List<OutputGroup> groups, Verdict verdict) => groups.Where(group => group.Verdict == verdict).Sum(group => group.Count);

    private static OnwardAmount Amount(Priced price) => new(price.Outputs, price.Total, Money.Display(price.Total));

    /// <summary>What has gone on already is counted but not paid again.</summary>
    private static Priced Price(RunPlan plan, IReadOnlyList<Step> steps, Step step, IEnumerable<OutputGroup> groups)
    {
        var (outputs, count) = (0, 0L);
        var next = plan.Find(step.StepType) is { } current ? plan.After(current) : null;
        foreach (var group in groups)
        {
            outputs += group.Count;
            count += next is null || group.Advanced ? 0 : (long)group.Count * StepReview.Follow(plan, next, group.Type, group.ImageIndex, group.PromptIndex);
        }

        var lines = next is null ? [] : RetryPricing.Onward(plan, steps, next, count);
        return new Priced(outputs, lines, RetryPricing.Total(lines));
    }

    private static decimal Now(Pipeline pipeline, IReadOnlyList<Step> steps, IReadOnlyList<RetryLineView> lines)
    {
        var paid = new List<RetryLineView>();
        foreach (var line in pipeline.Mode == PipelineMode.Manual ? [] : lines)
        {
            paid.Add(line);
            if (PlanOfPipeline.HasCheckpoint(pipeline, steps.Single(step => step.Id == line.StepId)))
            {
                break;
            }
        }

        return RetryPricing.Total(paid);
    }

    private sealed record OutputGroup(Verdict Verdict, bool Selected, bool Advanced, string Type, int? ImageIndex, int? PromptIndex, int Count);

    private sealed record Priced(int Outputs, IReadOnlyList<RetryLineView> Lines, decimal Total);
}
