using Media;
using Media.Images;
using Microsoft.EntityFrameworkCore;
using PipelineService.Storage;

namespace PipelineService.Assets;

/// <param name="Removed">Ids that are gone.</param>
/// <param name="InUse">Ids that stay, because an unfinished pipeline needs them, with a sentence that names it.</param>
internal sealed record RemovalResult(IReadOnlyList<long> Removed, IReadOnlyDictionary<long, string> InUse);

/// <summary>
/// Deletes assets: the row at once, the file when no other row names it. What a pending, running or paused pipeline takes in or has made stays;
/// a pipeline at its end does not hold its assets.
/// </summary>
internal sealed class AssetRemoval(PipelineDbContext db, IObjectStore store)
{
    private const int FilesAtOnce = 500;

    /// <summary>Ids of other tenants, and ids that are gone already, are passed over.</summary>
    public async Task<RemovalResult> RemoveAsync(long tenantId, long[] ids, CancellationToken cancellationToken)
    {
        List<RemovedAsset> gone;
        Dictionary<long, string> inUse;
        await using (var transaction = await db.Database.BeginTransactionAsync(cancellationToken))
        {
            // a pipeline that is being created holds a share lock on its images: either it is seen here, or it sees that they are gone
            await db.Database.ExecuteSqlAsync(
                $"select 1 from pipeline.assets where tenant_id = {tenantId} and id = any({ids}) order by id for update", cancellationToken);
            inUse = await InUseAsync(tenantId, ids, cancellationToken);
            gone = await DeleteRowsAsync(tenantId, [.. ids.Except(inUse.Keys)], cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        await DeleteFilesAsync(tenantId, gone, cancellationToken);
        return new RemovalResult([.. gone.Select(asset => asset.Id)], inUse);
    }

    /// <summary>
    /// Deletes the rows of what a pipeline generated, on the caller's transaction, for the deletion of the pipeline itself. After its commit
    /// <see cref="DeleteFilesAsync"/> follows.
    /// </summary>
    public async Task<IReadOnlyList<RemovedAsset>> RemoveGeneratedRowsAsync(long tenantId, long pipelineId, CancellationToken cancellationToken)
    {
        // Its outputs go with it, so they need not forget their assets.
        return await db.Database.SqlQuery<RemovedAsset>(
            $"""
            delete from pipeline.assets where tenant_id = {tenantId} and pipeline_id = {pipelineId} and source = 'generated'
            returning id as "Id", sha256 as "Sha256", object_key as "ObjectKey", poster_key as "PosterKey"
            """).ToListAsync(cancellationToken);
    }

    private async Task<Dictionary<long, string>> InUseAsync(long tenantId, long[] ids, CancellationToken cancellationToken)
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

    private async Task<List<RemovedAsset>> DeleteRowsAsync(long tenantId, long[] ids, CancellationToken cancellationToken)
    {
        await db.Database.ExecuteSqlAsync(
            $"""
            update pipeline.outputs o set asset_id = null from pipeline.assets a
            where a.tenant_id = {tenantId} and a.id = any({ids}) and o.tenant_id = a.tenant_id and o.id = a.output_id and o.asset_id = a.id
            """, cancellationToken);
        return await db.Database.SqlQuery<RemovedAsset>(
            $"""
            delete from pipeline.assets where tenant_id = {tenantId} and id = any({ids})
            returning id as "Id", sha256 as "Sha256", object_key as "ObjectKey", poster_key as "PosterKey"
            """).ToListAsync(cancellationToken);
    }

    /// <summary>Deletes files that no other row names. After the commit: a crash in between leaves a file without a row, never a row without its file.</summary>
    public async Task DeleteFilesAsync(long tenantId, IReadOnlyList<RemovedAsset> gone, CancellationToken cancellationToken)
    {
        // The database keeps every lock of a transaction in memory of a fixed size.
        foreach (var some in gone.Chunk(FilesAtOnce))
        {
            await DeleteFilesAtOnceAsync(tenantId, some, cancellationToken);
        }
    }

    private async Task DeleteFilesAtOnceAsync(long tenantId, RemovedAsset[] gone, CancellationToken cancellationToken)
    {
        var keys = gone.SelectMany(asset => asset.PosterKey is { } poster ? [asset.ObjectKey, poster] : new[] { asset.ObjectKey }).Distinct().ToArray();
        if (keys.Length == 0)
        {
            return;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await ObjectLocks.TakeAsync(db, keys, cancellationToken);
        var needed = await db.Database.SqlQuery<string>(
            $"""
            select object_key as "Value" from pipeline.assets where tenant_id = {tenantId} and object_key = any({keys})
            union
            select poster_key from pipeline.assets where tenant_id = {tenantId} and poster_key = any({keys})
            """).ToListAsync(cancellationToken);
        foreach (var key in keys.Except(needed, StringComparer.Ordinal))
        {
            await store.DeleteAsync(key, cancellationToken);
        }

        foreach (var asset in gone.Where(asset => !needed.Contains(asset.ObjectKey, StringComparer.Ordinal)).DistinctBy(asset => asset.Sha256))
        {
            foreach (var width in Thumbnails.Widths)
            {
                await store.DeleteAsync(ObjectKeys.ForThumbnail(tenantId, asset.Sha256, width), cancellationToken);
            }
        }

        await transaction.CommitAsync(cancellationToken);
    }

    private sealed record Use(long AssetId, long PipelineId, string PipelineName);
}

/// <summary>An asset whose row is gone and whose files may follow.</summary>
internal sealed record RemovedAsset(long Id, string Sha256, string ObjectKey, string? PosterKey);
