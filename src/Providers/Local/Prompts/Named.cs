namespace Providers.Local.Prompts;

/// <summary>Words by which an input has already decided something; a variation then adds to it and does not contradict.</summary>
internal static class Named
{
    public static readonly string[] Clothes =
    [
        "wearing", "dressed", "dress", "gown", "suit", "coat", "jacket", "blazer", "shirt", "blouse", "sweater", "jeans", "skirt", "kimono", "uniform",
        "hoodie", "trousers", "cardigan", "tuxedo", "sari", "armor", "armour", "spacesuit", "swimsuit", "bikini", "robe",
    ];

    public static readonly string[] Poses =
    [
        "standing", "sitting", "seated", "walking", "running", "dancing", "jumping", "kneeling", "lying", "leaning", "crouching", "reading", "riding", "swimming", "sleeping",
    ];

    public static readonly string[] Expressions =
        ["smile", "smiling", "laughing", "crying", "serious", "angry", "sad", "happy", "surprised", "thoughtful", "grinning", "frowning", "contemplative"];

    public static readonly string[] Lights =
    [
        "light", "lighting", "lit", "sunlight", "golden hour", "sunset", "sunrise", "moonlight", "neon", "candlelight", "backlit", "night", "studio", "noir", "daylight", "dusk", "dawn",
    ];
}
