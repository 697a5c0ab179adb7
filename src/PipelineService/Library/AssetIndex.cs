using PipelineService.Assets;
using PipelineService.Pipelines;
using PipelineService.Storage;
using ServiceDefaults.OpenApi;
using ServiceDefaults.Problems;

namespace PipelineService.Library;

/// <summary>
/// Assets in brief, in the order asked for: what a gallery of 100,000 lays out before it knows more of any. Columns side by side; entry n of each belongs to
/// the same asset. The records themselves are under <c>/assets?ids=</c>.
/// </summary>
/// <param name="Shapes">Kinds and sizes that occur here; <paramref name="Shape"/> counts from 0 in it.</param>
/// <param name="CreatedAt">Seconds since 1970.</param>
/// <param name="NextCursor">Give it as <c>cursor</c> for the next part; null on the last.</param>
public sealed record AssetIndex(
    IReadOnlyList<AssetShape> Shapes, IReadOnlyList<long> Id, IReadOnlyList<int> Shape, IReadOnlyList<long> CreatedAt, string? NextCursor)
{
    /// <param name="lines">One more than a part where another follows.</param>
    internal static AssetIndex Of(string? sort, IReadOnlyList<AssetLine> lines, int size)
    {
        var part = lines.Take(size).ToList();
        var shapes = new Dictionary<AssetShape, int>();
        var shape = new List<int>(part.Count);
        foreach (var line in part)
        {
            var one = new AssetShape(line.Type, line.Width, line.Height, line.DurationSec);
            shapes.TryAdd(one, shapes.Count);
            shape.Add(shapes[one]);
        }

        return new AssetIndex(
            [.. shapes.Keys], [.. part.Select(line => line.Id)], shape, [.. part.Select(line => line.CreatedAt.ToUnixTimeSeconds())],
            lines.Count > size && part[^1] is var last ? AssetCursor.At(sort, last.Id, last.Name, last.Rating, last.Cost).ToString() : null);
    }
}

/// <param name="Type">image or video.</param>
/// <param name="Width">Pixels as shown.</param>
/// <param name="DurationSec">Null for what does not move.</param>
public sealed record AssetShape([property: Words("image", "video")] string Type, int Width, int Height, decimal? DurationSec);

/// <summary>A row of the index, as the database gives it.</summary>
internal sealed record AssetLine(long Id, string Type, int Width, int Height, decimal? DurationSec, DateTimeOffset CreatedAt, string Name, int? Rating, decimal? Cost);

/// <summary>A part of the index.</summary>
internal sealed record AssetIndexQuery : AssetFilter
{
    public const int MaxLimit = 50_000;

    /// <summary>newest (default), oldest, rating, cost or name; the best rated and the dearest come first.</summary>
    [Words(AssetOrder.Newest, AssetOrder.Oldest, AssetOrder.Rating, AssetOrder.Cost, AssetOrder.Name)]
    public string? Sort { get; init; }

    /// <summary>1..50,000, default 50,000.</summary>
    public int? Limit { get; init; }

    /// <summary>next_cursor of the part before.</summary>
    public string? Cursor { get; init; }

    private int PartSize => Limit ?? MaxLimit;

    public Dictionary<string, string[]>? Errors()
    {
        var errors = new ProblemErrors();
        Check(errors);
        AssetQuery.CheckSort(Sort, errors);
        Listing.Check(Limit, Cursor is null || AssetCursor.Parse(Sort, Cursor) is not null, errors, MaxLimit);
        return errors.Any ? errors.ToDictionary() : null;
    }

    /// <summary>One more than a part, so that it is known whether another follows.</summary>
    public IQueryable<AssetLine> Lines(PipelineDbContext db, long tenantId)
    {
        var found = Apply(db, tenantId).Behind(Sort, AssetCursor.Parse(Sort, Cursor)).Sorted(Sort).Take(PartSize + 1);

        // What orders by something else needs that back for its cursor; names are long, so they are not read for nothing.
        return Sort == AssetOrder.Name
            ? found.Select(asset => new AssetLine(asset.Id, asset.Type, asset.Width, asset.Height, asset.DurationSec, asset.CreatedAt, asset.Name, null, null))
            : found.Select(asset => new AssetLine(asset.Id, asset.Type, asset.Width, asset.Height, asset.DurationSec, asset.CreatedAt, "", asset.Rating, asset.Cost));
    }

    public AssetIndex Part(IReadOnlyList<AssetLine> lines) => AssetIndex.Of(Sort, lines, PartSize);
}
