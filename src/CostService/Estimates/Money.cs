using System.Globalization;

namespace CostService.Estimates;

/// <summary>US dollars as text: exact on the wire, rounded only to be shown.</summary>
internal static class Money
{
    /// <summary>Cents, half away from zero: 0.015 shows as $0.02.</summary>
    public static string Display(decimal dollars) =>
        "$" + Math.Round(dollars, 2, MidpointRounding.AwayFromZero).ToString("0.00", CultureInfo.InvariantCulture);

    /// <summary>A unit price is shown whole: $0.001, $0.35.</summary>
    public static string DisplayUnit(decimal dollars) => "$" + dollars.ToString("0.00####", CultureInfo.InvariantCulture);

    /// <summary>A price in a list, to a tenth of a cent.</summary>
    public static string DisplayListed(decimal dollars) =>
        "$" + Math.Round(dollars, 3, MidpointRounding.AwayFromZero).ToString("0.00#", CultureInfo.InvariantCulture);

    public static string ToWire(decimal dollars) => dollars.ToString("0.######", CultureInfo.InvariantCulture);

    /// <summary>Null for what is not an amount from 0 to 999,999,999,999.999999 with six places at most.</summary>
    public static decimal? FromWire(string text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var dollars)
        && dollars < 1_000_000_000_000m && decimal.Round(dollars, 6) == dollars
            ? dollars
            : null;
}
