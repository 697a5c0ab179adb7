namespace PipelineService.Expansion;

/// <summary>Says a set-mode variation in words, so that a model follows it and keeps the rest as it is.</summary>
public static class VariationText
{
    private static readonly Dictionary<(string Kind, string Option), string> Phrases = new()
    {
        [("angles", "front")] = "seen from the front",
        [("angles", "side")] = "seen from the side",
        [("angles", "three_quarter")] = "seen from a three-quarter angle",
        [("angles", "back")] = "seen from behind",
        [("expressions", "smile")] = "with a warm smile",
        [("expressions", "serious")] = "with a serious expression",
        [("expressions", "laugh")] = "laughing",
        [("expressions", "contemplative")] = "with a contemplative look",
        [("expressions", "neutral")] = "with a neutral expression",
        [("expressions", "surprise")] = "with a surprised expression",
        [("poses", "standing")] = "standing",
        [("poses", "sitting")] = "sitting",
        [("poses", "walking")] = "walking",
        [("poses", "action")] = "in an action pose",
        [("poses", "dancing")] = "dancing",
        [("lighting", "studio")] = "in studio lighting",
        [("lighting", "natural")] = "in natural light",
        [("lighting", "dramatic")] = "in dramatic lighting",
        [("lighting", "soft")] = "in soft light",
    };

    /// <summary>The prompt itself outside set mode; else the prompt, the variation in words, and what must stay.</summary>
    public static string Apply(string prompt, IReadOnlyDictionary<string, string> variation)
    {
        if (variation.Count == 0)
        {
            return prompt;
        }

        var phrases = variation.Select(pair => Phrases.GetValueOrDefault((pair.Key, pair.Value)) ?? Free(pair.Key, pair.Value));
        return $"{prompt.TrimEnd('.', ' ')}, {string.Join(", ", phrases)}. Keep the same subject, identity and everything else unchanged.";
    }

    private static string Free(string kind, string option) => kind switch
    {
        "outfits" => $"wearing {option}",
        "angles" => $"seen from {option}",
        "lighting" => $"in {option} light",
        _ => option.Replace('_', ' '),
    };
}
