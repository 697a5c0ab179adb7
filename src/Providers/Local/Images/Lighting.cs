namespace Providers.Local.Images;

/// <summary>Light of the four standard kinds, and light that a prompt names.</summary>
internal static class Lighting
{
    private static readonly (string[] Phrases, Action<FilterGraph> Grade)[] Named =
    [
        (["golden hour", "golden light", "warm evening light"], graph => graph
            .Then("colortemperature=temperature=4200:mix=0.75,eq=saturation=1.18")
            .Light(Field.Sweep(315), "7A5A3C", "FFD27A", "overlay", 0.3)
            .Light(Field.Spot(0.92, 0.06, 0.8, 0.75), "000000", "FFB347", "screen", 0.5)),
        (["sunset", "sunrise", "dusk", "dawn"], graph => graph
            .Then("eq=saturation=1.2")
            .Light(Field.Sweep(90), "FF5E8A", "FFC46B", "overlay", 0.5)
            .Light(Field.Spot(0.5, 0.02, 1, 0.6), "000000", "FF7A3D", "screen", 0.4)),
        (["neon", "cyberpunk", "nightclub", "synthwave"], graph => graph
            .Then("eq=brightness=-0.1:contrast=1.2:saturation=1.15")
            .Light(Field.Sweep(0), "FF1FA8", "12C8FF", "overlay", 0.62)
            .Light(Field.Spot(0, 0.4, 0.55, 0.9), "000000", "C4128A", "screen", 0.5)
            .Light(Field.Spot(1, 0.5, 0.55, 0.9), "000000", "0A7FC2", "screen", 0.5)),
        (["moonlight", "moonlit", "night", "midnight", "at night", "nighttime"], graph => graph
            .Then("eq=brightness=-0.06:saturation=0.55:contrast=1.1,colorbalance=bs=0.25:bm=0.16:rs=-0.1:rm=-0.08")
            .Light(Field.Spot(0.2, 0.08, 0.9, 0.95), "2A3658", "F0F6FF", "multiply", 0.75)),
        (["candlelight", "candlelit", "firelight", "fireplace", "campfire"], graph => graph
            .Then("eq=brightness=0.02:saturation=1.1,colortemperature=temperature=3300:mix=0.6")
            .Light(Field.Spot(0.35, 0.7, 0.85, 0.85), "2C1A0C", "FFDFAC", "multiply", 0.85)),
        (["backlit", "backlight", "rim light", "rim lighting", "silhouette"], graph => graph
            .Within(Field.Spot(0.5, 0.6, 0.5, 0.7, 0.3), "eq=brightness=-0.12")
            .Light(Field.Spot(0.5, 0.12, 0.95, 0.55), "000000", "FFE6B8", "screen", 0.7)),
        (["fog", "foggy", "mist", "misty", "haze", "hazy"], graph => graph
            .Then("eq=contrast=0.8:saturation=0.7:brightness=0.04")
            .Light(Field.Sweep(270), "3A4048", "D8DEE4", "screen", 0.62)),
        (["snow", "snowy", "winter", "icy", "frost", "frozen"], graph => graph
            .Then("colorbalance=bs=0.1:bm=0.1:bh=0.06:rm=-0.05,eq=brightness=0.05:saturation=0.75")
            .Light(Field.Sweep(270), "101418", "C9DCEC", "screen", 0.4)),
        (["autumn", "fall colours", "fall colors", "harvest"], graph => graph
            .Then("colortemperature=temperature=4700:mix=0.8,colorbalance=rm=0.12:bm=-0.12,eq=saturation=1.25")
            .Light(Field.Sweep(90), "FFE2B0", "9A4F1E", "overlay", 0.32)),
        (["spring", "blossom", "blossoms", "cherry blossom"], graph => graph
            .Then("eq=brightness=0.05:saturation=1.12")
            .Light(Field.Sweep(60), "FFC2DA", "C9F2C0", "overlay", 0.34)),
        (["underwater", "aquatic", "ocean", "sea"], graph => graph
            .Then("colorbalance=rs=-0.2:rm=-0.25:rh=-0.2:bm=0.14:gm=0.06,eq=contrast=0.92")
            .Light(Field.Sweep(270), "0E4A6E", "B6FFF4", "multiply", 0.75).Light(Field.Spot(0.5, 0, 0.8, 0.7), "000000", "4FC7D8", "screen", 0.4)),
        (["desert", "dusty", "sand"], graph => graph
            .Then("colortemperature=temperature=4600:mix=0.8,eq=saturation=0.9:contrast=0.95")
            .Light(Field.Sweep(90), "F7DDA8", "B98A55", "overlay", 0.4)),
        (["rain", "rainy", "storm", "stormy"], graph => graph
            .Then("eq=saturation=0.6:contrast=1.12:brightness=-0.06,colorbalance=bm=0.09")
            .Light(Field.Sweep(90), "76818F", "E6ECF2", "multiply", 0.6)),
    ];

    public static void Standard(Shot shot, string? lighting)
    {
        switch (lighting)
        {
            case "studio":
                shot.Grade(graph => graph
                    .Then("eq=contrast=1.14:brightness=0.03:saturation=1.04,unsharp=5:5:0.7")
                    .Light(Field.Spot(0.42, 0.34, 0.72, 0.78, 0.1), "5F646E", "FFFFFF", "multiply", 0.72)
                    .Light(Field.Spot(0.3, 0.22, 0.5, 0.5), "000000", "FFFFFF", "screen", 0.26));
                break;
            case "natural":
                shot.View = shot.View.Zoom(1.14, 0.1, 0.3).Turn(-0.05);
                shot.Grade(graph => graph
                    .Then("colortemperature=temperature=5400:mix=0.8,eq=saturation=1.16:brightness=0.015")
                    .Light(Field.Sweep(225), "8F9FB2", "FFF4D6", "overlay", 0.42)
                    .Light(Field.Spot(0.02, 0.04, 0.8, 0.9), "000000", "FFE9B5", "screen", 0.36));
                break;
            case "dramatic":
                shot.View = shot.View.Zoom(1.1, 0.4, 0.25);
                shot.Grade(graph => graph
                    .Then("eq=contrast=1.34:brightness=-0.02:saturation=0.88")
                    .Light(Field.Sweep(0, 0.3, 0.86), "FFF0DA", "0A0D14", "multiply", 0.93)
                    .Then("colorbalance=bs=0.06:rh=0.05"));
                break;
            case "soft":
                shot.View = shot.View.Zoom(1.2, 0.85, 0.2).Roll(2.5, shot.Aspect);
                shot.Grade(graph => graph
                    .Then("eq=contrast=0.84:brightness=0.06:saturation=0.9")
                    .Blend("gblur=sigma=18", "screen", 0.34)
                    .Light(Field.Spot(0.5, 0.5, 1, 1), "FFF3EC", "FFFFFF", "multiply", 0.9)
                    .Then("curves=all='0/0.09 0.5/0.55 1/0.98'"));
                break;
        }
    }

    /// <summary>At most the first two that the words name; more would only make mud.</summary>
    public static void FromWords(Shot shot, Words words)
    {
        foreach (var (_, grade) in Named.Where(entry => words.HasAny(entry.Phrases)).Take(2))
        {
            shot.Grade(graph => grade(graph));
        }
    }
}
