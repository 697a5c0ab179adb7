using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PipelineService.Storage;

namespace PipelineService.Assets;

/// <param name="Removed">Ids that are where they were to go: in the trash, or gone.</param>
/// <param name="InUse">Ids that stay, because an unfinished pipeline needs them, with a sentence that names it.</param>
internal sealed record RemovalResult(IReadOnlyList<long> Removed, IReadOnlyDictionary<long, string> InUse)
{
    public IReadOnlyList<KeptAsset> Kept => [.. InUse.OrderBy(pair => pair.Key).Select(pair => new KeptAsset(pair.Key, pair.Value))];
}

/// <summary>Where deleted assets wait: hidden from the library, their files still there, so that a deletion can be undone.</summary>
internal sealed class AssetTrash(PipelineDbContext db, AssetRemoval removal, IOptions<AssetsOptions> options, TimeProvider time)
{
    /// <summary>Ids of other tenants, and ids that are gone, are passed over; what is in the trash already keeps its time.</summary>
    public async Task<RemovalResult> MoveAsync(long tenantId, long[] ids, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await AssetUses.LockAsync(db, tenantId, ids, cancellationToken);
        var inUse = await AssetUses.FindAsync(db, tenantId, ids, cancellationToken);
        var free = ids.Except(inUse.Keys).ToArray();
        var moved = await db.Database.SqlQuery<long>(
            $"""
            update pipeline.assets set deleted_at = coalesce(deleted_at, {time.GetStoredNow()})
            where tenant_id = {tenantId} and id = any({free}) returning id as "Value"
            """).ToListAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new RemovalResult(moved, inUse);
    }

    /// <returns>What came back.</returns>
    public async Task<IReadOnlyList<long>> RestoreAsync(long tenantId, long[] ids, CancellationToken cancellationToken)
    {
        var restored = await db.Database.SqlQuery<long>(
            $"""
            update pipeline.assets set deleted_at = null where tenant_id = {tenantId} and id = any({ids}) and deleted_at is not null returning id as "Value"
            """).ToListAsync(cancellationToken);
        return [.. restored.Order()];
    }

    /// <summary>Removes a part of what is in the trash for good, what has been there longest first.</summary>
    /// <param name="ids">Only these; null: all.</param>
    public async Task<EmptiedResponse> EmptyAsync(long tenantId, long[]? ids, CancellationToken cancellationToken)
    {
        var trashed = db.Assets.Where(asset => asset.TenantId == tenantId && asset.DeletedAt != null);
        var part = await trashed.Where(asset => ids == null || ids.Contains(asset.Id)).OrderBy(asset => asset.DeletedAt).ThenBy(asset => asset.Id)
            .Select(asset => asset.Id).Take(options.Value.MaxSelection).ToArrayAsync(cancellationToken);
        var result = await removal.PurgeAsync(tenantId, part, cancellationToken);
        return new EmptiedResponse(result.Removed.Count, result.Kept, await trashed.CountAsync(cancellationToken));
    }
}
