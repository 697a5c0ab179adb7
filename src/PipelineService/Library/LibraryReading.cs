using Microsoft.EntityFrameworkCore;
using PipelineService.Assets;
using PipelineService.Storage;

namespace PipelineService.Library;

/// <summary>Reads the library: pages, the index and what each filter would leave.</summary>
internal sealed class LibraryReading(PipelineDbContext db)
{
    private const int MostPipelines = 50;
    private const int MostTags = 100;

    public async Task<AssetPage> PageAsync(AssetQuery query, long tenantId, CancellationToken cancellationToken)
    {
        var rows = await query.Apply(db, tenantId).ToListAsync(cancellationToken);
        return query.Page(rows, await CollectionsAsync(tenantId, [.. rows.Select(row => row.Id)], cancellationToken));
    }

    public async Task<AssetResponse?> FindAsync(long id, long tenantId, CancellationToken cancellationToken) =>
        await db.Assets.AsNoTracking().SingleOrDefaultAsync(asset => asset.TenantId == tenantId && asset.Id == id, cancellationToken) is { } found
            ? AssetResponse.From(found, [.. (await CollectionsAsync(tenantId, [id], cancellationToken))[id]])
            : null;

    public async Task<AssetIndex> IndexAsync(AssetIndexQuery query, long tenantId, CancellationToken cancellationToken) =>
        query.Part(await query.Lines(db, tenantId).ToListAsync(cancellationToken));

    /// <summary>One look at the assets for all words, one for tags and one for collections.</summary>
    public async Task<AssetFacets> FacetsAsync(AssetFilter filter, long tenantId, CancellationToken cancellationToken)
    {
        var all = filter.Base(db, tenantId);
        var rows = await filter.ByCollection(db, filter.ByTag(all))
            .GroupBy(asset => new { asset.Type, asset.Source, asset.Starred, asset.Rating, asset.Model, asset.PipelineId })
            .Select(group => new FacetRow(group.Key.Type, group.Key.Source, group.Key.Starred, group.Key.Rating, group.Key.Model, group.Key.PipelineId, group.Count()))
            .ToListAsync(cancellationToken);
        var counts = FacetCounts.Of(filter, rows);
        var tags = await filter.ByWords(filter.ByCollection(db, all)).Where(asset => asset.Tags.Length > 0)
            .SelectMany(asset => asset.Tags).GroupBy(tag => tag).Select(group => new { group.Key, Count = group.Count() })
            .OrderByDescending(group => group.Count).ThenBy(group => group.Key).Take(MostTags).ToListAsync(cancellationToken);
        var narrowed = filter.ByWords(filter.ByTag(all));
        var collections = await db.CollectionAssets.Where(entry => entry.TenantId == tenantId)
            .Join(narrowed, entry => entry.AssetId, asset => asset.Id, (entry, _) => entry.CollectionId)
            .GroupBy(id => id).Select(group => new { group.Key, Count = group.Count() }).OrderBy(group => group.Key).ToListAsync(cancellationToken);
        var pipelines = counts.Pipelines.Take(MostPipelines).ToList();
        var ids = pipelines.Select(pipeline => pipeline.PipelineId).ToArray();
        var names = await db.Pipelines.Where(pipeline => pipeline.TenantId == tenantId && ids.Contains(pipeline.Id))
            .ToDictionaryAsync(pipeline => pipeline.Id, pipeline => pipeline.Name, cancellationToken);
        return counts with
        {
            Pipelines = [.. pipelines.Select(pipeline => pipeline with { Name = names.GetValueOrDefault(pipeline.PipelineId) })],
            Tags = [.. tags.Select(tag => new FacetCount(tag.Key, tag.Count))],
            Collections = [.. collections.Select(collection => new CollectionCount(collection.Key, collection.Count))],
        };
    }

    private async Task<ILookup<long, long>> CollectionsAsync(long tenantId, long[] ids, CancellationToken cancellationToken)
    {
        var entries = ids.Length == 0
            ? []
            : await db.CollectionAssets.AsNoTracking().Where(entry => entry.TenantId == tenantId && ids.Contains(entry.AssetId)).ToListAsync(cancellationToken);
        return entries.OrderBy(entry => entry.CollectionId).ToLookup(entry => entry.AssetId, entry => entry.CollectionId);
    }
}
