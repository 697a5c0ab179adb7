namespace Providers.Local.Prompts;

/// <summary>What a prompt is about, as far as its words tell.</summary>
internal enum SubjectKind
{
    Person,
    Thing,
    Place,
}

internal static class SubjectKinds
{
    private static readonly string[] Persons =
    [
        "woman", "man", "girl", "boy", "person", "people", "child", "lady", "gentleman", "model", "portrait", "dancer", "astronaut", "chef", "athlete",
        "bride", "groom", "couple", "face", "she", "he", "her", "his", "warrior", "knight", "queen", "king", "princess", "actor", "actress", "detective",
        "singer", "nurse", "doctor", "soldier", "hero", "mother", "father", "friend", "selfie", "character",
    ];

    private static readonly string[] Things =
    [
        "cup", "coffee", "tea", "food", "plate", "product", "bottle", "shoe", "shoes", "sneaker", "sneakers", "watch", "perfume", "car", "motorcycle",
        "bicycle", "rocket", "plane", "phone", "laptop", "chair", "table", "sofa", "lamp", "book", "vase", "flower", "flowers", "cake", "burger", "pizza",
        "bag", "handbag", "ring", "necklace", "jewelry", "jewellery", "guitar", "camera", "toy", "robot", "cat", "dog", "horse", "bird", "statue", "logo",
    ];

    private static readonly string[] Places =
    [
        "landscape", "city", "street", "skyline", "mountain", "mountains", "beach", "forest", "desert", "house", "building", "room", "interior", "kitchen",
        "garden", "castle", "village", "lake", "river", "sea", "ocean", "bridge", "temple", "valley", "field", "waterfall", "harbour", "harbor", "tower",
    ];

    /// <summary>A person unless only things or places are named: with no word to go by, a person is what most pictures show.</summary>
    public static SubjectKind Of(Words words) =>
        words.HasAny(Persons) ? SubjectKind.Person
        : words.HasAny(Things) ? SubjectKind.Thing
        : words.HasAny(Places) ? SubjectKind.Place
        : SubjectKind.Person;
}
