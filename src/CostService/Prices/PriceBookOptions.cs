namespace CostService.Prices;

/// <summary>Section <c>Prices</c>.</summary>
internal sealed class PriceBookOptions
{
    public const string Section = "Prices";

    /// <summary>A JSON file whose prices stand in for the catalog's; read at start. Default none. Its form: <see cref="PriceOverrides"/>.</summary>
    public string? OverrideFile { get; set; }
}
