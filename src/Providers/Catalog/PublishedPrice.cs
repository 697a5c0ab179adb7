namespace Providers.Catalog;

/// <param name="Text">The price in the vendor's words.</param>
/// <param name="Source">An address, or words such as <c>third party</c>.</param>
public sealed record PublishedPrice(string? Text = null, string? Source = null);
