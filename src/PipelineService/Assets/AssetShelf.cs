using Contracts.Generation;
using Media;
using Media.Images;
using Microsoft.EntityFrameworkCore;
using PipelineService.Storage;

namespace PipelineService.Assets;

/// <param name="Name">As the person called it.</param>
internal sealed record NewAsset(string Name, MediaRef Media);

/// <summary>Enters stored uploads into the library. A tenant's same bytes are one asset, whoever comes first; bytes that lie in the trash come back.</summary>
internal sealed class AssetShelf(IServiceScopeFactory scopes, IObjectStore store, TimeProvider time)
{
    public const string DeletedMeanwhile = "The same picture was being deleted; send it again.";

    /// <summary>The assets in the order of <paramref name="added"/>; null where the file was deleted between being stored and being entered.</summary>
    public async Task<IReadOnlyList<Asset?>> AddAsync(long tenantId, IReadOnlyList<NewAsset> added, CancellationToken cancellationToken)
    {
        if (added.Count == 0)
        {
            return [];
        }

        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PipelineDbContext>();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await ObjectLocks.TakeAsync(db, [.. added.Select(entry => entry.Media.ObjectKey)], cancellationToken);
        foreach (var entry in added.DistinctBy(entry => entry.Media.Sha256))
        {
            if (await store.GetLocalPathAsync(entry.Media.ObjectKey, cancellationToken) is not null)
            {
                await InsertAsync(db, tenantId, entry, cancellationToken);
            }
        }

        var hashes = added.Select(entry => entry.Media.Sha256).Distinct().ToArray();
        var rows = await db.Assets.AsNoTracking()
            .Where(asset => asset.TenantId == tenantId && asset.Source == "uploaded" && hashes.Contains(asset.Sha256))
            .ToDictionaryAsync(asset => asset.Sha256, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return [.. added.Select(entry => rows.GetValueOrDefault(entry.Media.Sha256))];
    }

    private Task<int> InsertAsync(PipelineDbContext db, long tenantId, NewAsset entry, CancellationToken cancellationToken)
    {
        var media = entry.Media;
        var name = AssetName.For(entry.Name, ImageFormats.Extension(ImageFormats.FromContentType(media.ContentType) ?? ImageFormat.Png));
        return db.Database.ExecuteSqlAsync(
            $"""
            insert into pipeline.assets (tenant_id, type, source, name, content_type, width, height, bytes, sha256, object_key, simulated, created_at)
            values ({tenantId}, 'image', 'uploaded', {name}, {media.ContentType}, {media.Width}, {media.Height}, {media.Bytes}, {media.Sha256}, {media.ObjectKey}, false, {time.GetUtcNow()})
            on conflict (tenant_id, sha256) where source = 'uploaded' do update set deleted_at = null where assets.deleted_at is not null
            """,
            cancellationToken);
    }
}
