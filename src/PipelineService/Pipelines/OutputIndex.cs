using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using PipelineService.Storage;
using ServiceDefaults.Problems;

namespace PipelineService.Pipelines;

/// <summary>
/// Outputs of a step in brief, in its order: what a gallery lays out, groups and counts. Columns side by side, so that ten thousand are one small answer; entry n
/// of each belongs to the same output. The rest of an output is under <c>/outputs</c>, where <c>ids</c> picks single ones.
/// </summary>
/// <param name="Total">How many the step has, whatever was asked for.</param>
/// <param name="Models">Models that occur here; <paramref name="Model"/> counts from 0 in it.</param>
/// <param name="Providers">Providers that occur here; <paramref name="Provider"/> counts from 0 in it.</param>
/// <param name="AssetId">Null for prompts.</param>
/// <param name="Width">Pixels; null for prompts and for files that were deleted.</param>
/// <param name="DurationSec">Null for what does not move.</param>
/// <param name="CreatedAt">Seconds since 1970.</param>
/// <param name="NextCursor">Give it as <c>cursor</c> for the next page; null on the last.</param>
public sealed record OutputIndex(
    int Total,
    IReadOnlyList<string> Models,
    IReadOnlyList<string> Providers,
    IReadOnlyList<long> Id,
    IReadOnlyList<long?> ItemId,
    IReadOnlyList<long?> AssetId,
    IReadOnlyList<int?> Width,
    IReadOnlyList<int?> Height,
    IReadOnlyList<decimal?> DurationSec,
    IReadOnlyList<int?> Model,
    IReadOnlyList<int?> Provider,
    IReadOnlyList<bool> Simulated,
    IReadOnlyList<bool> Reused,
    IReadOnlyList<bool> Selected,
    IReadOnlyList<long> CreatedAt,
    string? NextCursor)
{
    /// <param name="rows">One more than a page where another follows.</param>
    internal static OutputIndex Of(int total, IReadOnlyList<OutputLine> rows, int pageSize)
    {
        var page = rows.Take(pageSize).ToList();
        List<string> models = [.. page.Select(row => row.Model).OfType<string>().Distinct(StringComparer.Ordinal)];
        List<string> providers = [.. page.Select(row => row.Provider).OfType<string>().Distinct(StringComparer.Ordinal)];
        return new OutputIndex(
            total, models, providers,
            [.. page.Select(row => row.Id)], [.. page.Select(row => row.ItemId)], [.. page.Select(row => row.AssetId)],
            [.. page.Select(row => row.Width)], [.. page.Select(row => row.Height)], [.. page.Select(row => row.DurationSec)],
            [.. page.Select(row => Place(models, row.Model))], [.. page.Select(row => Place(providers, row.Provider))],
            [.. page.Select(row => row.Simulated)], [.. page.Select(row => row.Reused)], [.. page.Select(row => row.Selected)],
            [.. page.Select(row => row.CreatedAt.ToUnixTimeSeconds())],
            rows.Count > pageSize ? new PlaceCursor(page[^1].Ordinal, page[^1].Id).ToString() : null);
    }

    private static int? Place(List<string> names, string? name) => name is null ? null : names.IndexOf(name);
}

/// <summary>A row of the index, as the database gives it.</summary>
internal sealed record OutputLine(
    long Id, long Ordinal, long? ItemId, long? AssetId, int? Width, int? Height, decimal? DurationSec, string? Model, string? Provider, bool Simulated, bool Reused,
    bool Selected, DateTimeOffset CreatedAt);

/// <summary>Which part of a step's index to read.</summary>
internal sealed record OutputIndexQuery
{
    public const int MaxLimit = 10_000;

    /// <summary>Only outputs with a larger id: what has come since.</summary>
    public long? After { get; init; }

    /// <summary>1..10,000, default 10,000.</summary>
    public int? Limit { get; init; }

    /// <summary>next_cursor of the page before.</summary>
    public string? Cursor { get; init; }

    [JsonIgnore]
    public int PageSize => Limit ?? MaxLimit;

    public Dictionary<string, string[]>? Errors()
    {
        var errors = new ProblemErrors();
        Listing.Check(Limit, Cursor is null || PlaceCursor.Parse(Cursor) is not null, errors, MaxLimit);
        return errors.Any ? errors.ToDictionary() : null;
    }

    /// <summary>One more than a page, so that it is known whether another follows.</summary>
    public IQueryable<OutputLine> Apply(PipelineDbContext db, Step step)
    {
        var found = db.Outputs.AsNoTracking().Where(output => output.StepId == step.Id && output.TenantId == step.TenantId);
        found = After is { } after ? found.Where(output => output.Id > after) : found;
        found = PlaceCursor.Parse(Cursor) is var (ordinal, id) ? found.Where(output => output.Ordinal > ordinal || (output.Ordinal == ordinal && output.Id > id)) : found;
        var lines =
            from output in found
            join asset in db.Assets on new { output.TenantId, Id = output.AssetId } equals new { asset.TenantId, Id = (long?)asset.Id } into files
            from file in files.DefaultIfEmpty()
            orderby output.Ordinal, output.Id
            select new OutputLine(
                output.Id, output.Ordinal, output.ItemId, output.AssetId, file == null ? null : file.Width, file == null ? null : file.Height, file == null ? null : file.DurationSec,
                output.Model, output.Provider, output.Simulated, output.Reused, output.Selected, output.CreatedAt);
        return lines.Take(PageSize + 1);
    }
}
