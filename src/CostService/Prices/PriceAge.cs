namespace CostService.Prices;

/// <summary>What is said of a price that nobody has held to its source for long. Pure.</summary>
internal static class PriceAge
{
    /// <param name="asOf">When it was last held to its source; null when that is not known.</param>
    /// <returns>Null while it is young enough.</returns>
    public static string? Sentence(DateOnly? asOf, DateOnly today, TimeSpan goodFor) => asOf switch
    {
        null => "It is not known when this price was last held to its source.",
        { } seen when seen.AddDays((int)goodFor.TotalDays) < today => $"This price was last held to its source on {seen:yyyy-MM-dd}; it may have changed.",
        _ => null,
    };
}
