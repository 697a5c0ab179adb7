using System.Globalization;

namespace PipelineService.Pipelines;

/// <summary>US dollars in answers.</summary>
internal static class Money
{
    public const string Currency = "USD";

    /// <summary>The same number without the zeros that a numeric(18,6) column adds: 0.84, not 0.840000.</summary>
    public static decimal Plain(decimal amount) => amount / 1.0000000000000000000000000000m;

    public static decimal? Plain(decimal? amount) => amount is { } value ? Plain(value) : null;

    /// <summary>For people: cents, half away from zero.</summary>
    public static string Display(decimal dollars) => "$" + Math.Round(dollars, 2, MidpointRounding.AwayFromZero).ToString("0.00", CultureInfo.InvariantCulture);
}
