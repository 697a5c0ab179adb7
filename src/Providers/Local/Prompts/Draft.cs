using Providers.Catalog;

namespace Providers.Local.Prompts;

/// <summary>A prompt before it is made to fit.</summary>
/// <param name="Opening">Ends with its own space; may be empty.</param>
/// <param name="Input">The person's own words.</param>
/// <param name="Variation">What makes this prompt another than its neighbours.</param>
/// <param name="Extras">Sentences, most needed first; empty ones are left out.</param>
internal sealed record Draft(string Opening, string Input, string Variation, IReadOnlyList<string> Extras)
{
    /// <summary>The fullest wording that fits and is not yet taken; adds it to <paramref name="taken"/>.</summary>
    public string Fit(int? maxChars, HashSet<string> taken)
    {
        for (var extras = Extras.Count; extras >= 0; extras--)
        {
            var prompt = Compose(extras);
            if (prompt.Length <= (maxChars ?? int.MaxValue) && taken.Add(prompt))
            {
                return prompt;
            }
        }

        return Squeeze(maxChars ?? int.MaxValue, taken);
    }

    private string Compose(int extras)
    {
        // a variation runs on in the input's last sentence, but a verb of its own begins a new one
        var main = Variation.StartsWith("the ", StringComparison.Ordinal) ? $"{Input}. {Capital(Variation)}" : $"{Input}, {Variation}";
        var sentences = Extras.Take(extras).Where(extra => extra.Length > 0).Prepend(Capital(Opening + main));
        return string.Join(". ", sentences) + ".";
    }

    // too little room for all: as much of the input as fits beside the variation, then numbers, which are short
    private string Squeeze(int maxChars, HashSet<string> taken)
    {
        var room = maxChars - Variation.Length - 3;
        var prompt = room > 0 ? $"{Lead(room)}, {Variation}." : Lead(maxChars);
        for (var n = 2; prompt.Length > maxChars || prompt.Length == 0 || !taken.Add(prompt); n++)
        {
            var number = $" {n}";
            prompt = number.Length < maxChars ? Lead(maxChars - number.Length) + number : number.Trim();
        }

        return prompt;
    }

    private string Lead(int maxChars) => Capital(PromptLimit.Shorten(Input, maxChars).TrimEnd('.', ' '));

    private static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];
}
