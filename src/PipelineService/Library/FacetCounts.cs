namespace PipelineService.Library;

/// <summary>Assets that have all of this in common, counted by the database.</summary>
internal sealed record FacetRow(string Type, string Source, bool Starred, int? Rating, string? Model, long? PipelineId, int Count);

/// <summary>Counts every choice of a filter as if it were the one that is made: under all other filters, without its own.</summary>
internal static class FacetCounts
{
    public static AssetFacets Of(AssetFilter filter, IReadOnlyList<FacetRow> rows)
    {
        return new AssetFacets(
            rows.Where(row => Passes(row, Own.None)).Sum(row => row.Count),
            Count(Own.Type, row => row.Type),
            Count(Own.Source, row => row.Source),
            rows.Where(row => row.Starred && Passes(row, Own.Starred)).Sum(row => row.Count),
            [.. Enumerable.Range(1, 5).Select(stars => new RatingCount(stars, rows.Where(row => row.Rating >= stars && Passes(row, Own.Rating)).Sum(row => row.Count)))],
            Count(Own.Model, row => row.Model),
            [.. Groups(Own.Pipeline, row => row.PipelineId).Select(group => new PipelineCount(group.Key!.Value, null, group.Count))],
            [], []);

        IReadOnlyList<FacetCount> Count(Own own, Func<FacetRow, string?> value) => [.. Groups(own, value).Select(group => new FacetCount(group.Key!, group.Count))];

        IEnumerable<(T Key, int Count)> Groups<T>(Own own, Func<FacetRow, T> value) => rows
            .Where(row => value(row) is not null && Passes(row, own))
            .GroupBy(value).Select(group => (group.Key, Count: group.Sum(row => row.Count)))
            .OrderByDescending(group => group.Count).ThenBy(group => group.Key);

        bool Passes(FacetRow row, Own own) =>
            (own == Own.Type || filter.Type is null || filter.Type == row.Type)
            && (own == Own.Source || filter.Source is null || filter.Source == row.Source)
            && (own == Own.Starred || filter.Starred is null || filter.Starred == row.Starred)
            && (own == Own.Rating || filter.MinRating is null || row.Rating >= filter.MinRating)
            && (own == Own.Model || filter.Model is null || filter.Model == row.Model)
            && (own == Own.Pipeline || filter.PipelineId is null || filter.PipelineId == row.PipelineId);
    }

    private enum Own
    {
        None,
        Type,
        Source,
        Starred,
        Rating,
        Model,
        Pipeline,
    }
}

/// <summary>How many assets each choice of a filter leaves, under all the other filters that are on; the most frequent first.</summary>
/// <param name="Total">How many the filters leave together.</param>
/// <param name="Ratings">With so many stars or more.</param>
/// <param name="Pipelines">The 50 with the most.</param>
/// <param name="Tags">The 100 most used.</param>
/// <param name="Collections">Those without any are absent.</param>
public sealed record AssetFacets(
    int Total,
    IReadOnlyList<FacetCount> Types,
    IReadOnlyList<FacetCount> Sources,
    int Starred,
    IReadOnlyList<RatingCount> Ratings,
    IReadOnlyList<FacetCount> Models,
    IReadOnlyList<PipelineCount> Pipelines,
    IReadOnlyList<FacetCount> Tags,
    IReadOnlyList<CollectionCount> Collections);

/// <param name="Value">As the filter takes it.</param>
public sealed record FacetCount(string Value, int Count);

/// <param name="MinRating">1 to 5.</param>
public sealed record RatingCount(int MinRating, int Count);

/// <param name="Name">Null when the pipeline was deleted.</param>
public sealed record PipelineCount(long PipelineId, string? Name, int Count);

public sealed record CollectionCount(long CollectionId, int Count);
