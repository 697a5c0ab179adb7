using Media;
using Media.Images;
using Microsoft.EntityFrameworkCore;
using PipelineService.Storage;

namespace PipelineService.Assets;

/// <summary>
/// Really removes what is in the trash: the row at once, the file when no other row names it. What a pending, running or paused pipeline needs stays: one at
/// its end that took it may have been started again since.
/// </summary>
internal sealed class AssetRemoval(PipelineDbContext db, IObjectStore store)
{
    private const int FilesAtOnce = 500;

    /// <summary>Ids of other tenants, and of what is gone or not in the trash, are passed over.</summary>
    public Task<RemovalResult> PurgeAsync(long tenantId, long[] ids, CancellationToken cancellationToken) => RemoveAsync(tenantId, ids, fromTrash: true, cancellationToken);

    /// <param name="fromTrash">Only what is there.</param>
    public async Task<RemovalResult> RemoveAsync(long tenantId, long[] ids, bool fromTrash, CancellationToken cancellationToken)
    {
        List<RemovedAsset> gone;
        Dictionary<long, string> inUse;
        await using (var transaction = await db.Database.BeginTransactionAsync(cancellationToken))
        {
            await AssetUses.LockAsync(db, tenantId, ids, cancellationToken);
            inUse = await AssetUses.FindAsync(db, tenantId, ids, cancellationToken);
            gone = await DeleteRowsAsync(tenantId, await GoingAsync(tenantId, [.. ids.Except(inUse.Keys)], fromTrash, cancellationToken), cancellationToken);
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
        await db.Database.ExecuteSqlAsync(
            $"""
            delete from pipeline.collection_assets c using pipeline.assets a
            where a.tenant_id = {tenantId} and a.pipeline_id = {pipelineId} and a.source = 'generated' and c.tenant_id = a.tenant_id and c.asset_id = a.id
            """, cancellationToken);

        // Its outputs go with it, so they need not forget their assets.
        return await db.Database.SqlQuery<RemovedAsset>(
            $"""
            delete from pipeline.assets where tenant_id = {tenantId} and pipeline_id = {pipelineId} and source = 'generated'
            returning id as "Id", sha256 as "Sha256", object_key as "ObjectKey", poster_key as "PosterKey"
            """).ToListAsync(cancellationToken);
    }

    // Under the lock: nobody restores them now.
    private async Task<long[]> GoingAsync(long tenantId, long[] ids, bool fromTrash, CancellationToken cancellationToken) => fromTrash
        ? await db.Assets.Where(asset => asset.TenantId == tenantId && ids.Contains(asset.Id) && asset.DeletedAt != null).Select(asset => asset.Id).ToArrayAsync(cancellationToken)
        : ids;

    private async Task<List<RemovedAsset>> DeleteRowsAsync(long tenantId, long[] ids, CancellationToken cancellationToken)
    {
        await db.Database.ExecuteSqlAsync(
            $"""
            delete from pipeline.collection_assets c using pipeline.assets a
            where a.tenant_id = {tenantId} and a.id = any({ids}) and c.tenant_id = a.tenant_id and c.asset_id = a.id
            """, cancellationToken);
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
}

/// <summary>An asset whose row is gone and whose files may follow.</summary>
internal sealed record RemovedAsset(long Id, string Sha256, string ObjectKey, string? PosterKey);
