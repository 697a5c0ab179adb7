using System.Globalization;

namespace Providers.Catalog;

/// <summary>Whether a model can be had.</summary>
/// <param name="Date">The day of the announced or past end; null when there is none.</param>
/// <param name="Note">A sentence for people; null for an active model.</param>
public sealed record ModelAvailability(ModelStatus Status, DateOnly? Date, string? Note)
{
    /// <summary>Reads the catalog's own words, such as <c>deprecated_upstream_2026-12-01</c>.</summary>
    /// <exception cref="FormatException">A status this project does not know.</exception>
    public static ModelAvailability Parse(string raw) => raw switch
    {
        "active" => new(ModelStatus.Active, null, null),
        "price_unconfirmed" => new(ModelStatus.PriceUnconfirmed, null, "The vendor has not confirmed this price."),
        _ when After(raw, "deprecated_upstream_") is { } end => new(ModelStatus.Deprecated, end, $"The vendor shuts this model down on {end:yyyy-MM-dd}."),
        _ when After(raw, "shutdown_") is { } end => new(ModelStatus.Retired, end, $"The vendor shut this model down on {end:yyyy-MM-dd}."),
        _ => throw new FormatException($"The catalog holds the unknown status '{raw}'."),
    };

    private static DateOnly? After(string raw, string prefix) =>
        raw.StartsWith(prefix, StringComparison.Ordinal)
        && DateOnly.TryParseExact(raw[prefix.Length..], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date
            : null;
}
