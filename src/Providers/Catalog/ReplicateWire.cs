using System.Text.Json;

namespace Providers.Catalog;

/// <summary>How an official model of Replicate is asked for, and what is different there from the model as the catalog has it.</summary>
/// <param name="Model">Owner and name, for example <c>google/nano-banana</c>.</param>
/// <param name="ImageField">The field of the source picture; a list of pictures when <paramref name="ManyImages"/>.</param>
/// <param name="AutoAspect">What an aspect ratio of <c>auto</c> is there: a word of the model's own, or <see cref="Nearest"/>; null when it is not offered.</param>
/// <param name="Fixed">Fields that are always sent with one value.</param>
/// <param name="AspectRatios">Instead of the catalog's; null when they are the same.</param>
/// <param name="Price">Instead of the catalog's; null when it is the same.</param>
public sealed record ReplicateWire(
    string Model, string ImageField, bool ManyImages, string? AutoAspect, IReadOnlyDictionary<string, JsonElement> Fixed, IReadOnlyList<WireField> Fields,
    IReadOnlyList<string>? AspectRatios, ModelPrice? Price)
{
    /// <summary>Of the ratios that the model has, the one closest to the source picture's.</summary>
    public const string Nearest = "nearest";

    internal static ReplicateWire? From(ReplicateEntry? entry) => entry is null
        ? null
        : new ReplicateWire(
            entry.Model,
            entry.ImageField,
            entry.ImageFieldIsArray,
            entry.AutoAspect,
            entry.Fixed ?? new Dictionary<string, JsonElement>(),
            [.. entry.Input.Select(WireField.From)],
            entry.AspectRatios,
            entry.Price);
}
