namespace Providers.Catalog;

/// <summary>The price of one output, or why there is none. There is no price of 0.</summary>
public readonly record struct UnitPrice
{
    private UnitPrice(decimal? amount, string? why) => (Amount, Why) = (amount, why);

    /// <summary>US dollars, six places at most; null when there is no price.</summary>
    public decimal? Amount { get; }

    /// <summary>A sentence for people; null when there is a price.</summary>
    public string? Why { get; }

    public static UnitPrice Of(decimal amount) => amount > 0
        ? new UnitPrice(amount, null)
        : Unknown("The price book has no price above 0 for it.");

    public static UnitPrice Unknown(string why) => new(null, why);
}
