using System.Globalization;
using System.Text.Json.Nodes;
using Providers.Catalog;

namespace Sandbox.OpenAi;

/// <summary>What the vendor would count: the same for the same prompt, size and quality.</summary>
/// <param name="Text">Tokens of the prompt.</param>
/// <param name="Source">Tokens of the source pictures.</param>
/// <param name="Made">Tokens of the pictures that were made.</param>
internal sealed record OpenAiUsage(int Text, int Source, int Made)
{
    private const int LettersPerToken = 4;

    // Of one picture of 1024 × 1024.
    private const int LowFidelity = 135;
    private const int HighFidelity = 3050;

    public static OpenAiUsage Of(OpenAiEdit edit) => new(
        1 + (edit.Prompt.Length / LettersPerToken),
        edit.Images.Count * (edit.Fidelity == "low" ? LowFidelity : HighFidelity),
        edit.Count * Picture(edit));

    public JsonObject Json() => new()
    {
        ["total_tokens"] = Text + Source + Made,
        ["input_tokens"] = Text + Source,
        ["output_tokens"] = Made,
        ["input_tokens_details"] = new JsonObject { ["text_tokens"] = Text, ["image_tokens"] = Source },
        ["output_tokens_details"] = new JsonObject { ["text_tokens"] = 0, ["image_tokens"] = Made },
    };

    /// <summary>Null when the catalog has no prices of tokens.</summary>
    public decimal? Dollars(OpenAiTokenPrices? prices) => prices is null
        ? null
        : Math.Round(((Text * prices.TextInput) + (Source * prices.ImageInput) + (Made * prices.ImageOutput)) / 1_000_000m, 6, MidpointRounding.AwayFromZero);

    /// <summary>So many as the list price of such a picture pays for: the size nearest in area, the dearest where the model chooses.</summary>
    private static int Picture(OpenAiEdit edit)
    {
        if (edit.Model.OpenAi?.Prices is not { ImageOutput: > 0 } prices)
        {
            return 1000;
        }

        var price = edit.Model.Price.ByQualitySize?.GetValueOrDefault(edit.Quality) is not { Count: > 0 } sizes ? edit.Model.Price.Amount
            : Area(edit.Size) is { } area ? sizes.MinBy(pair => Math.Abs((Area(pair.Key) ?? 0) - area)).Value
            : sizes.Values.Max();
        return (int)Math.Round(price / prices.ImageOutput * 1_000_000m);
    }

    private static long? Area(string size) => size.Split('x') is [var width, var height]
        && int.TryParse(width, NumberStyles.None, CultureInfo.InvariantCulture, out var w) && int.TryParse(height, NumberStyles.None, CultureInfo.InvariantCulture, out var h)
            ? (long)w * h
            : null;
}
