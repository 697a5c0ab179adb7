namespace Contracts.Generation;

/// <summary>A model and everything asked of it, after defaults and mappings. Estimate, quote, charge and adapter all use this.</summary>
/// <param name="Model">Catalog id, for example <c>kling-image</c>.</param>
/// <param name="AspectRatio">As asked or defaulted, for example <c>9:16</c>; <c>source</c> or <c>auto</c> keeps the input's ratio; null where the model has none.</param>
/// <param name="Size">What the model delivers for that ratio when it maps ratios to sizes, for example <c>1024x1536</c>.</param>
/// <param name="Resolution">For example <c>1080p</c> or <c>2K</c>; null where the model has none.</param>
/// <param name="Quality">low, medium or high; null where the model has none.</param>
/// <param name="DurationSec">Seconds of video; null for images.</param>
public sealed record GenerationParameters(
    string Model,
    string? AspectRatio = null,
    string? Size = null,
    string? Resolution = null,
    string? Quality = null,
    int? DurationSec = null,
    bool Audio = false,
    string? NegativePrompt = null);
