using PipelineService.Pipelines;
using PipelineService.Progress;

namespace PipelineService.Orchestration;

/// <summary>step_progress events: at most one each so often a step; the last one always.</summary>
internal static class StepProgressReport
{
    public static void AddIfTime(RunTransaction run, Step step, TimeSpan every)
    {
        if (step.Open > 0 && step.ProgressAt is { } last && run.Now - last < every)
        {
            return;
        }

        step.ProgressAt = run.Now;
        step.ProgressDue = false;
        run.Add(Event(step, run.Now));
    }

    public static NewEvent Event(Step step, DateTimeOffset now) => ProgressEvents.StepProgress(
        step.TenantId, step.PipelineId, step.Id, Percent(step), step.Succeeded, step.Total, EtaSec(step, now));

    /// <summary>Outputs that came or will not come, of all expected. 0..100.</summary>
    public static decimal Percent(Step step)
    {
        var ended = step.Succeeded + step.Failed + step.Cancelled;
        return step.Total == 0 ? (step.Status is StepStatus.Completed ? 100 : 0) : Math.Min(100m, decimal.Round(100m * ended / Math.Max(step.Total, ended), 1));
    }

    /// <summary>Seconds until the step ends at its own rate so far; null before anything is done or after the end.</summary>
    public static int? EtaSec(Step step, DateTimeOffset now)
    {
        var ended = step.Succeeded + step.Failed + step.Cancelled;
        if (step.Status != StepStatus.Running || step.StartedAt is not { } started || ended == 0)
        {
            return null;
        }

        var left = Math.Max(0, step.Total - ended);
        return (int)Math.Ceiling((now - started).TotalSeconds / ended * left);
    }
}
