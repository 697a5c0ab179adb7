using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using PipelineService.Assets;
using PipelineService.Pipelines;
using PipelineService.Storage;
using ServiceDefaults.OpenApi;
using ServiceDefaults.Problems;

namespace PipelineService.Library;

/// <summary>Which assets are meant; what is left out does not filter.</summary>
public record AssetFilter
{
    /// <summary>image or video.</summary>
    [Words("image", "video")]
    public string? Type { get; init; }

    /// <summary>uploaded or generated.</summary>
    [Words("uploaded", "generated")]
    public string? Source { get; init; }

    [FromQuery(Name = "pipeline_id")]
    public long? PipelineId { get; init; }

    /// <summary>Id of the model that made it.</summary>
    public string? Model { get; init; }

    /// <summary>Rated with so many stars or more, 1 to 5.</summary>
    [FromQuery(Name = "min_rating")]
    public int? MinRating { get; init; }

    public bool? Starred { get; init; }

    /// <summary>One of its tags, as it is written.</summary>
    public string? Tag { get; init; }

    [FromQuery(Name = "collection_id")]
    public long? CollectionId { get; init; }

    /// <summary>Made of this asset, or of what was made of it in the same run.</summary>
    [FromQuery(Name = "made_from")]
    public long? MadeFrom { get; init; }

    /// <summary>Created at this time or later.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Created before this time.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Part of the name or of the prompt, in any case of letters.</summary>
    public string? Q { get; init; }

    /// <summary>true: what is in the trash, and nothing else. Default false.</summary>
    public bool? Trashed { get; init; }

    internal void Check(ProblemErrors errors)
    {
        Expect(Type is null or "image" or "video", "/type", "Use image or video.");
        Expect(Source is null or "uploaded" or "generated", "/source", "Use uploaded or generated.");
        Expect(MinRating is null or (>= 1 and <= 5), "/min_rating", "Use a number from 1 to 5.");
        Listing.CheckText("/q", Q, errors);
        Listing.CheckText("/tag", Tag, errors);
        Listing.CheckText("/model", Model, errors);

        void Expect(bool holds, string pointer, string message)
        {
            if (!holds)
            {
                errors.Add(pointer, message);
            }
        }
    }

    internal IQueryable<Asset> Apply(PipelineDbContext db, long tenantId) => ByWords(ByCollection(db, ByTag(Base(db, tenantId))));

    /// <summary>By everything that a facet counts in its own words (<see cref="FacetCounts"/>).</summary>
    internal IQueryable<Asset> ByWords(IQueryable<Asset> assets)
    {
        var found = Type is null ? assets : assets.Where(asset => asset.Type == Type);
        found = Source is null ? found : found.Where(asset => asset.Source == Source);
        found = PipelineId is null ? found : found.Where(asset => asset.PipelineId == PipelineId);
        found = Model is null ? found : found.Where(asset => asset.Model == Model);
        found = MinRating is null ? found : found.Where(asset => asset.Rating >= MinRating);
        return Starred is null ? found : found.Where(asset => asset.Starred == Starred);
    }

    internal IQueryable<Asset> ByTag(IQueryable<Asset> assets) => Tag is null ? assets : assets.Where(asset => asset.Tags.Length > 0 && asset.Tags.Contains(Tag));

    internal IQueryable<Asset> ByCollection(PipelineDbContext db, IQueryable<Asset> assets) => CollectionId is not { } id
        ? assets
        : assets.Where(asset => db.CollectionAssets.Any(entry => entry.CollectionId == id && entry.TenantId == asset.TenantId && entry.AssetId == asset.Id));

    /// <summary>By what is searched, what it was made of, when, and whether it is in the trash.</summary>
    internal IQueryable<Asset> Base(PipelineDbContext db, long tenantId)
    {
        var found = db.Assets.AsNoTracking().Where(asset => asset.TenantId == tenantId);
        found = Trashed is true ? found.Where(asset => asset.DeletedAt != null) : found.Where(asset => asset.DeletedAt == null);
        found = From?.ToUniversalTime() is { } from ? found.Where(asset => asset.CreatedAt >= from) : found;
        found = To?.ToUniversalTime() is { } to ? found.Where(asset => asset.CreatedAt < to) : found;
        if (MadeFrom is { } source)
        {
            var made = Library.MadeFrom.Outputs(db, tenantId, source).Where(output => output.AssetId != null).Select(output => output.AssetId!.Value);
            found = found.Where(asset => made.Contains(asset.Id));
        }

        if (!string.IsNullOrWhiteSpace(Q))
        {
            var pattern = Listing.Containing(Q);
            found = found.Where(asset => EF.Functions.ILike(asset.Name, pattern, "\\") || (asset.Prompt != null && EF.Functions.ILike(asset.Prompt, pattern, "\\")));
        }

        return found;
    }
}
