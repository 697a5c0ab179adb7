using Microsoft.EntityFrameworkCore;
using PipelineService.Storage;

namespace PipelineService.Assets;

/// <summary>Which assets an unfinished pipeline takes in or has made. A pipeline at its end does not hold its assets.</summary>
internal static class AssetUses
{
    /// <summary>
    /// Locks assets against being taken by a pipeline that is being created, which holds a share lock on its images: either it is seen by
    /// <see cref="FindAsync"/>, or it sees what became of them.
    /// </summary>
    public static Task LockAsync(PipelineDbContext db, long tenantId, long[] ids, CancellationToken cancellationToken) => db.Database.ExecuteSqlAsync(
        $"select 1 from pipeline.assets where tenant_id = {tenantId} and id = any({ids}) order by id for update", cancellationToken);

    /// <returns>By asset: a sentence that names the pipeline.</returns>
    public static async Task<Dictionary<long, string>> FindAsync(PipelineDbContext db, long tenantId, long[] ids, CancellationToken cancellationToken)
    {
        var uses = await db.Database.SqlQuery<Use>(
            $"""
            select distinct on (a.id) a.id as "AssetId", p.id as "PipelineId", p.name as "PipelineName"
            from pipeline.assets a
            join pipeline.pipelines p on p.tenant_id = a.tenant_id and p.status in ('pending', 'running', 'paused')
                and (p.id = a.pipeline_id or exists (
                    select 1 from pipeline.pipeline_inputs i
                    where i.pipeline_id = p.id and i.list = 'images' and i.content @> jsonb_build_array(jsonb_build_object('asset_id', a.id))))
            where a.tenant_id = {tenantId} and a.id = any({ids})
            order by a.id, p.id
            """).ToListAsync(cancellationToken);
        return uses.ToDictionary(
            use => use.AssetId,
            use => $"Pipeline {use.PipelineId} ('{use.PipelineName}') is not finished and needs it. Cancel the pipeline or wait for its end.");
    }

    private sealed record Use(long AssetId, long PipelineId, string PipelineName);
}
