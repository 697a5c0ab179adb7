namespace CostService.Prices;

/// <summary>Section <c>Prices</c>.</summary>
internal sealed class PriceBookOptions
{
    public const string Section = "Prices";

    /// <summary>A price that has not been held to its source for longer is said to be old. Default 90 days.</summary>
    [System.ComponentModel.DataAnnotations.Range(typeof(TimeSpan), "1.00:00:00", "3650.00:00:00")]
    public TimeSpan GoodFor { get; set; } = TimeSpan.FromDays(90);

    /// <summary>A JSON file whose prices stand in for the catalog's; read at start. Default none. Its form: <see cref="PriceOverrides"/>.</summary>
    public string? OverrideFile { get; set; }
}
