namespace Providers.Local.Prompts;

/// <summary>What a motion prompt can add, by theme and subject: one main action each, then what moves besides.</summary>
internal static class MotionPools
{
    private static readonly Pool PersonActions = new(
        [
            "slowly turns the head toward the camera", "takes a calm step forward", "breathes in and lifts the gaze", "looks aside, then back", "shifts the weight and settles",
            "raises one hand and lowers it again", "blinks and lets the shoulders drop", "leans in by a few centimetres", "turns gently from side to side", "holds still while the surroundings move",
        ],
        [", unhurried and natural", ", smoothly, with follow-through", ", quietly, ending at rest", ", in one continuous movement", ", with a brief pause in the middle"]);

    private static readonly Pool ThingActions = new(
        [
            "stays still while light travels across it", "turns slowly by a few degrees", "casts a shadow that moves with the sun", "catches a highlight that slides along its edge",
            "stands firm while the air moves around it", "comes slowly into sharp focus", "is revealed as a soft shadow lifts", "rests while reflections drift over it",
            "trembles barely, then is still", "glows a little brighter, then fades back",
        ],
        [", unhurried", ", smoothly", ", in one continuous movement", ", ending at rest", ", with clear weight"]);

    private static readonly Pool PlaceActions = new(
        [
            "lies still while clouds move above", "wakes as the light grows", "is crossed by slow shadows", "stirs in a light wind", "shimmers in the warm air",
            "is veiled by drifting mist, then clears", "deepens in colour as the sun sinks", "flickers with distant lights", "breathes with the movement of leaves and water", "opens up layer by layer",
        ],
        [", unhurried", ", smoothly", ", in one continuous movement", ", hardly noticeable at first", ", with depth between near and far"]);

    private static readonly Pool Outfits = new(
        [
            "lets the fabric swing with a half turn", "smooths the cloth with one hand", "walks two steps so that the hem moves", "adjusts the collar", "turns once to show the back",
            "lifts the edge of the fabric and lets it fall", "stands while wind moves the cloth", "rolls up a sleeve", "settles the shoulders so that the folds fall straight", "steps into the light so that the texture shows",
        ],
        [", the cloth following a moment later", ", with soft, heavy folds", ", light and airy", ", slowly enough to see the weave", ", ending in a clean silhouette"]);

    private static readonly Pool Poses = new(
        [
            "rises slowly from sitting to standing", "walks forward and stops", "turns from profile to the front", "reaches out with one arm", "sits back and relaxes",
            "spins once on the spot", "leans against the frame", "crouches and looks up", "jumps lightly and lands", "folds the arms and stands firm",
        ],
        [", with believable weight", ", the balance shifting visibly", ", in one smooth arc", ", ending in a clear pose", ", at an easy pace"]);

    private static readonly Pool Expressions = new(
        [
            "lets a small smile grow", "turns from serious to amused", "begins to laugh", "closes the eyes and opens them again", "raises the brows in surprise",
            "grows thoughtful, the gaze drifting away", "bites back a smile", "looks up, touched", "frowns slightly, then relaxes", "meets the camera with a steady look",
        ],
        [", gradually", ", with tiny movements around the eyes", ", holding it to the end", ", then breathing out", ", without moving the head"]);

    private static readonly Pool Lighting = new(
        [
            "is crossed by a slow beam of light", "is warmed as golden hour light grows", "is lit by neon that shifts from magenta to cyan", "falls slowly into dramatic shadow", "is revealed as soft light rises",
            "flickers in candlelight", "is touched by passing headlights", "cools from sunset to dusk", "is dappled by moving leaves", "glows at the rim as the backlight comes up",
        ],
        [", from left to right", ", from right to left", ", from above", ", very slowly", ", and back again"]);

    /// <summary>What moves beside the main action.</summary>
    public static IReadOnlyList<string> Ambient(SubjectKind subject) => subject switch
    {
        SubjectKind.Person => ["Hair and fabric stir in a light breeze", "Dust floats in the light", "The background moves softly out of focus", "A faint wind passes through", "Reflections shift in the eyes"],
        SubjectKind.Thing => ["Dust floats in the light", "Thin steam drifts upward", "The background glows softly out of focus", "Small reflections travel over the surface", "Shadows lengthen a little"],
        _ => ["Clouds drift slowly", "Leaves and grass move in the wind", "Light ripples over the surfaces", "A few birds cross in the distance", "Thin mist moves through"],
    };

    public static Pool For(string? focus, SubjectKind subject) => (focus, subject) switch
    {
        ("lighting", _) => Lighting,
        ("outfits", SubjectKind.Person) => Outfits,
        ("poses", SubjectKind.Person) => Poses,
        ("expressions", SubjectKind.Person) => Expressions,
        (_, SubjectKind.Person) => PersonActions,
        (_, SubjectKind.Thing) => ThingActions,
        _ => PlaceActions,
    };
}
