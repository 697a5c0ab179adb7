using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PipelineService.Assets;

namespace PipelineService.Library;

/// <summary>
/// The orders of the library, and the place a page ends at. Where the key is the same, the newer comes first; oldest is by age alone. Each has an index that says
/// the same in the same words (<c>LibrarySorts</c>).
/// </summary>
internal static class AssetOrder
{
    public const string Newest = "newest";
    public const string Oldest = "oldest";
    public const string Rating = "rating";
    public const string Cost = "cost";
    public const string Name = "name";

    public static readonly IReadOnlyList<string> All = [Newest, Oldest, Rating, Cost, Name];

    public static IQueryable<Asset> Sorted(this IQueryable<Asset> assets, string? sort) => sort switch
    {
        Oldest => assets.OrderBy(asset => asset.Id),
        Rating => assets.OrderByDescending(asset => asset.Rating ?? 0).ThenByDescending(asset => asset.Id),
        Cost => assets.OrderByDescending(asset => asset.Cost ?? 0m).ThenByDescending(asset => asset.Id),
        Name => assets.OrderBy(asset => asset.Name).ThenByDescending(asset => asset.Id),
        _ => assets.OrderByDescending(asset => asset.Id),
    };

    /// <summary>What follows behind a place in that order.</summary>
    public static IQueryable<Asset> Behind(this IQueryable<Asset> assets, string? sort, AssetCursor? place)
    {
        if (place is not { Id: var id } cursor)
        {
            return assets;
        }

        switch (sort)
        {
            case Oldest:
                return assets.Where(asset => asset.Id > id);
            case Rating:
                var rating = (int)cursor.Number;
                return assets.Where(asset => EF.Functions.LessThan(ValueTuple.Create(asset.Rating ?? 0, asset.Id), ValueTuple.Create(rating, id)));
            case Cost:
                var cost = cursor.Number;
                return assets.Where(asset => EF.Functions.LessThan(ValueTuple.Create(asset.Cost ?? 0m, asset.Id), ValueTuple.Create(cost, id)));
            case Name:
                // The name alone, once more: that is where the index begins.
                var name = cursor.Text;
                return assets.Where(asset => string.Compare(asset.Name, name) >= 0 && (asset.Name != name || asset.Id < id));
            default:
                return assets.Where(asset => asset.Id < id);
        }
    }
}

/// <summary>A place in the library: the id, and in front of it the key where the order has one.</summary>
internal readonly record struct AssetCursor(string Key, long Id)
{
    public string Text => Uri.UnescapeDataString(Key);

    public decimal Number => decimal.Parse(Key, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);

    public static AssetCursor At(string? sort, long id, string name, int? rating, decimal? cost) => new(
        sort switch
        {
            AssetOrder.Rating => (rating ?? 0).ToString(CultureInfo.InvariantCulture),
            AssetOrder.Cost => (cost ?? 0m).ToString(CultureInfo.InvariantCulture),
            AssetOrder.Name => Uri.EscapeDataString(name),
            _ => string.Empty,
        },
        id);

    /// <returns>Null for what is no cursor of that order.</returns>
    public static AssetCursor? Parse(string? sort, string? text)
    {
        if (text is null)
        {
            return null;
        }

        var at = text.LastIndexOf('~');
        var key = at < 0 ? string.Empty : text[..at];
        var fits = sort switch
        {
            AssetOrder.Rating or AssetOrder.Cost => decimal.TryParse(key, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number < 1_000_000_000,
            AssetOrder.Name => key.Length > 0,
            _ => at < 0,
        };
        return fits && long.TryParse(text.AsSpan(at + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? new AssetCursor(key, id) : null;
    }

    public override string ToString() => Key.Length == 0 ? Id.ToString(CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"{Key}~{Id}");
}
