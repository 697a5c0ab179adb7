using System.Text.Json;
using Providers.Catalog;

namespace Providers.OpenAi;

/// <summary>What a picture cost, by the tokens that OpenAI counted. Pure.</summary>
internal static class OpenAiCost
{
    private const int Places = 6;
    private const decimal Million = 1_000_000m;

    // More is a fault of the counting.
    private const long MostTokens = 100_000_000;

    /// <summary>
    /// US dollars, rounded once, half away from zero, to six places. Null when a count or a price that is needed is missing, or the counts make no sense: a cost that is not known
    /// is never 0.
    /// </summary>
    /// <param name="answer">The whole answer, with its <c>usage</c>.</param>
    public static decimal? Of(JsonElement? answer, OpenAiTokenPrices? prices)
    {
        if (prices is null || Object(answer, "usage") is not { } usage || Object(usage, "input_tokens_details") is not { } asked
            || Tokens(asked, "text_tokens") is not { } words || Tokens(asked, "image_tokens") is not { } pixels || Output(usage, prices) is not ({ } made and > 0))
        {
            return null;
        }

        return Math.Round(((words * prices.TextInput) + (pixels * prices.ImageInput) + made) / Million, Places, MidpointRounding.AwayFromZero);
    }

    /// <summary>What was made is counted as a picture, unless it says that some of it was text.</summary>
    private static decimal? Output(JsonElement usage, OpenAiTokenPrices prices)
    {
        if (Object(usage, "output_tokens_details") is not { } made)
        {
            return Tokens(usage, "output_tokens") * prices.ImageOutput;
        }

        var words = Tokens(made, "text_tokens") ?? 0;
        return words > 0 && prices.TextOutput is null ? null : (Tokens(made, "image_tokens") * prices.ImageOutput) + (words * (prices.TextOutput ?? 0));
    }

    private static JsonElement? Object(JsonElement? owner, string name) =>
        owner is { ValueKind: JsonValueKind.Object } body && body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Object ? value : null;

    private static long? Tokens(JsonElement owner, string name) =>
        owner.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var count) && count is >= 0 and <= MostTokens ? count : null;
}
