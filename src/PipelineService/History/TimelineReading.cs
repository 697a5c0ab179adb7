using Microsoft.EntityFrameworkCore;
using PipelineService.Pipelines;
using PipelineService.Progress;
using PipelineService.Storage;

namespace PipelineService.History;

/// <summary>Reads what a timeline is made of. Of the feed only changes of state: ten thousand outputs are no news.</summary>
internal sealed class TimelineReading(PipelineDbContext db, PipelineReading reading)
{
    private const int MostReasons = 50;

    /// <returns>Null when the tenant has no such pipeline.</returns>
    public async Task<TimelineView?> FindAsync(long tenantId, long id, CancellationToken cancellationToken)
    {
        if (await reading.RowAsync(tenantId, id, cancellationToken) is not { } pipeline)
        {
            return null;
        }

        var steps = await reading.StepsAsync(tenantId, id, cancellationToken);
        var changes = await db.Database.SqlQuery<StatusChange>(
            $"""
            select at as "At", data ->> 'status' as "Status" from pipeline.events
            where tenant_id = {tenantId} and pipeline_id = {id} and event = {ProgressEvents.PipelineStatusName} order by number
            """).ToListAsync(cancellationToken);
        var failing = steps.Where(step => step.Failed > 0).Select(step => step.Id).ToArray();
        var failed = failing.Length == 0
            ? []
            : await db.Database.SqlQuery<FailedTogether>(
                $"""
                select step_id as "StepId", coalesce(error_message, '') as "Message", count(*)::int as "Items", coalesce(min(finished_at), min(queued_at)) as "FirstAt"
                from pipeline.items where tenant_id = {tenantId} and step_id = any({failing}) and has_failed
                group by step_id, coalesce(error_message, '') order by count(*) desc limit {MostReasons}
                """).ToListAsync(cancellationToken);
        return new TimelineView(Timeline.Of(pipeline, steps, changes, failed));
    }
}
