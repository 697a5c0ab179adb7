using Microsoft.EntityFrameworkCore;
using PipelineService.Assets;
using PipelineService.Orchestration;
using PipelineService.Storage;

namespace PipelineService.Pipelines;

/// <summary>Deletes a pipeline with its steps, items, outputs and events, and, unless they are to stay, the pictures and videos it made.</summary>
internal sealed class PipelineDeletion(PipelineDbContext db, PipelineCommands commands, AssetRemoval assets)
{
    public async Task<CommandResult> DeleteAsync(long tenantId, long id, bool keepAssets, CancellationToken cancellationToken)
    {
        IReadOnlyList<RemovedAsset> files = [];
        var result = await commands.LockedAsync(
            tenantId, id,
            async run =>
            {
                if (await ReasonToKeepAsync(run, keepAssets, cancellationToken) is { } why)
                {
                    return new CommandResult.Refused(why);
                }

                if (keepAssets)
                {
                    await db.Database.ExecuteSqlAsync(
                        $"update pipeline.assets set pipeline_id = null, output_id = null where tenant_id = {tenantId} and pipeline_id = {id}", cancellationToken);
                }
                else
                {
                    files = await assets.RemoveGeneratedRowsAsync(tenantId, id, cancellationToken);
                }

                await DeleteRowsAsync(tenantId, id, [.. run.Steps.Select(step => step.Id)], cancellationToken);
                return new CommandResult.Done(run.Pipeline, run.Steps);
            },
            cancellationToken);
        await assets.DeleteFilesAsync(tenantId, files, cancellationToken);
        return result;
    }

    /// <returns>A sentence; null when it may go.</returns>
    private async Task<string?> ReasonToKeepAsync(RunTransaction run, bool keepAssets, CancellationToken cancellationToken)
    {
        var (tenantId, id) = (run.Pipeline.TenantId, run.Pipeline.Id);
        if (run.Pipeline.Status == PipelineStatus.Running)
        {
            return "It is running: cancel it first, or wait for its end.";
        }

        // Results of work that has been paid for have to find their pipeline.
        var steps = run.Steps.Select(step => step.Id).ToArray();
        if (await db.Items.AnyAsync(
            item => item.PipelineId == id && item.TenantId == tenantId && item.Open && (item.Status == ItemStatus.Dispatched || item.Status == ItemStatus.Running), cancellationToken))
        {
            return "Work of it is still in flight. Try again when that has ended.";
        }

        if (keepAssets)
        {
            return null;
        }

        var user = await db.Database.SqlQuery<string>(
            $"""
            select p.id || ' (''' || p.name || ''')' as "Value" from pipeline.assets a
            join pipeline.pipelines p on p.tenant_id = a.tenant_id and p.id <> a.pipeline_id and p.status in ('pending', 'running', 'paused')
            join pipeline.pipeline_inputs i on i.pipeline_id = p.id and i.list = 'images' and i.content @> jsonb_build_array(jsonb_build_object('asset_id', a.id))
            where a.tenant_id = {tenantId} and a.pipeline_id = {id} order by p.id limit 1
            """).ToListAsync(cancellationToken);
        return user.Count == 0 ? null : $"Pipeline {user[0]} is not finished and takes a picture that was made here. Delete with keep_assets=true, or finish that one first.";
    }

    // Items and outputs have no foreign key: it would be looked up for every row that is written. They are only written under the lock that is held here.
    private async Task DeleteRowsAsync(long tenantId, long id, long[] steps, CancellationToken cancellationToken)
    {
        await db.Outputs.Where(output => steps.Contains(output.StepId) && output.TenantId == tenantId).ExecuteDeleteAsync(cancellationToken);
        await db.Items.Where(item => steps.Contains(item.StepId) && item.TenantId == tenantId).ExecuteDeleteAsync(cancellationToken);
        await db.EventBatches.Where(batch => batch.PipelineId == id && batch.TenantId == tenantId).ExecuteDeleteAsync(cancellationToken);
        await db.DispatchQueues.Where(queue => queue.PipelineId == id && queue.TenantId == tenantId).ExecuteDeleteAsync(cancellationToken);
        await db.Pipelines.Where(pipeline => pipeline.Id == id && pipeline.TenantId == tenantId).ExecuteDeleteAsync(cancellationToken);
    }
}
