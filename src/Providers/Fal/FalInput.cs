using System.Globalization;
using System.Text.Json.Nodes;
using Contracts.Generation;
using Providers.Catalog;

namespace Providers.Fal;

/// <summary>
/// The body of a request from the very parameters it was priced with. Everything that has a price or changes the prompt is sent, whatever fal's own default
/// is: a default that changes there must not change what is made or paid here. Pure.
/// </summary>
internal static class FalInput
{
    /// <param name="imageUrl">Where fal finds the source picture.</param>
    /// <exception cref="InvalidOperationException">The model's fields are not known.</exception>
    public static JsonObject Body(ModelInfo model, GenerationParameters asked, string prompt, long seed, string imageUrl)
    {
        var wire = model.Wire ?? throw new InvalidOperationException($"How fal is asked for {model.Id} is not known.");
        var body = new JsonObject();
        foreach (var field in wire.Fields)
        {
            if (Value(wire, field, asked, prompt, seed, imageUrl) is { } value)
            {
                body[field.Name] = value;
            }
        }

        return body;
    }

    private static JsonNode? Value(ModelWire wire, WireField field, GenerationParameters asked, string prompt, long seed, string imageUrl) => field.Name switch
    {
        _ when field.Name == wire.ImageField => wire.ManyImages ? new JsonArray(imageUrl) : imageUrl,
        "prompt" => prompt,
        "aspect_ratio" => Listed(field, asked.AspectRatio),
        "image_size" => Listed(field, asked.Size) ?? Listed(field, asked.Resolution) ?? Listed(field, NamedSize(asked.AspectRatio)) ?? Listed(field, "auto"),
        "resolution" => Listed(field, asked.Resolution),
        "quality" => Listed(field, asked.Quality),
        "duration" => Duration(wire, asked.DurationSec),
        "generate_audio" or "generate_audio_switch" => asked.Audio,
        "negative_prompt" => asked.NegativePrompt,
        "seed" => seed & int.MaxValue,

        // One request an output: each is priced, tried again and shown by itself.
        "num_images" or "max_images" => 1,
        "limit_generations" => true,
        "output_format" => Listed(field, "png"),
        "input_fidelity" => Listed(field, "high"),

        // The prompt has been worked on already; a second rewriting would lose what the user approved.
        "enable_prompt_expansion" or "prompt_optimizer" or "auto_fix" => false,
        "enable_web_search" or "generate_multi_clip_switch" or "multi_shots" => false,

        // What these cost is part of the clip's price at exactly these values.
        "fps" => Listed(field, "25") is null ? null : 25,
        "num_frames" when wire.DurationFormat is null => 81,
        "frames_per_second" => 16,
        _ => null,
    };

    private static string? Listed(WireField field, string? value) => value is null
        ? null
        : field.Values.FirstOrDefault(listed => listed.Equals(value, StringComparison.OrdinalIgnoreCase));

    private static string? NamedSize(string? ratio) => ratio switch
    {
        "1:1" => "square_hd",
        "4:3" => "landscape_4_3",
        "3:4" => "portrait_4_3",
        "16:9" => "landscape_16_9",
        "9:16" => "portrait_16_9",
        _ => null,
    };

    private static JsonNode? Duration(ModelWire wire, int? seconds)
    {
        if (seconds is not { } length)
        {
            return null;
        }

        return wire.DurationIsNumber ? length : (wire.DurationFormat ?? "{n}").Replace("{n}", length.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }
}
