using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using PipelineService.Storage;
using ServiceDefaults.OpenApi;
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
/// <param name="Verdict">pick, reject or unset.</param>
/// <param name="ImageIndex">The input image it belongs to, from 0; null means any.</param>
/// <param name="ParentOutputId">The output of the step before that it was made from; null in the first step.</param>
/// <param name="Place">Position in the step's plan: what was made anew has the place of what it replaces.</param>
/// <param name="Redone">It was made anew.</param>
/// <param name="Settled">What follows from it exists already, or is not wanted: its verdict stays.</param>
/// <param name="Prompts">With <c>prompts=true</c>: the different prompts that occur here, cut after 160 characters, with … where there is more; else null.</param>
/// <param name="Prompt">With <c>prompts=true</c>: counts from 0 in <paramref name="Prompts"/>; else null.</param>
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
    IReadOnlyList<Verdict> Verdict,
    IReadOnlyList<int?> Rating,
    IReadOnlyList<int?> ImageIndex,
    IReadOnlyList<int?> PromptIndex,
    IReadOnlyList<long?> ParentOutputId,
    IReadOnlyList<long> Place,
    IReadOnlyList<bool> Redone,
    IReadOnlyList<bool> Settled,
    IReadOnlyList<string>? Prompts,
    IReadOnlyList<int?>? Prompt,
    IReadOnlyList<long> CreatedAt,
    string? NextCursor)
{
    private const int PromptLength = 160;

    /// <param name="rows">One more than a page where another follows.</param>
    internal static OutputIndex Of(int total, IReadOnlyList<OutputLine> rows, OutputIndexQuery query)
    {
        var page = rows.Take(query.PageSize).ToList();
        var prompts = query.Prompts == true ? Numbered(page.Select(row => row.Prompt)) : ((IReadOnlyList<string> Names, IReadOnlyList<int?> Places)?)null;
        List<string> models = [.. page.Select(row => row.Model).OfType<string>().Distinct(StringComparer.Ordinal)];
        List<string> providers = [.. page.Select(row => row.Provider).OfType<string>().Distinct(StringComparer.Ordinal)];
        return new OutputIndex(
            total, models, providers,
            [.. page.Select(row => row.Id)], [.. page.Select(row => row.ItemId)], [.. page.Select(row => row.AssetId)],
            [.. page.Select(row => row.Width)], [.. page.Select(row => row.Height)], [.. page.Select(row => row.DurationSec)],
            [.. page.Select(row => PlaceOf(models, row.Model))], [.. page.Select(row => PlaceOf(providers, row.Provider))],
            [.. page.Select(row => row.Simulated)], [.. page.Select(row => row.Reused)], [.. page.Select(row => row.Selected)],
            [.. page.Select(row => row.Verdict)], [.. page.Select(row => row.Rating)], [.. page.Select(row => row.ImageIndex)], [.. page.Select(row => row.PromptIndex)],
            [.. page.Select(row => row.ParentOutputId)], [.. page.Select(row => row.Ordinal)], [.. page.Select(row => row.Redone)], [.. page.Select(row => row.Settled)],
            prompts?.Names.Select(Short).ToList(), prompts?.Places,
            [.. page.Select(row => row.CreatedAt.ToUnixTimeSeconds())],
            rows.Count > query.PageSize ? new PlaceCursor(page[^1].Ordinal, page[^1].Id).ToString() : null);
    }

    private static int? PlaceOf(List<string> names, string? name) => name is null ? null : names.IndexOf(name);

    /// <summary>There may be as many prompts as outputs, so their places are looked up.</summary>
    private static (IReadOnlyList<string> Names, IReadOnlyList<int?> Places) Numbered(IEnumerable<string?> prompts)
    {
        var (names, places, known) = (new List<string>(), new List<int?>(), new Dictionary<string, int>(StringComparer.Ordinal));
        foreach (var prompt in prompts)
        {
            if (prompt is not null && known.TryAdd(prompt, names.Count))
            {
                names.Add(prompt);
            }

            places.Add(prompt is null ? null : known[prompt]);
        }

        return (names, places);
    }

    private static string Short(string prompt) => prompt.Length <= PromptLength
        ? prompt
        : prompt[..(char.IsHighSurrogate(prompt[PromptLength - 1]) ? PromptLength - 1 : PromptLength)].TrimEnd() + "…";
}

/// <summary>A row of the index, as the database gives it.</summary>
internal sealed record OutputLine(
    long Id, long Ordinal, long? ItemId, long? AssetId, int? Width, int? Height, decimal? DurationSec, string? Model, string? Provider, bool Simulated, bool Reused,
    bool Selected, Verdict Verdict, int? Rating, int? ImageIndex, int? PromptIndex, long? ParentOutputId, bool Redone, bool Settled, string? Prompt, DateTimeOffset CreatedAt);

/// <summary>Which part of a step's index to read.</summary>
internal sealed record OutputIndexQuery
{
    public const int MaxLimit = 10_000;

    /// <summary>Only outputs with a larger id: what has come since.</summary>
    public long? After { get; init; }

    /// <summary>Only outputs that a person changed since this version of the step.</summary>
    [FromQuery(Name = "changed_after")]
    public int? ChangedAfter { get; init; }

    /// <summary>pick, reject or unset.</summary>
    [Words<Verdict>]
    public string? Verdict { get; init; }

    /// <summary>1..5: rated so or better.</summary>
    [FromQuery(Name = "min_rating")]
    public int? MinRating { get; init; }

    /// <summary>With the prompts that made them. Default false.</summary>
    public bool? Prompts { get; init; }

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
        JudgementQuery.Check(Verdict, MinRating, errors);
        return errors.Any ? errors.ToDictionary() : null;
    }

    /// <summary>One more than a page, so that it is known whether another follows.</summary>
    public IQueryable<OutputLine> Apply(PipelineDbContext db, Step step)
    {
        var found = db.Outputs.AsNoTracking().Where(output => output.StepId == step.Id && output.TenantId == step.TenantId);
        found = JudgementQuery.Apply(found, Verdict, MinRating);
        found = ChangedAfter is { } version ? found.Where(output => output.ReviewVersion > version) : found;
        var withPrompts = Prompts == true;
        found = After is { } after ? found.Where(output => output.Id > after) : found;
        found = PlaceCursor.Parse(Cursor) is var (ordinal, id) ? found.Where(output => output.Ordinal > ordinal || (output.Ordinal == ordinal && output.Id > id)) : found;
        var lines =
            from output in found
            join asset in db.Assets on new { output.TenantId, Id = output.AssetId } equals new { asset.TenantId, Id = (long?)asset.Id } into files
            from file in files.DefaultIfEmpty()
            orderby output.Ordinal, output.Id
            select new OutputLine(
                output.Id, output.Ordinal, output.ItemId, output.AssetId, file == null ? null : file.Width, file == null ? null : file.Height, file == null ? null : file.DurationSec,
                output.Model, output.Provider, output.Simulated, output.Reused, output.Selected, output.Verdict, output.Rating,
                output.ImageIndex, output.PromptIndex, output.ParentOutputId, output.Redone, output.Advanced, withPrompts ? output.Prompt : null, output.CreatedAt);
        return lines.Take(PageSize + 1);
    }
}
