namespace Providers.Local.Images;

/// <summary>How somebody looks and holds themselves, told by means that any picture has: nearness, tilt, warmth, blur of motion.</summary>
internal static class Bearing
{
    public static void Expression(Shot shot, string? expression)
    {
        switch (expression)
        {
            case "smile":
                shot.View = shot.View.Zoom(1.22, 0.46, 0.28);
                shot.Grade(graph => graph
                    .Then("eq=brightness=0.03:saturation=1.2,colortemperature=temperature=5600:mix=0.8")
                    .Light(Field.Spot(0.5, 0.36, 0.62, 0.6), "6E6A66", "FFE9C4", "overlay", 0.32));
                break;
            case "serious":
                shot.View = shot.View.Zoom(1.46, 0.44, 0.24);
                shot.Grade(graph => graph
                    .Then("eq=saturation=0.42:contrast=1.22:brightness=-0.03")
                    .Light(Field.Spot(0.5, 0.42, 0.82, 0.85), "2B2E36", "FFFFFF", "multiply", 0.85));
                break;
            case "laugh":
                shot.View = shot.View.Zoom(1.34, 0.46, 0.26).Roll(-7, shot.Aspect);
                shot.Grade(graph => graph
                    .Then("eq=brightness=0.05:saturation=1.42:contrast=1.04")
                    .Blend("gblur=sigma=22", "screen", 0.3)
                    .Light(Field.Sweep(300), "FF9E6B", "FFF3A8", "overlay", 0.22));
                break;
            case "contemplative":
                shot.View = shot.View.Zoom(1.14, 1, 0.4);
                shot.Grade(graph => graph
                    .Then("eq=saturation=0.66:brightness=-0.05,colorbalance=bs=0.12:bm=0.08:rm=-0.04")
                    .Within(Field.Spot(0.4, 0.42, 0.62, 0.7, 0.3).Inverse, "gblur=sigma=9")
                    .Light(Field.Sweep(10), "FFFFFF", "4A5878", "multiply", 0.66));
                break;
            case "neutral":
                shot.View = shot.View.Zoom(1.12, 0.48, 0.3);
                shot.Grade(graph => graph.Then("eq=saturation=0.78:contrast=0.86:brightness=0.02,curves=all='0/0.07 0.5/0.52 1/0.95'"));
                break;
            case "surprise":
                shot.View = shot.View.Zoom(1.3, 0.46, 0.26);
                shot.Grade(graph => graph
                    .Then("lenscorrection=cx=0.5:cy=0.4:k1=-0.22:k2=-0.06:i=bilinear:fc=black@1")
                    .Then($"crop={Inner(graph.Width)}:{Inner(graph.Height)},scale={graph.Width}:{graph.Height}:flags=lanczos")
                    .Then("eq=contrast=1.16:brightness=0.04:saturation=1.15")
                    .Light(Field.Spot(0.5, 0.4, 0.9, 0.9), "8FA4C8", "FFFFFF", "multiply", 0.75));
                break;
        }
    }

    public static void Pose(Shot shot, string? pose)
    {
        switch (pose)
        {
            case "standing":
                shot.View = shot.View.Stretch(0.86).Zoom(1.02, 0.5, 0.2).Pitch(-0.15);
                break;
            case "sitting":
                shot.View = shot.View.Stretch(1.12).Zoom(1.14, 0.5, 0.75).Pitch(0.12);
                shot.Grade(graph => graph.Light(Field.Sweep(270, 0, 0.9), "8C8378", "FFFFFF", "multiply", 0.7));
                break;
            case "walking":
                shot.View = shot.View.Zoom(1.18, 0.85, 0.4).Roll(-2.5, shot.Aspect).Turn(0.07);
                shot.Grade(graph => graph
                    .Within(Field.Spot(0.42, 0.5, 0.42, 0.9, 0.35).Inverse, $"dblur=angle=0:radius={graph.Width / 26}")
                    .Light(Field.Sweep(0), "FFFFFF", "C6D2E4", "multiply", 0.6));
                break;
            case "action":
                shot.View = shot.View.Zoom(1.26, 0.48, 0.35).Roll(12, shot.Aspect);
                shot.Grade(graph => graph
                    .Within(Field.Spot(0.5, 0.42, 0.5, 0.55, 0.2).Inverse, $"dblur=angle=35:radius={graph.Width / 20}")
                    .Then("eq=contrast=1.2:saturation=1.18"));
                break;
            case "dancing":
                shot.View = shot.View.Zoom(1.22, 0.5, 0.38).Roll(-10, shot.Aspect);
                shot.Grade(graph => graph
                    .Within(Field.Spot(0.5, 0.42, 0.48, 0.6, 0.25).Inverse, $"dblur=angle=110:radius={graph.Width / 28},rgbashift=rh=-8:bh=8")
                    .Light(Field.Sweep(20), "FF4FA3", "43C7FF", "overlay", 0.3));
                break;
        }
    }

    private static int Inner(int side) => (int)(side * 0.84) / 2 * 2;
}
