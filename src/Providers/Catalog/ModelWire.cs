namespace Providers.Catalog;

/// <summary>How a model is asked for at fal, as its client's types state it.</summary>
/// <param name="Endpoint">The whole id, for example <c>fal-ai/kling-video/v2.5-turbo/pro/image-to-video</c>.</param>
/// <param name="QueueApp">Owner and app, for example <c>fal-ai/kling-video</c>: what status, result and cancel are asked of.</param>
/// <param name="ImageField">The field of the source picture; a list of pictures when <paramref name="ManyImages"/>.</param>
/// <param name="DurationFormat">For example <c>{n}s</c>; null where a clip's length cannot be chosen.</param>
/// <param name="DurationIsNumber">The length is a number, not a text.</param>
public sealed record ModelWire(
    string Endpoint, string QueueApp, string ImageField, bool ManyImages, string? DurationFormat, bool DurationIsNumber, IReadOnlyList<WireField> Fields)
{
    /// <summary>Null when the model's fields are not known: then nobody can ask for it.</summary>
    internal static ModelWire? From(ModelEntry entry) => entry.Wire?.Input is not { Count: > 0 } fields
        ? null
        : new ModelWire(
            entry.Endpoint,
            entry.QueueApp,
            entry.ImageField,
            entry.ImageFieldIsArray,
            entry.DurationWire?.Format,
            entry.DurationWire?.Type?.StartsWith("integer", StringComparison.Ordinal) == true,
            [.. fields.Select(WireField.From)]);
}

/// <summary>One field of a request's body.</summary>
/// <param name="Type">As the vendor has it: enum, string, string[], number, integer, boolean, …</param>
/// <param name="Values">What it may be; empty when it is free.</param>
public sealed record WireField(string Name, bool Required, string Type, IReadOnlyList<string> Values)
{
    /// <summary>Least number; null when there is none.</summary>
    public int? Minimum { get; init; }

    /// <summary>Greatest number; null when there is none.</summary>
    public int? Maximum { get; init; }

    internal static WireField From(WireFieldEntry entry) =>
        new(entry.Name, entry.Required, entry.Type, entry.Enum ?? []) { Minimum = entry.Minimum, Maximum = entry.Maximum };
}
