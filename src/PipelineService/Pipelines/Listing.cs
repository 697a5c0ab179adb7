using System.Globalization;
using ServiceDefaults.Problems;

namespace PipelineService.Pipelines;

/// <summary>What all lists have in common.</summary>
internal static class Listing
{
    private const int LongestText = 200;

    public static void Check(int? limit, bool cursorIsGood, ProblemErrors errors, int maxLimit = PipelineQuery.MaxLimit)
    {
        if (limit < 1 || limit > maxLimit)
        {
            errors.Add("/limit", $"Use a number from 1 to {maxLimit}.");
        }

        if (!cursorIsGood)
        {
            errors.Add("/cursor", "Use the next_cursor of a page of this list.");
        }
    }

    public static void CheckText(string pointer, string? text, ProblemErrors errors)
    {
        if (text is not null && (text.Length > LongestText || text.Any(char.IsControl)))
        {
            errors.Add(pointer, $"Use up to {LongestText} printable characters.");
        }
    }

    /// <summary>An ILIKE pattern (escape \) for texts that contain these very characters.</summary>
    public static string Containing(string text) =>
        $"%{text.Trim().Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal)}%";
}

/// <summary>A place in a list that is ordered by ordinal and id.</summary>
internal readonly record struct PlaceCursor(long Ordinal, long Id)
{
    /// <summary>Null for what is no cursor.</summary>
    public static PlaceCursor? Parse(string? text) =>
        text?.Split('.') is [var ordinal, var id]
        && long.TryParse(ordinal, NumberStyles.None, CultureInfo.InvariantCulture, out var place)
        && long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new PlaceCursor(place, number)
            : null;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Ordinal}.{Id}");
}
