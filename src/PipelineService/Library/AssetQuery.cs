using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using PipelineService.Assets;
using PipelineService.Pipelines;
using PipelineService.Storage;
using ServiceDefaults.OpenApi;
using ServiceDefaults.Problems;

namespace PipelineService.Library;

/// <summary>A page of the library.</summary>
internal sealed record AssetQuery : AssetFilter
{
    /// <summary>newest (default), oldest, rating, cost or name; the best rated and the dearest come first.</summary>
    [Words(AssetOrder.Newest, AssetOrder.Oldest, AssetOrder.Rating, AssetOrder.Cost, AssetOrder.Name)]
    public string? Sort { get; init; }

    /// <summary>Only these, up to 200, those in the trash included unless <c>trashed</c> is given.</summary>
    [FromQuery(Name = "ids")]
    public long[]? Ids { get; init; }

    /// <summary>1..200, default 50.</summary>
    public int? Limit { get; init; }

    /// <summary>next_cursor of the page before.</summary>
    public string? Cursor { get; init; }

    private int PageSize => Limit ?? (Ids is { Length: > 0 } ? PipelineQuery.MaxLimit : PipelineQuery.DefaultLimit);

    public Dictionary<string, string[]>? Errors()
    {
        var errors = new ProblemErrors();
        Check(errors);
        CheckSort(Sort, errors);
        Listing.Check(Limit, Cursor is null || AssetCursor.Parse(Sort, Cursor) is not null, errors);
        if (Ids is { Length: > PipelineQuery.MaxLimit })
        {
            errors.Add("/ids", $"Use up to {PipelineQuery.MaxLimit} ids.");
        }

        return errors.Any ? errors.ToDictionary() : null;
    }

    public static void CheckSort(string? sort, ProblemErrors errors)
    {
        if (sort is not null && !AssetOrder.All.Contains(sort))
        {
            errors.Add("/sort", $"Use one of: {string.Join(", ", AssetOrder.All)}.");
        }
    }

    /// <summary>One more than a page, so that it is known whether another follows.</summary>
    public new IQueryable<Asset> Apply(PipelineDbContext db, long tenantId)
    {
        var found = Ids is { Length: > 0 } ids
            ? (Trashed is null ? db.Assets.AsNoTracking().Where(asset => asset.TenantId == tenantId) : base.Apply(db, tenantId)).Where(asset => ids.Contains(asset.Id))
            : base.Apply(db, tenantId);
        return found.Behind(Sort, AssetCursor.Parse(Sort, Cursor)).Sorted(Sort).Take(PageSize + 1);
    }

    public AssetPage Page(IReadOnlyList<Asset> rows, ILookup<long, long> collections) => new(
        [.. rows.Take(PageSize).Select(row => AssetResponse.From(row, [.. collections[row.Id]]))],
        rows.Count > PageSize && rows[PageSize - 1] is var last ? AssetCursor.At(Sort, last.Id, last.Name, last.Rating, last.Cost).ToString() : null);
}
