namespace Providers.Catalog;

/// <summary>What happens to a prompt longer than a model takes: a person's is refused, a derived one shortened.</summary>
public static class PromptLimit
{
    private static readonly char[] SentenceEnds = ['.', '!', '?', ';', '\n'];

    /// <summary>Null when the person's own prompt fits, else the refusal.</summary>
    public static string? Refusal(ModelInfo model, string prompt) =>
        model.Capabilities.PromptMaxChars is { } max && prompt.Length > max
            ? $"The prompt has {prompt.Length} characters; {model.Id} takes up to {max}."
            : null;

    /// <summary>At most <paramref name="maxChars"/> characters of a derived prompt, ending at a sentence, else at a word. Null means no limit.</summary>
    public static string Shorten(string prompt, int? maxChars)
    {
        if (maxChars is not { } max || prompt.Length <= max)
        {
            return prompt;
        }

        if (max <= 0)
        {
            return "";
        }

        var window = prompt.AsSpan(0, max);
        var sentence = LastSentenceEnd(prompt, max);
        // a sentence that keeps less than a third would lose more than a cut between words does
        if (sentence >= max / 3 && sentence > 0)
        {
            return window[..sentence].TrimEnd().ToString();
        }

        var word = prompt[max] == ' ' ? max : window.LastIndexOf(' ');
        var cut = word > 0 ? word : char.IsHighSurrogate(prompt[max - 1]) ? max - 1 : max;
        return prompt[..cut].TrimEnd(' ', ',', ';', ':', '-');
    }

    // length of the longest prefix within max that ends a sentence: the mark stands before a space or at the cut's own end
    private static int LastSentenceEnd(string prompt, int max)
    {
        for (var i = max - 1; i > 0; i--)
        {
            if (SentenceEnds.Contains(prompt[i]) && (i + 1 >= prompt.Length || char.IsWhiteSpace(prompt[i + 1]) || prompt[i] == '\n'))
            {
                return i + 1;
            }
        }

        return 0;
    }
}
