namespace Providers.Local.Images;

/// <summary>Where the camera stands: angle, distance, composition, and the small differences between takes.</summary>
internal static class Framing
{
    /// <summary>Faces and main things tend to sit a little above the middle.</summary>
    private const double FocusY = 0.4;

    // what a prompt without further wishes is framed like; each far enough from the others to be told apart at a glance
    private static readonly Func<Quad, double, Quad>[] Compositions =
    [
        (view, _) => view.Zoom(1.02, 0.5, 0.2),
        (view, _) => view.Zoom(1.32, 0.5, 0.16),
        (view, _) => view.Zoom(1.24, 0.06, 0.2),
        (view, _) => view.Zoom(1.24, 0.94, 0.2),
        (view, aspect) => view.Zoom(1.16, 0.5, 0.25).Roll(5, aspect),
        (view, aspect) => view.Zoom(1.16, 0.5, 0.25).Roll(-5, aspect),
        (view, _) => view.Zoom(1.06, 0.5, 0.1).Pitch(-0.14),
        (view, _) => view.Zoom(1.08, 0.5, 0.2).Pitch(0.14),
        (view, _) => view.Zoom(1.06, 0.5, 0.15).Turn(0.13),
        (view, _) => view.Zoom(1.06, 0.5, 0.15).Turn(-0.13),
        (view, _) => view.Zoom(1.5, 0.42, 0.2),
        (view, _) => view.Mirror().Zoom(1.14, 0.5, 0.2),
    ];

    public static void Compose(Shot shot, Wishes wishes, Dice dice)
    {
        if (!wishes.Chosen)
        {
            shot.View = dice.Pick(Compositions)(shot.View, shot.Aspect);
        }
    }

    public static void Angle(Shot shot, string? angle)
    {
        switch (angle)
        {
            case "side":
                shot.View = shot.View.Mirror().Zoom(1.05, 0.6, 0.3).Turn(-0.28);
                shot.Grade(graph => graph.Light(Field.Sweep(180), "FFF1DC", "2A3144", "multiply", 0.62));
                break;
            case "three_quarter":
                shot.View = shot.View.Zoom(1.08, 0.3, 0.2).Turn(0.21);
                shot.Grade(graph => graph.Light(Field.Sweep(0), "FFF6EA", "7E8796", "multiply", 0.5));
                break;
            case "back":
                Back(shot);
                break;
            case "low":
                shot.View = shot.View.Zoom(1.1, 0.5, 0.6).Pitch(-0.17);
                break;
            case "high":
                shot.View = shot.View.Zoom(1.1, 0.5, 0.35).Pitch(0.17);
                break;
            case "front":
                shot.View = shot.View.Zoom(1.06, 0.5, FocusY);
                shot.Grade(graph => graph.Then("unsharp=5:5:0.5").Light(Field.Spot(0.5, 0.45, 0.75, 0.75), "D2D2D2", "FFFFFF", "multiply", 1));
                break;
        }
    }

    public static void Distance(Shot shot, string? distance) =>
        shot.View = distance switch
        {
            "close" => shot.View.Zoom(1.6, 0.48, 0.3),
            "medium" => shot.View.Zoom(1.2, 0.5, FocusY),
            _ => shot.View,
        };

    /// <summary>Two takes of one prompt: the camera a little elsewhere, the light from another side, sometimes the other way round.</summary>
    public static void Take(Shot shot, Wishes wishes, Dice dice)
    {
        var mirrored = dice.Next(3) == 0 && wishes is { Chosen: false, Angle: null };
        shot.View = (mirrored ? shot.View.Mirror() : shot.View)
            .Zoom(dice.Between(1.02, 1.14), dice.Between(0.1, 0.9), dice.Between(0.05, 0.4))
            .Roll(dice.Between(-2.2, 2.2), shot.Aspect)
            .Turn(dice.Between(-0.06, 0.06));
        var (from, warm, strength) = (dice.Between(0, 360), dice.Next(2) == 0, dice.Between(0.3, 0.5));
        shot.Grade(graph => graph.Light(Field.Sweep(from), warm ? "9A8F88" : "8790A0", warm ? "FFFBF0" : "F4F9FF", "multiply", strength));
    }

    // a face cannot be turned away, but light can be: what remains is a shape before a bright ground
    private static void Back(Shot shot)
    {
        shot.View = shot.View.Mirror().Zoom(1.16, 0.5, FocusY);
        shot.Grade(graph => graph
            .Then($"gblur=sigma={Math.Max(4, graph.Width / 75)}")
            .Within(Field.Spot(0.5, 0.58, 0.52, 0.72, 0.35), "eq=brightness=-0.27:contrast=0.75:saturation=0.5")
            .Light(Field.Spot(0.5, 0.2, 0.85, 0.6), "30405E", "FFF2D6", "overlay", 0.6)
            .Then("colorbalance=bs=0.14:bm=0.07:rs=-0.07"));
    }
}
