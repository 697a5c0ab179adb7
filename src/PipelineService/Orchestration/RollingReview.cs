using Microsoft.EntityFrameworkCore;
using PipelineService.Pipelines;

namespace PipelineService.Orchestration;

/// <summary>Sends on what was picked in a review that rolls. Under the pipeline's row lock; twice is once, because what has gone on is marked in the same transaction.</summary>
internal sealed class RollingReview(RunEffects effects)
{
    public async Task GoOnAsync(RunTransaction run, Step step, CancellationToken cancellationToken)
    {
        if (!PlanOfPipeline.IsRolling(run.Pipeline, step) || step.Status is not (StepStatus.Running or StepStatus.Review))
        {
            return;
        }

        // Prompts that were added count as well.
        await run.Db.SaveChangesAsync(cancellationToken);
        var counts = await run.Db.Outputs.Where(output => output.StepId == step.Id && output.TenantId == step.TenantId)
            .GroupBy(output => new { output.Verdict, output.Advanced }).Select(group => new { group.Key.Verdict, group.Key.Advanced, Count = group.Count() }).ToListAsync(cancellationToken);
        var decision = ReviewDecisions.Judged(
            await run.StateAsync(cancellationToken), step.Id,
            waiting: counts.Where(group => group is { Verdict: Verdict.Pick, Advanced: false }).Sum(group => group.Count),
            picked: counts.Where(group => group.Verdict == Verdict.Pick).Sum(group => group.Count),
            // What went on unjudged in an earlier review keeps no other one open.
            unjudged: counts.Where(group => group is { Verdict: Verdict.Unset, Advanced: false }).Sum(group => group.Count));
        await effects.ApplyAsync(run, decision, cancellationToken);
    }
}
