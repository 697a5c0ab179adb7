using Providers.Catalog;

namespace Providers.Prompts;

/// <summary>How prompts are written for a model, as its makers publish it. Pure.</summary>
internal static class PromptRules
{
    private static readonly string[] Image =
    [
        "Say what changes and what must stay; one main change in a prompt.",
        "Name people by their looks, never by their names; say that identity, face, body and proportions stay.",
        "Say what is there, not what is not: \"an empty street\" rather than \"no cars\".",
        "Use the words of photography for lens, light and angle.",
    ];

    private static readonly string[] Video =
    [
        "The picture is the first frame: describe motion, do not describe again what it shows; nothing new appears at the start.",
        "One main action with its pace, and one camera move of: static, slow push-in, pull-out, pan left, pan right, tilt, orbit, tracking, handheld, crane.",
        "Hair, fabric and background may move a little; no cuts.",
    ];

    public static IEnumerable<string> Images(ModelInfo? target, string? theme) => [.. Image, .. Family(target?.Id), .. ImageTheme(theme)];

    public static IEnumerable<string> Videos(ModelInfo? target, string? theme) =>
        [.. Video, .. Family(target?.Id), .. Sound(target), .. theme is null ? [] : new[] { $"The action shows the {theme} of the picture to advantage." }];

    private static string[] Family(string? model) => model switch
    {
        null => [],
        _ when Is(model, "nano-banana") => ["Begin with \"Using the provided image\", then the change, then \"Keep … exactly as they are\"."],
        _ when Is(model, "gpt-image") => ["Put what must not change into a sentence of its own at the end."],
        _ when Is(model, "kling-image") => ["Full sentences of subject, change, setting and light."],
        _ when Is(model, "kling") => ["30 to 80 words: subject, then movement, then camera; physical cues such as \"hair lifts in the wind\"."],
        _ when Is(model, "veo") => ["In this order: cinematography, subject, action, context, style; actions that can be seen instead of feelings; at most two beats."],
        _ when Is(model, "wan") => ["Subject, motion, camera; words of speed such as slowly or quickly."],
        _ when Is(model, "sora") => ["A shot list: one camera move and one action of the subject, then light and palette."],
        _ when Is(model, "hailuo") || Is(model, "seedance") => ["Words of degree (slightly, strongly), actions in their order."],
        _ => [],
    };

    private static string[] ImageTheme(string? theme) => theme switch
    {
        "outfits" => ["Each prompt dresses the same person in another outfit with natural folds and a correct fit; face, hair, pose and background stay."],
        "poses" => ["Each prompt gives the same person another pose with believable anatomy and contact shadows; identity, clothes and setting stay."],
        "expressions" => ["Each prompt changes the facial expression alone; gaze, hair, pose, clothes and background stay."],
        "lighting" => ["Each prompt relights the same picture; composition, subject and the colours of materials stay, and shadows agree with the new light."],
        _ => [],
    };

    // Sound costs extra and is asked for with a switch of its own; a prompt must not bring it in.
    private static string[] Sound(ModelInfo? target) => target is null || Is(target.Id, "veo") ? ["No speech and no sounds unless the user's prompt asks for them."] : [];

    private static bool Is(string model, string family) => model.StartsWith(family, StringComparison.OrdinalIgnoreCase);
}
