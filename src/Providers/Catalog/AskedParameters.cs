namespace Providers.Catalog;

/// <summary>A step's wishes as they came in; null means not given.</summary>
/// <param name="DurationSec">Seconds; videos only.</param>
public sealed record AskedParameters(
    string? AspectRatio = null,
    string? Resolution = null,
    string? Quality = null,
    int? DurationSec = null,
    bool? Audio = null,
    string? NegativePrompt = null);
