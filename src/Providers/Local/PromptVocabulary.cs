namespace Providers.Local;

/// <summary>Words to go on with, for suggestions while somebody types. In memory; microseconds.</summary>
public static class PromptVocabulary
{
    private static readonly string[] Starts =
    [
        "woman in red dress", "woman in a linen suit", "man in a tailored suit", "man walking through the rain", "portrait in golden hour light",
        "portrait with soft window light", "close-up portrait, contemplative", "product shot on white marble", "product shot with dramatic side light",
        "coffee cup on a wooden table", "rocket launch at dusk", "astronaut in a studio portrait", "city street at night, neon", "landscape in morning mist",
        "fashion editorial, high contrast", "film noir detective in the rain", "watercolor painting of a garden", "vintage polaroid of a summer day",
        "cinematic still, teal and orange", "sneakers on a concrete floor", "perfume bottle in soft backlight", "dancer in mid-air", "chef in a busy kitchen",
        "couple walking on the beach", "old car on a desert road", "slow push-in on the face", "slow orbit around the product", "gentle pan right across the scene",
        "tilt up along the tower", "pull-out to reveal the landscape", "hair and fabric moving in a light breeze",
    ];

    private static readonly string[] Phrases =
    [
        "red dress", "golden hour light", "soft window light", "dramatic side light", "studio lighting", "backlit with a rim light", "candlelight", "moonlight",
        "neon light", "overcast daylight", "morning mist", "shallow depth of field", "close-up", "wide shot", "low angle", "high angle", "three-quarter view",
        "side profile", "seen from behind", "looking over the shoulder", "gentle smile", "laughing", "serious expression", "contemplative look",
        "standing with arms crossed", "sitting by the window", "walking toward the camera", "dancing", "tailored navy suit", "emerald silk gown",
        "camel wool coat", "black leather jacket", "cream linen", "blue denim", "vintage plaid blazer", "photorealistic", "cinematic", "film noir",
        "watercolor", "oil painting", "pencil sketch", "anime style", "vintage film", "pastel colours", "black and white", "minimal background",
        "on a rustic wooden table", "on white marble", "at the beach", "in the rain", "in the snow", "in autumn leaves", "at sunset", "at night in the city",
        "slow push-in", "slow pull-out", "pan left", "pan right", "tilt up", "tilt down", "orbit around the subject", "hair moving in the wind",
        "steam rising", "fabric flowing", "light changing slowly", "one continuous shot",
    ];

    /// <summary>Whole prompts that begin with what was typed: first known beginnings, then the text itself with its last words completed.</summary>
    /// <param name="prefix">As typed; what comes back begins with it but for case and surplus spaces.</param>
    /// <param name="count">At most so many.</param>
    public static IReadOnlyList<string> Completions(string prefix, int count)
    {
        var typed = string.Join(' ', prefix.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        var found = new List<string>();
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { typed };
        foreach (var completion in Starting(typed).Concat(Continuing(typed)))
        {
            if (found.Count >= count)
            {
                break;
            }

            if (seen.Add(completion))
            {
                found.Add(completion);
            }
        }

        return found;
    }

    private static IEnumerable<string> Starting(string typed) =>
        Starts.Concat(Phrases).Where(start => start.StartsWith(typed, StringComparison.OrdinalIgnoreCase)).Select(start => typed + start[typed.Length..]);

    // "woman, gol" → "woman, golden hour light": the longest end of the text that begins a phrase counts
    private static IEnumerable<string> Continuing(string typed)
    {
        for (var space = typed.IndexOf(' ', StringComparison.Ordinal); space >= 0; space = typed.IndexOf(' ', space + 1))
        {
            var ending = typed[(space + 1)..];
            foreach (var phrase in Phrases.Where(phrase => phrase.StartsWith(ending, StringComparison.OrdinalIgnoreCase)))
            {
                yield return typed[..(space + 1)] + ending + phrase[ending.Length..];
            }
        }
    }
}
