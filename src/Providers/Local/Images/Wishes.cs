namespace Providers.Local.Images;

/// <summary>What a picture is to show, read from the set-mode variation and, where that is silent, from the prompt's words.</summary>
/// <param name="Outfit">Free text; null when nothing is said of clothes.</param>
/// <param name="Chosen">True in set mode: then only the chosen options make the difference, not the composition.</param>
internal sealed record Wishes(
    Words Words, string? Angle, string? Distance, string? Expression, string? Pose, string? Lighting, string? Outfit, bool Chosen)
{
    private static readonly (string Option, string[] Phrases)[] Angles =
    [
        ("back", ["from behind", "from the back", "back view", "back turned"]),
        ("three_quarter", ["three quarter", "3 4 view", "three quarters"]),
        ("side", ["from the side", "side view", "in profile", "side profile", "profile"]),
        ("low", ["low angle", "from below", "worm s eye"]),
        ("high", ["high angle", "from above", "bird s eye", "overhead", "top down", "flat lay"]),
        ("front", ["from the front", "front view", "straight on", "facing the camera"]),
    ];

    private static readonly (string Option, string[] Phrases)[] Distances =
    [
        ("close", ["close up", "closeup", "macro", "tight framing", "headshot", "extreme close up"]),
        ("medium", ["medium shot", "half body", "waist up"]),
        ("wide", ["wide shot", "wide angle", "full body", "establishing shot", "wide framing"]),
    ];

    private static readonly (string Option, string[] Phrases)[] Expressions =
    [
        ("laugh", ["laughing", "laugh", "laughs", "bursting into laughter", "joyful", "grinning"]),
        ("smile", ["smile", "smiling", "smiles", "happy", "cheerful"]),
        ("surprise", ["surprised", "surprise", "astonished", "wide eyed", "amazed"]),
        ("contemplative", ["contemplative", "thoughtful", "pensive", "dreamy gaze", "melancholic", "lost in thought", "wistful"]),
        ("serious", ["serious", "stern", "determined", "focused", "intense gaze", "fierce", "confident gaze"]),
        ("neutral", ["neutral expression", "calm face", "serene", "relaxed expression"]),
    ];

    private static readonly (string Option, string[] Phrases)[] Poses =
    [
        ("dancing", ["dancing", "dance", "twirling", "spinning"]),
        ("action", ["action pose", "jumping", "leaping", "running", "mid action", "fighting", "in motion", "kicking"]),
        ("walking", ["walking", "strolling", "striding", "stepping"]),
        ("sitting", ["sitting", "seated", "crouching", "kneeling", "leaning back"]),
        ("standing", ["standing", "upright", "hands on hips", "arms crossed"]),
    ];

    private static readonly (string Option, string[] Phrases)[] Lightings =
    [
        ("studio", ["studio lighting", "studio light", "studio", "softbox", "key light", "beauty dish"]),
        ("dramatic", ["dramatic lighting", "dramatic light", "dramatic", "chiaroscuro", "low key", "hard side light", "moody"]),
        ("soft", ["soft light", "soft lighting", "diffused light", "overcast", "soft focus", "gentle light"]),
        ("natural", ["natural light", "natural lighting", "daylight", "sunlight", "window light", "sunny"]),
    ];

    private static readonly string[] Garments =
    [
        "wearing", "dressed", "dress", "gown", "suit", "coat", "jacket", "blazer", "shirt", "blouse", "sweater", "jeans", "denim", "skirt", "outfit",
        "kimono", "uniform", "hoodie", "trousers", "cardigan", "tuxedo", "sari", "turtleneck", "trench", "jumpsuit", "cape", "scarf", "leather", "linen",
        "silk", "velvet", "tweed", "sportswear",
    ];

    public static Wishes Of(string prompt, IReadOnlyDictionary<string, string> variation)
    {
        var words = new Words(prompt);
        return new Wishes(
            words,
            Choice("angles", Angles),
            Choice("distance", Distances),
            Choice("expressions", Expressions),
            Choice("poses", Poses),
            Choice("lighting", Lightings),
            variation.GetValueOrDefault("outfits") ?? (words.HasAny(Garments) ? prompt : null),
            variation.Count > 0);

        string? Choice(string kind, (string Option, string[] Phrases)[] spoken) =>
            variation.GetValueOrDefault(kind) ?? spoken.FirstOrDefault(entry => words.HasAny(entry.Phrases)).Option;
    }
}
