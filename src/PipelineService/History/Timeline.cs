using PipelineService.Pipelines;
using ServiceDefaults.Storage;

namespace PipelineService.History;

/// <summary>A change of state as the feed told it.</summary>
internal sealed record StatusChange(DateTimeOffset At, string Status);

/// <summary>Items of a step that failed for one reason.</summary>
internal sealed record FailedTogether(long StepId, string Message, int Items, DateTimeOffset FirstAt);

/// <summary>Puts rows and events of a run in the order in which things happened. Pure.</summary>
internal static class Timeline
{
    /// <param name="changes">As far as the feed still has them; start and end are on the row, too.</param>
    public static IReadOnlyList<TimelineEntry> Of(Pipeline pipeline, IReadOnlyList<Step> steps, IReadOnlyList<StatusChange> changes, IReadOnlyList<FailedTogether> failed)
    {
        var entries = new List<TimelineEntry> { new(pipeline.CreatedAt, "created") };
        entries.AddRange(Distinct(changes.Count > 0 ? changes : FromRow(pipeline)).Select(change => new TimelineEntry(change.At, "status", change.Status)));
        foreach (var step in steps)
        {
            if (step.StartedAt is { } started)
            {
                entries.Add(new TimelineEntry(started, "step_started", null, step.Id, step.StepType));
            }

            if (step.FinishedAt is { } finished)
            {
                entries.Add(new TimelineEntry(finished, "step_finished", step.Status.Word(), step.Id, step.StepType, Message: step.Error));
            }
        }

        var types = steps.ToDictionary(step => step.Id, step => step.StepType);
        entries.AddRange(failed.Select(reason => new TimelineEntry(reason.FirstAt, "failures", null, reason.StepId, types.GetValueOrDefault(reason.StepId), reason.Items, reason.Message)));

        // What was written in one transaction has one time: the run goes on before its step begins, and ends after it ended.
        return [.. entries.OrderBy(entry => entry.At).ThenBy(Rank)];
    }

    private static int Rank(TimelineEntry entry) => entry switch
    {
        { What: "created" } => 0,
        { What: "status", Status: "running" } => 1,
        { What: "step_started" } => 2,
        { What: "failures" } => 3,
        { What: "step_finished" } => 4,
        _ => 5,
    };

    /// <summary>The feed tells the state again when only the current step changed.</summary>
    private static IEnumerable<StatusChange> Distinct(IEnumerable<StatusChange> changes)
    {
        string? before = null;
        foreach (var change in changes.Where(change => change.Status != before))
        {
            before = change.Status;
            yield return change;
        }
    }

    private static List<StatusChange> FromRow(Pipeline pipeline)
    {
        var known = new List<StatusChange>();
        if (pipeline.StartedAt is { } started)
        {
            known.Add(new StatusChange(started, PipelineStatus.Running.Word()));
        }

        if (pipeline.FinishedAt is { } finished)
        {
            known.Add(new StatusChange(finished, pipeline.Status.Word()));
        }

        return known;
    }
}
