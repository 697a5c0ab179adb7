namespace Providers.Local.Images;

/// <summary>Manners of picture making that a prompt names.</summary>
internal static class Styles
{
    private const string Grain = "noise=c0s=9:c0f=p:c1s=9:c1f=p:c2s=9:c2f=p";

    private static readonly (string[] Phrases, Action<FilterGraph> Look)[] Known =
    [
        (["noir", "film noir"], graph => graph
            .Then("hue=s=0,eq=contrast=1.5:brightness=-0.06")
            .Light(Field.Sweep(340, 0.25, 0.95), "FFFFFF", "08080A", "multiply", 0.85).Then(Grain)),
        (["black and white", "monochrome", "b w", "grayscale", "greyscale"], graph => graph
            .Then("hue=s=0,eq=contrast=1.22").Then(Grain)),
        (["watercolor", "watercolour", "aquarelle", "gouache"], graph => graph
            .Then("median=radius=7,eq=saturation=1.4:brightness=0.08:contrast=0.94")
            .Blend("hue=s=0,edgedetect=mode=wires:low=0.06:high=0.16,negate,gblur=sigma=1.2,eq=brightness=0.1", "multiply", 0.4)
            .Light(Field.Spot(0.5, 0.5, 0.66, 0.66, 0.5), "F6F1E6", "000000", "screen", 0.9).Then("noise=c0s=12:c1s=12:c2s=12")),
        (["oil painting", "oil on canvas", "impressionist", "painting", "painterly", "van gogh"], graph => graph
            .Then("median=radius=5,unsharp=9:9:1.8,eq=saturation=1.4:contrast=1.1")
            .Then("drawgrid=w=4:h=4:t=1:c=black@0.07")),
        (["sketch", "pencil", "pencil drawing", "charcoal drawing", "line art", "etching"], graph => graph
            .Then("hue=s=0.08").Blend("negate,gblur=sigma=11", "dodge", 1).Then("eq=contrast=1.5:brightness=-0.2")),
        (["anime", "cartoon", "comic", "comic book", "illustration", "cel shaded", "manga", "pop art"], graph => graph
            .Then("median=radius=4,eq=saturation=1.55:contrast=1.12")
            .Then("format=yuv444p,lutyuv=y='floor(val/30)*30+15',gblur=sigma=0.7")
            .Blend("hue=s=0,edgedetect=mode=wires:low=0.08:high=0.22,negate,gblur=sigma=0.8", "multiply", 0.85)),
        (["cinematic", "film still", "movie still", "blockbuster", "anamorphic"], graph => graph
            .Then("colorbalance=rs=-0.12:bs=0.14:rh=0.12:bh=-0.1,eq=contrast=1.14:saturation=1.05")
            .Light(Field.Spot(0.5, 0.48, 0.95, 0.85, 0.2), "3A4048", "FFFFFF", "multiply", 0.7)),
        (["vintage", "retro", "polaroid", "1970s", "70s", "analog", "analogue", "film photo", "old photo", "kodak"], graph => graph
            .Then("curves=preset=vintage,eq=saturation=0.8:contrast=0.92")
            .Light(Field.Spot(0.5, 0.5, 0.9, 0.9), "8A5A3A", "FFF4DC", "multiply", 0.6).Then(Grain)),
        (["sepia", "1920s", "victorian", "daguerreotype"], graph => graph
            .Then("colorchannelmixer=.393:.769:.189:0:.349:.686:.168:0:.272:.534:.131,eq=contrast=1.05")
            .Light(Field.Spot(0.5, 0.5, 0.85, 0.85), "5A3D22", "FFFFFF", "multiply", 0.7).Then(Grain)),
        (["pastel", "dreamy", "ethereal", "fairy tale", "fairytale", "soft colours", "soft colors"], graph => graph
            .Then("eq=saturation=0.82:brightness=0.07:contrast=0.86").Blend("gblur=sigma=20", "screen", 0.38)
            .Light(Field.Sweep(30), "FFC9E0", "C4DCFF", "overlay", 0.26)),
        (["hdr", "vivid", "vibrant", "hyperrealistic", "ultra detailed", "colourful", "colorful"], graph => graph
            .Then("unsharp=13:13:0.9,eq=saturation=1.42:contrast=1.1")),
        (["minimal", "minimalist", "clean", "editorial", "high fashion", "vogue"], graph => graph
            .Then("eq=saturation=0.72:contrast=1.1:brightness=0.04").Then("curves=all='0/0.03 0.5/0.55 1/1'")),
        (["gothic", "horror", "sinister", "dark fantasy", "gloomy"], graph => graph
            .Then("eq=saturation=0.5:brightness=-0.12:contrast=1.24,colorbalance=gs=0.05:bs=0.06")
            .Light(Field.Spot(0.5, 0.42, 0.75, 0.8), "101216", "FFFFFF", "multiply", 0.85)),
        (["photorealistic", "photo realistic", "realistic", "photograph", "8k", "sharp focus"], graph => graph
            .Then("unsharp=5:5:0.6,eq=contrast=1.05:saturation=1.04")),
    ];

    /// <summary>The first that the words name; two manners at once are none.</summary>
    public static void Apply(Shot shot, Words words)
    {
        if (Known.FirstOrDefault(entry => words.HasAny(entry.Phrases)).Look is { } look)
        {
            shot.Finish(graph => look(graph));
        }
    }
}
