using Contracts.Generation;
using Providers.Catalog;

namespace Providers.Local.Prompts;

/// <summary>
/// Writes prompts from a grammar: the input's own words first, unchanged, then one variation each from the pool of its theme. No model behind it: it
/// adds what a photographer or camera operator would ask about, and forgets nothing.
/// </summary>
internal static class LocalPrompts
{
    private static readonly string[] ImageCraft =
    [
        "Shot on a 50 mm lens at eye level", "Shot on an 85 mm portrait lens, background softly out of focus", "Shot on a 35 mm lens with some of the surroundings",
        "Fine detail and natural texture", "Balanced colours and clean edges",
    ];

    private static readonly string[] Paces = ["slow", "very slow", "smooth", "gentle", "steady"];

    /// <summary>Exactly <see cref="PromptsRequest.Count"/> prompts, no two alike, none longer than asked; the same request always gives the same ones.</summary>
    public static IReadOnlyList<string> Write(PromptsRequest request)
    {
        var input = Tidy(request.Prompt);
        var words = new Words(input);
        var dice = Dice.Of($"{input}|{request.ThemeFocus}|{request.TargetType}|{request.TargetModel}", request.Seed);
        var isVideo = request.TargetType == StepTypes.ImageToVideo;
        var drafts = isVideo ? Motions(request, input, words, dice) : Looks(request, input, words, dice);

        var prompts = new List<string>(request.Count);
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var draft in drafts.Take(request.Count))
        {
            prompts.Add(draft.Fit(request.MaxChars, taken));
        }

        return prompts;
    }

    private static IEnumerable<Draft> Looks(PromptsRequest request, string input, Words words, Dice dice)
    {
        var subject = SubjectKinds.Of(words);
        var style = Style(request.StyleHints);
        var keep = Keep(request, subject);
        foreach (var variation in LookPools.For(request.ThemeFocus, subject, words).Draw(dice))
        {
            yield return new Draft(Opening(request.TargetModel), input, variation, [style, keep, dice.Pick(ImageCraft)]);
        }
    }

    private static IEnumerable<Draft> Motions(PromptsRequest request, string input, Words words, Dice dice)
    {
        var subject = SubjectKinds.Of(words);
        var style = Style(request.StyleHints);
        var ambient = MotionPools.Ambient(subject);
        var moves = dice.Shuffle(CameraMoves.All);
        var hasMove = CameraMoves.Named(words) is not null;
        var n = 0;
        foreach (var action in MotionPools.For(request.ThemeFocus, subject).Draw(dice))
        {
            var pace = dice.Pick(Paces);
            var camera = $"{pace} {CameraMoves.Name(moves[n % moves.Count])}";
            var besides = dice.Pick(ambient);
            n++;
            var variation = $"{Actor(subject)} {action}";
            if (hasMove)
            {
                yield return new Draft("", input, variation, [style, besides, "One continuous shot"]);
            }
            else if (LeadsWithCamera(request.TargetModel))
            {
                yield return new Draft(Capital(camera) + ": ", input, variation, [style, besides, "One continuous shot"]);
            }
            else
            {
                yield return new Draft("", input, variation, [$"Camera: {camera}", style, besides, "One continuous shot"]);
            }
        }
    }

    // an editing model is told that there is a picture, a generator with a reference is told what is in it
    private static string Opening(string? model) => model switch
    {
        null => "",
        _ when model.StartsWith("nano-banana", StringComparison.OrdinalIgnoreCase) => "Using the provided image as the reference: ",
        _ when model.StartsWith("gpt-image", StringComparison.OrdinalIgnoreCase) => "Edit the provided image: ",
        _ => "",
    };

    // Veo's formula begins with the cinematography; the others' with the subject
    private static bool LeadsWithCamera(string? model) =>
        model is not null && (model.StartsWith("veo", StringComparison.OrdinalIgnoreCase) || model.StartsWith("sora", StringComparison.OrdinalIgnoreCase));

    private static string Keep(PromptsRequest request, SubjectKind subject) => (request.ThemeFocus, subject) switch
    {
        ("outfits", SubjectKind.Person) => "Keep the face, identity, hair, body and background as they are",
        ("poses", SubjectKind.Person) => "Keep the identity, clothes and setting as they are",
        ("expressions", SubjectKind.Person) => "Keep the identity, hair, clothes and background as they are",
        ("lighting", _) => "Keep the composition, the subject and the colours of materials as they are",
        (_, SubjectKind.Person) => "Keep the same person and proportions",
        (_, SubjectKind.Thing) => "Keep the same object, its shape and its materials",
        _ => "Keep the same place and its proportions",
    };

    private static string Actor(SubjectKind subject) => subject switch
    {
        SubjectKind.Person => "the person",
        SubjectKind.Thing => "the subject",
        _ => "the scene",
    };

    private static string Style(IReadOnlyList<string> hints)
    {
        var said = hints.Select(Tidy).Where(hint => hint.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        return said.Count == 0 ? "" : "Style: " + string.Join(", ", said);
    }

    private static string Tidy(string text) =>
        string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).TrimEnd('.', ',', ';', ' ');

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
