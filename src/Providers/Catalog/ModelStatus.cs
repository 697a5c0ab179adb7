namespace Providers.Catalog;

public enum ModelStatus
{
    /// <summary>Served by its vendor.</summary>
    Active,

    /// <summary>Still served; the vendor has announced the end.</summary>
    Deprecated,

    /// <summary>No longer served. Visible, estimated with a warning, run by the demo renderer alone.</summary>
    Retired,

    /// <summary>Served, but its price is not confirmed by the vendor.</summary>
    PriceUnconfirmed,
}
