using System.Globalization;
using System.Text.Json.Nodes;
using Contracts.Generation;
using Providers.Catalog;

namespace Providers.Replicate;

/// <summary>
/// The input of a prediction from the very parameters it was priced with. Everything that has a price or changes the prompt is sent, whatever the model's own
/// default is: a default that changes there must not change what is made or paid here. Pure.
/// </summary>
internal static class ReplicateInput
{
    private const string Auto = "auto";
    private const string Source = "source";

    /// <param name="imageUrl">Where Replicate finds the source picture, or the picture itself as a data URI.</param>
    /// <param name="sourceRatio">Width by height of the source picture; null when it is not known.</param>
    /// <returns>Null when the model does not have one of the settings there.</returns>
    public static JsonObject? Body(ReplicateWire wire, GenerationParameters asked, string prompt, long seed, string imageUrl, double? sourceRatio)
    {
        var input = new JsonObject();
        foreach (var field in wire.Fields)
        {
            var (value, known) = Value(wire, field, asked, prompt, seed, imageUrl, sourceRatio);
            if (!known)
            {
                return null;
            }

            if (value is not null)
            {
                input[field.Name] = value;
            }
        }

        return input;
    }

    private static (JsonNode? Value, bool Known) Value(
        ReplicateWire wire, WireField field, GenerationParameters asked, string prompt, long seed, string imageUrl, double? sourceRatio) => field.Name switch
        {
            _ when field.Name == wire.ImageField => (wire.ManyImages ? new JsonArray(imageUrl) : imageUrl, true),
            _ when wire.Fixed.TryGetValue(field.Name, out var value) => (JsonNode.Parse(value.GetRawText()), true),
            "prompt" => (prompt, true),
            "negative_prompt" => (asked.NegativePrompt, true),
            "seed" => (seed & int.MaxValue, true),
            "generate_audio" => (asked.Audio, true),
            "resolution" => OneOf(field, asked.Resolution),
            "aspect_ratio" => Aspect(wire, field, asked.AspectRatio, sourceRatio),
            "duration" => Duration(field, asked.DurationSec),
            _ => (null, true),
        };

    /// <summary>In the field's own spelling.</summary>
    private static (JsonNode? Value, bool Known) OneOf(WireField field, string? wish)
    {
        var listed = field.Values.FirstOrDefault(value => value.Equals(wish, StringComparison.OrdinalIgnoreCase));
        return (listed, listed is not null);
    }

    /// <summary>Models that keep the picture's own ratio do not look at the field; sending it would promise something.</summary>
    private static (JsonNode? Value, bool Known) Aspect(ReplicateWire wire, WireField field, string? wish, double? sourceRatio) => wish switch
    {
        null or Source => (null, true),
        Auto when wire.AutoAspect is null => (null, false),
        Auto when wire.AutoAspect != ReplicateWire.Nearest => (wire.AutoAspect, true),
        Auto => (sourceRatio is { } ratio ? field.Values.MinBy(value => Math.Abs(Math.Log(Ratio(value)) - Math.Log(ratio))) : field.Values[0], true),
        _ => OneOf(field, wish),
    };

    private static (JsonNode? Value, bool Known) Duration(WireField field, int? seconds)
    {
        if (seconds is not { } length)
        {
            return (null, false);
        }

        var text = length.ToString(CultureInfo.InvariantCulture);
        var known = (field.Values.Count == 0 || field.Values.Contains(text)) && length >= (field.Minimum ?? length) && length <= (field.Maximum ?? length);
        return (field.Type == "integer" ? length : text, known);
    }

    private static double Ratio(string value)
    {
        var sides = value.Split(':');
        return double.Parse(sides[0], CultureInfo.InvariantCulture) / double.Parse(sides[1], CultureInfo.InvariantCulture);
    }
}
