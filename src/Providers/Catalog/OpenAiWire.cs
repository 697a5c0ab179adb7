using System.Globalization;
using System.Text.Json.Serialization;

namespace Providers.Catalog;

/// <summary>How a model is asked for at OpenAI itself, and what its tokens cost there.</summary>
/// <param name="Model">Its id at OpenAI.</param>
/// <param name="Sizes">Ratio → size such as <c>1024x1536</c>, or <c>auto</c>.</param>
/// <param name="Qualities">What <c>quality</c> may be.</param>
/// <param name="PromptMaxChars">Letters of a prompt.</param>
/// <param name="MaxImageBytes">Bytes of one source picture.</param>
public sealed record OpenAiWire(string Model, IReadOnlyDictionary<string, string> Sizes, IReadOnlyList<string> Qualities, int PromptMaxChars, long MaxImageBytes)
{
    /// <summary>What is sent as <c>input_fidelity</c>; null where the model knows no such field, and refuses it.</summary>
    public string? InputFidelity { get; init; }

    /// <summary>Which sizes it takes beside those of <see cref="Sizes"/>; null for none.</summary>
    public OpenAiSizeRule? SizeRule { get; init; }

    /// <summary>Null when not known; then nothing can be said of what a picture cost.</summary>
    [JsonPropertyName("per_million_tokens")]
    public OpenAiTokenPrices? Prices { get; init; }

    public bool TakesSize(string size) => Sizes.Values.Contains(size) || SizeRule?.Allows(size) == true;
}

/// <summary>Which sizes a model takes that is not bound to a list.</summary>
/// <param name="MultipleOf">Pixels that both sides are a multiple of.</param>
/// <param name="MaxRatio">Longer ÷ shorter side.</param>
/// <param name="MaxSide">Pixels.</param>
/// <param name="MinPixels">Width × height.</param>
/// <param name="MaxPixels">Width × height.</param>
public sealed record OpenAiSizeRule(int MultipleOf, int MaxRatio, int MaxSide, long MinPixels, long MaxPixels)
{
    /// <param name="size">Such as <c>1536x864</c>.</param>
    public bool Allows(string size)
    {
        ArgumentNullException.ThrowIfNull(size);
        return size.Split('x') is [var first, var second] && Side(first) is { } width && Side(second) is { } height
            && Math.Max(width, height) <= MaxSide && Math.Max(width, height) <= MaxRatio * Math.Min(width, height)
            && (long)width * height >= MinPixels && (long)width * height <= MaxPixels;
    }

    private int? Side(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var pixels) && pixels > 0 && pixels <= MaxSide && pixels % MultipleOf == 0 ? pixels : null;
}

/// <summary>US dollars a million tokens.</summary>
/// <param name="TextOutput">Null where the model writes no text.</param>
public sealed record OpenAiTokenPrices(decimal TextInput, decimal ImageInput, decimal ImageOutput, decimal? TextOutput = null);
