using System.Globalization;
using PipelineService.Pipelines;
using ServiceDefaults.OpenApi;

namespace PipelineService.History;

/// <summary>
/// Orders of the list of pipelines. A cursor is the place behind the last row that was seen: its id, and before it the value that the list is ordered by,
/// so that rows which come or go meanwhile move no page.
/// </summary>
internal static class HistoryOrder
{
    public static readonly string[] Words = ["newest", "oldest", "name", "cost", "duration"];

    public static bool IsCursor(string? sort, string cursor) => Place.Parse(sort, cursor) is not null;

    public static string CursorOf(string? sort, Pipeline last) => new Place(last.Id, sort switch
    {
        "name" => last.Name,
        "cost" => last.CostActual.ToString(CultureInfo.InvariantCulture),
        "duration" => ((last.FinishedAt - last.StartedAt) ?? TimeSpan.Zero).Ticks.ToString(CultureInfo.InvariantCulture),
        _ => null,
    }).ToString();

    /// <param name="cursor">One that <see cref="IsCursor"/>, or null for the first page.</param>
    public static IQueryable<Pipeline> After(IQueryable<Pipeline> found, string? sort, string? cursor)
    {
        var place = cursor is null ? null : Place.Parse(sort, cursor);
        var (id, known) = (place?.Id ?? 0, place is not null);
        switch (sort)
        {
            case "oldest":
                return (known ? found.Where(row => row.Id > id) : found).OrderBy(row => row.Id);
            case "name":
                var name = place?.Value ?? string.Empty;
                return (known ? found.Where(row => string.Compare(row.Name, name) > 0 || (row.Name == name && row.Id < id)) : found)
                    .OrderBy(row => row.Name).ThenByDescending(row => row.Id);
            case "cost":
                var cost = place is null ? 0 : decimal.Parse(place.Value!, CultureInfo.InvariantCulture);
                return (known ? found.Where(row => row.CostActual < cost || (row.CostActual == cost && row.Id < id)) : found)
                    .OrderByDescending(row => row.CostActual).ThenByDescending(row => row.Id);
            case "duration":
                var span = place is null ? TimeSpan.Zero : TimeSpan.FromTicks(long.Parse(place.Value!, CultureInfo.InvariantCulture));
                return (known ? found.Where(row => ((row.FinishedAt - row.StartedAt) ?? TimeSpan.Zero) < span || (((row.FinishedAt - row.StartedAt) ?? TimeSpan.Zero) == span && row.Id < id)) : found)
                    .OrderByDescending(row => (row.FinishedAt - row.StartedAt) ?? TimeSpan.Zero).ThenByDescending(row => row.Id);
            default:
                return (known ? found.Where(row => row.Id < id) : found).OrderByDescending(row => row.Id);
        }
    }

    /// <param name="Value">What the list is ordered by; null where that is the id.</param>
    private sealed record Place(long Id, string? Value)
    {
        public static Place? Parse(string? sort, string cursor)
        {
            var parts = cursor.Split('~', 2);
            var value = parts.ElementAtOrDefault(1);
            return long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var id) && Fits(sort, value) ? new Place(id, value) : null;
        }

        public override string ToString() => Id.ToString(CultureInfo.InvariantCulture) + (Value is null ? string.Empty : "~" + Value);

        private static bool Fits(string? sort, string? value) => sort switch
        {
            "name" => value is not null && !value.Contains('\0', StringComparison.Ordinal),
            "cost" => decimal.TryParse(value, NumberStyles.Number, CultureInfo.InvariantCulture, out _),
            "duration" => long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var ticks) && Math.Abs(ticks) < TimeSpan.FromDays(365_000).Ticks,
            _ => value is null,
        };
    }
}

[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
internal sealed class SortWordsAttribute() : WordsAttribute(HistoryOrder.Words);
