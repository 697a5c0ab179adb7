namespace Providers.Local;

/// <summary>One camera move of a clip.</summary>
internal enum CameraMove
{
    PushIn,
    PullOut,
    PanLeft,
    PanRight,
    TiltUp,
    TiltDown,
    Orbit,
}

/// <summary>The words of the moves, both ways: said in prompts and understood in them.</summary>
internal static class CameraMoves
{
    private static readonly (CameraMove Move, string[] Phrases)[] Spoken =
    [
        (CameraMove.PushIn, ["push in", "pushes in", "zoom in", "zooms in", "dolly in", "dollies in", "moves closer", "move closer", "closes in"]),
        (CameraMove.PullOut, ["pull out", "pulls out", "pull back", "pulls back", "zoom out", "zooms out", "dolly out", "dolly back", "moves away"]),
        (CameraMove.PanLeft, ["pan left", "pans left", "pan to the left", "pans to the left", "track left", "tracks left", "truck left"]),
        (CameraMove.PanRight, ["pan right", "pans right", "pan to the right", "pans to the right", "track right", "tracks right", "truck right"]),
        (CameraMove.TiltUp, ["tilt up", "tilts up", "crane up", "cranes up", "pedestal up", "camera rises"]),
        (CameraMove.TiltDown, ["tilt down", "tilts down", "crane down", "cranes down", "pedestal down", "camera lowers"]),
        (CameraMove.Orbit, ["orbit", "orbits", "orbiting", "arc shot", "circles around", "circle around", "moves around", "rotate around", "rotates around"]),
        (CameraMove.PanRight, ["slow pan", "camera pan", "pan across", "pan over", "pans", "panning", "tracking shot", "camera tracks"]),
        (CameraMove.PushIn, ["dolly", "zoom", "zooming"]),
        (CameraMove.TiltUp, ["slow tilt", "camera tilts", "crane shot"]),
    ];

    public static IReadOnlyList<CameraMove> All { get; } = Enum.GetValues<CameraMove>();

    /// <summary>For example <c>push-in</c>.</summary>
    public static string Name(CameraMove move) => move switch
    {
        CameraMove.PushIn => "push-in",
        CameraMove.PullOut => "pull-out",
        CameraMove.PanLeft => "pan left",
        CameraMove.PanRight => "pan right",
        CameraMove.TiltUp => "tilt up",
        CameraMove.TiltDown => "tilt down",
        _ => "orbit",
    };

    /// <summary>The first move that the text asks for; null when it asks for none.</summary>
    public static CameraMove? Named(Words words)
    {
        foreach (var (move, phrases) in Spoken)
        {
            if (words.HasAny(phrases))
            {
                return move;
            }
        }

        return null;
    }

    /// <summary>The move that suits what a text speaks of; always the same for the same text.</summary>
    public static CameraMove Suited(Words words)
    {
        if (words.HasAny("rocket", "tower", "skyscraper", "building", "cathedral", "tree", "launch", "climbing", "jumping", "flying", "statue"))
        {
            return CameraMove.TiltUp;
        }

        if (words.HasAny("waterfall", "falling", "stairs", "from above", "snow", "rain", "gown"))
        {
            return CameraMove.TiltDown;
        }

        if (words.HasAny("landscape", "city", "skyline", "crowd", "panorama", "beach", "desert", "mountain", "mountains", "wide", "valley", "sea", "ocean"))
        {
            return CameraMove.PullOut;
        }

        if (words.HasAny("walking", "running", "riding", "driving", "street", "road", "train", "car", "dancing"))
        {
            return StableHash.Of(string.Join(' ', words.All)) % 2 == 0 ? CameraMove.PanLeft : CameraMove.PanRight;
        }

        if (words.HasAny("product", "bottle", "shoe", "shoes", "sneaker", "sneakers", "watch", "cup", "coffee", "plate", "vase", "perfume", "outfit"))
        {
            return CameraMove.Orbit;
        }

        return words.HasAny("portrait", "face", "eyes", "smile", "smiling", "closeup", "close up", "headshot", "laughing", "expression")
            ? CameraMove.PushIn
            : All[(int)(StableHash.Of(string.Join(' ', words.All)) % (ulong)All.Count)];
    }
}
