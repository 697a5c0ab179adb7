using PipelineService.Orchestration;
using PipelineService.Pipelines;
using Providers.Catalog;

namespace PipelineService.Waiting;

/// <summary>
/// How long it still takes: what is left × the measured service time ÷ what is worked on at once, and before it the wait for its turn. Pure.
/// One function for steps, runs, lists and events.
/// </summary>
internal static class Eta
{
    /// <param name="left">Items that are not at an end.</param>
    /// <param name="each">Seconds an item takes; null when unknown.</param>
    /// <param name="slots">Items of it that are worked on at once.</param>
    /// <param name="wait">Seconds until its turn.</param>
    public static double? Seconds(int left, double? each, double slots, double wait) =>
        left <= 0 ? 0 : each is { } seconds ? wait + Math.Max(seconds, left * seconds / Math.Max(slots, 0.001)) : null;

    /// <summary>Of a step that runs, in whole seconds; null for others, and before anything is known about its model.</summary>
    public static int? OfStep(Step step, WaitingNow now, ModelCatalog catalog) =>
        step.Status == StepStatus.Running ? Whole(Seconds(step, now, catalog)) : null;

    /// <summary>Of a run, to its last step's end, without the time that people take to review; null when it does not run or anything of it is unknown.</summary>
    /// <param name="steps">In step order.</param>
    public static int? OfRun(Pipeline pipeline, IReadOnlyList<Step> steps, WaitingNow now, ModelCatalog catalog)
    {
        if (pipeline.Status != PipelineStatus.Running)
        {
            return null;
        }

        var total = 0.0;
        Step? before = null;
        foreach (var step in steps.Where(step => step.Status != StepStatus.Skipped))
        {
            if (step.Status is StepStatus.Pending or StepStatus.Running)
            {
                if (Seconds(step, now, catalog) is not { } own)
                {
                    return null;
                }

                // Where outputs go on at once the steps work side by side, and the last output still has to pass through.
                total = before is not null && !PlanOfPipeline.HasCheckpoint(pipeline, before) ? Math.Max(own, total + (now.SecondsEach(step, catalog) ?? 0)) : total + own;
            }

            before = step;
        }

        return Whole(total);
    }

    /// <summary>The part of a lane that a run gets when everybody in it has enough to do: by the weight of its tenant, then evenly among the tenant's runs. 0..1.</summary>
    public static double Share(IReadOnlyList<WaitingQueue> queues, long tenantId, long pipelineId, DispatchOptions shares)
    {
        var others = queues.Where(queue => queue.PipelineId != pipelineId && (queue.Queued > 0 || queue.InFlight > 0)).ToList();
        var own = shares.Of(tenantId).Weight;
        var all = own + others.Select(queue => queue.TenantId).Where(tenant => tenant != tenantId).Distinct().Sum(tenant => shares.Of(tenant).Weight);
        return own / all / (1 + others.Count(queue => queue.TenantId == tenantId));
    }

    private static double? Seconds(Step step, WaitingNow now, ModelCatalog catalog)
    {
        var outputs = Math.Max(0, step.Total - step.Succeeded - step.Failed - step.Cancelled);
        var left = (outputs + step.UnitsPerItem - 1) / Math.Max(1, step.UnitsPerItem);
        return now.Wait(step) is { } wait ? Seconds(left, now.SecondsEach(step, catalog), now.Slots(step), wait) : left == 0 ? 0 : null;
    }

    private static int? Whole(double? seconds) => seconds is { } number ? (int)Math.Min(int.MaxValue, Math.Ceiling(number)) : null;
}
