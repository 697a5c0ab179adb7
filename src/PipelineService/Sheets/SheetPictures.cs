using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PipelineService.Pipelines.Drafts;
using PipelineService.Storage;

namespace PipelineService.Sheets;

/// <summary>A picture of the library that has the name a row gives.</summary>
internal sealed record NamedPicture(long Id, string Name, int Width, int Height, DateTimeOffset CreatedAt);

/// <summary>Finds the pictures that rows name.</summary>
internal sealed class SheetPictures(PipelineDbContext db)
{
    /// <summary>Rows whose pictures are in the library, with their ids; the others are told.</summary>
    /// <param name="given">Ids of names that were told beside the sheet.</param>
    public async Task<List<SheetEntry>> FindAsync(
        long tenantId, IReadOnlyList<SheetEntry> entries, IReadOnlyDictionary<string, long>? given, SheetRows rows, CancellationToken cancellationToken)
    {
        var told = new Dictionary<string, long>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, id) in given ?? new Dictionary<string, long>())
        {
            told[Assets.AssetName.Clean(name)] = id;
        }

        List<SheetEntry> wanted = [.. entries.Select(entry => entry.Image.File is { } file && told.TryGetValue(file, out var id) ? entry with { Image = new SheetImage(id, null, null) } : entry)];
        var byId = await ByIdAsync(tenantId, [.. wanted.Select(entry => entry.Image.AssetId).OfType<long>().Distinct()], cancellationToken);
        var byName = await ByNameAsync(tenantId, [.. wanted.Select(entry => entry.Image.File?.ToLowerInvariant()).OfType<string>().Distinct()], cancellationToken);
        var found = new List<SheetEntry>(wanted.Count);
        foreach (var entry in wanted)
        {
            switch (entry.Image)
            {
                case { File: { } file }:
                    var (id, why) = Choose(file, [.. byName[file.ToLowerInvariant()]]);
                    if (id is not null)
                    {
                        found.Add(entry with { Image = new SheetImage(id, null, null) });
                    }
                    else
                    {
                        rows.Add(entry.Row, "image", why!, file);
                    }

                    break;
                case { AssetId: { } asset } when !byId.Contains(asset):
                    rows.Add(entry.Row, "image", $"There is no picture {asset} in the library.", asset.ToString(CultureInfo.InvariantCulture));
                    break;
                default:
                    found.Add(entry);
                    break;
            }
        }

        return found;
    }

    /// <summary>The one that is meant, or why nobody can tell. Pure.</summary>
    internal static (long? Id, string? Why) Choose(string file, IReadOnlyList<NamedPicture> same)
    {
        var name = Faults.Short(file);
        if (same.Count <= 1)
        {
            return same.Count == 1
                ? (same[0].Id, null)
                : (null, $"There is no picture '{name}' in the library. Add it to the photos first, alone or in a ZIP, or give an id or an address. What was there already under another name is found by that.");
        }

        var newest = same.OrderByDescending(picture => picture.Id).Take(2).ToList();
        var others = same.Count > 2 ? $", among them {Told(newest[0])} and {Told(newest[1])}" : $": {Told(newest[0])} and {Told(newest[1])}";
        return (null, $"{same.Count} pictures are called '{name}'{others}. Give the id of the one you mean, {newest[0].Id} or {newest[1].Id}, or its address.");
    }

    private static string Told(NamedPicture picture) => string.Create(
        CultureInfo.InvariantCulture, $"{picture.Id} ({picture.Width} × {picture.Height}, added {picture.CreatedAt:d MMMM yyyy})");

    private async Task<HashSet<long>> ByIdAsync(long tenantId, long[] ids, CancellationToken cancellationToken) => ids.Length == 0
        ? []
        : (await db.Assets.AsNoTracking().Where(asset => asset.TenantId == tenantId && asset.DeletedAt == null && asset.Type == "image" && ids.Contains(asset.Id))
            .Select(asset => asset.Id).ToListAsync(cancellationToken)).ToHashSet();

    private async Task<ILookup<string, NamedPicture>> ByNameAsync(long tenantId, string[] names, CancellationToken cancellationToken)
    {
        List<NamedPicture> found = names.Length == 0
            ? []
            : await db.Assets.AsNoTracking().Where(asset => asset.TenantId == tenantId && asset.DeletedAt == null && asset.Type == "image" && names.Contains(asset.Name.ToLower()))
                .Select(asset => new NamedPicture(asset.Id, asset.Name, asset.Width, asset.Height, asset.CreatedAt)).ToListAsync(cancellationToken);
        return found.ToLookup(picture => picture.Name.ToLowerInvariant());
    }
}
