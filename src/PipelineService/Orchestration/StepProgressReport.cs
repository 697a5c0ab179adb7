using PipelineService.Pipelines;
using PipelineService.Progress;

namespace PipelineService.Orchestration;

/// <summary>step_progress events: at most one each so often a step; the last one always.</summary>
internal static class StepProgressReport
{
    /// <param name="etaSec">Seconds until the step ends; asked only when an event is due.</param>
    public static void AddIfTime(RunTransaction run, Step step, TimeSpan every, Func<Step, int?> etaSec)
    {
        if (step.Open > 0 && step.ProgressAt is { } last && run.Now - last < every)
        {
            return;
        }

        step.ProgressAt = run.Now;
        step.ProgressDue = false;
        run.Add(Event(step, etaSec(step)));
    }

    private static NewEvent Event(Step step, int? etaSec) => ProgressEvents.StepProgress(
        step.TenantId, step.PipelineId, step.Id, Percent(step), step.Succeeded, step.Total, etaSec);

    /// <summary>Outputs that came or will not come, of all expected. 0..100.</summary>
    public static decimal Percent(Step step)
    {
        var ended = step.Succeeded + step.Failed + step.Cancelled;
        return step.Total == 0 ? (step.Status is StepStatus.Completed ? 100 : 0) : Math.Min(100m, decimal.Round(100m * ended / Math.Max(step.Total, ended), 1));
    }
}
