using Providers.Catalog;

namespace Providers.Local;

/// <summary>Turns the prompt that made a picture into one that sets it in motion.</summary>
public static class MotionPrompt
{
    private const int MaxSubjectChars = 400;

    // instructions to an image editor say nothing of what moves
    private static readonly string[] EditorTalk =
    [
        "keep ", "preserve ", "maintain ", "do not ", "don't ", "change only ", "only change ", "relight ", "shot on ",
        "fine detail and ", "balanced colours and ",
    ];
    private static readonly string[] Openings = ["using the provided image", "edit the provided image"];

    /// <summary>
    /// The subject as it was, one camera move (push-in, pull-out, pan left or right, tilt up or down, orbit) and a gentle movement that suits it.
    /// Pure: the same prompt always gives the same answer. The move stands first, so that shortening to a model's limit keeps it.
    /// </summary>
    public static string From(string imagePrompt)
    {
        var subject = Subject(imagePrompt);
        var words = new Words(imagePrompt);
        var named = CameraMoves.Named(words);
        var opening = named is null ? $"Slow {CameraMoves.Name(CameraMoves.Suited(words))}: " : "";
        var scene = subject.Length > 0 ? subject : "the scene";
        return $"{Capital(opening + scene)}. {Movement(words)}. Steady light, one continuous shot.";
    }

    private static string Subject(string imagePrompt)
    {
        var sentences = imagePrompt.ReplaceLineEndings(" ")
            .Split(". ", StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(WithoutOpening)
            .Where(sentence => !EditorTalk.Any(talk => sentence.StartsWith(talk, StringComparison.OrdinalIgnoreCase)));
        var told = string.Join(". ", sentences);
        if (told.Length == 0)
        {
            told = imagePrompt.Trim();
        }

        return PromptLimit.Shorten(told, MaxSubjectChars).TrimEnd('.', ' ', ',', ';');
    }

    // "Using the provided image as the reference: woman in red dress" is about the woman
    private static string WithoutOpening(string sentence)
    {
        var end = Openings.Any(opening => sentence.StartsWith(opening, StringComparison.OrdinalIgnoreCase)) ? sentence.AsSpan().IndexOfAny(':', ',') : -1;
        return end < 0 ? sentence : sentence[(end + 1)..].Trim();
    }

    private static string Movement(Words words) => words switch
    {
        _ when words.HasAny("coffee", "tea", "soup", "cup") => "Thin steam rises and drifts",
        _ when words.HasAny("rocket", "launch", "smoke", "fire") => "Smoke rolls out slowly and glows",
        _ when words.HasAny("walking", "running", "dancing", "jumping", "action") => "The movement goes on naturally, with weight and follow-through",
        _ when words.HasAny("sea", "ocean", "water", "river", "beach", "waves", "waterfall") => "Water moves in slow, even waves",
        _ when words.HasAny("dress", "gown", "coat", "scarf", "skirt", "hair") => "Hair and fabric stir in a light breeze",
        _ when words.HasAny("city", "street", "skyline", "crowd") => "Small movements in the background, lights flicker softly",
        _ when words.HasAny("woman", "man", "girl", "boy", "person", "portrait", "face", "model", "smile") => "A slow breath, a blink, a slight turn of the head",
        _ when words.HasAny("tree", "forest", "flower", "flowers", "garden", "field") => "Leaves stir in a light wind",
        _ => "Subtle, natural movement throughout",
    };

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
