namespace Providers.Local.Images;

/// <summary>Clothes: the part of the picture where they usually are takes a colour and a cloth.</summary>
internal static class Outfits
{
    private static readonly Field Body = Field.Spot(0.5, 0.9, 0.56, 0.62, 0.62);
    private static readonly Field Ground = Field.Spot(0.5, 0.62, 0.66, 0.72, 0.3).Inverse;

    // what each cloth looks like when no colour is named, and what remains of it when one is
    private static readonly (string[] Phrases, string Colour, string Texture)[] Cloths =
    [
        (["formal", "suit", "business", "office", "tuxedo", "tailored", "blazer"], Colours.Hue(222, 0.28, -0.12), Pinstripe),
        (["denim", "jeans", "casual", "everyday", "streetwear", "hoodie"], Colours.Hue(212, 0.42, 0.02), Weave),
        (["sport", "sporty", "sportswear", "athletic", "gym", "tracksuit", "running gear"], Colours.Hue(168, 0.8, 0.03), Bands),
        (["evening", "gala", "gown", "cocktail", "glamorous", "sequin", "sequined"], Colours.Hue(346, 0.62, -0.06), Sparkle),
        (["leather", "biker", "punk", "rock"], "eq=saturation=0.12:brightness=-0.2:contrast=1.35", Gloss),
        (["winter", "coat", "wool", "knit", "knitted", "sweater", "cardigan", "parka"], Colours.Hue(32, 0.34, 0.02), Knit),
        (["summer", "linen", "beach", "sundress", "light cotton"], "eq=saturation=0.2:brightness=0.15:contrast=0.82", Weave),
        (["traditional", "kimono", "sari", "folk", "embroidered", "floral", "bohemian", "boho"], Colours.Hue(318, 0.5), Check),
        (["uniform", "military", "safari", "utility", "workwear"], Colours.Hue(74, 0.34, -0.05), Weave),
        (["vintage", "retro", "tweed", "plaid", "checked", "tartan", "flannel"], Colours.Hue(24, 0.4, -0.03), Check),
        (["silk", "satin", "velvet", "flowing"], "eq=saturation=1.35", Gloss),
    ];

    private const string Pinstripe = "drawgrid=x=7:w=22:h=ih*3:t=1:c=white@0.34";
    private const string Check = "drawgrid=w=46:h=46:t=9:c=white@0.17,drawgrid=x=23:y=23:w=46:h=46:t=3:c=black@0.2";
    private const string Bands = "drawgrid=y=40:w=iw*3:h=150:t=26:c=white@0.5";
    private const string Weave = "noise=c0s=13:c0f=p:c1s=13:c1f=p:c2s=13:c2f=p";
    private const string Knit = "drawgrid=w=iw*3:h=11:t=2:c=black@0.16,drawgrid=w=9:h=ih*3:t=1:c=white@0.13";
    private const string Sparkle = "noise=c0s=34:c1s=34:c2s=34:allf=p,eq=contrast=1.2";

    private const string Gloss = "eq=contrast=1.22,unsharp=7:7:0.9";

    public static void Dress(Shot shot, Wishes wishes)
    {
        var outfit = wishes.Outfit;
        var words = outfit is null ? wishes.Words : new Words(outfit);
        var colours = Colours.In(words);
        if (outfit is not null)
        {
            if (wishes.Chosen)
            {
                Present(shot, outfit);
            }

            var (phrases, own, texture) = Cloths.FirstOrDefault(entry => words.HasAny(entry.Phrases));
            var made = (phrases, colours) switch
            {
                (null, [var colour, ..]) => colour,
                (null, []) => Unnamed(outfit),
                (_, [var colour, ..]) => $"{colour},format=gbrp,{texture}",
                (_, []) => $"{own},format=gbrp,{texture}",
            };
            shot.Grade(graph => graph.Dye(Body, made));
        }
        else if (colours is [var colour, ..])
        {
            shot.Grade(graph => graph.Dye(Field.Spot(0.5, 0.66, 0.56, 0.6, 0.4), colour));
        }

        if (colours is [_, var second, ..])
        {
            shot.Grade(graph => graph.Dye(Ground, second));
        }
    }

    // each outfit of a set gets a view of its own, as in a look book
    private static void Present(Shot shot, string outfit)
    {
        var dice = Dice.Of("view of " + outfit);
        shot.View = shot.View.Zoom(dice.Between(1.08, 1.3), dice.Between(0, 1), dice.Between(0.1, 0.5))
            .Turn(dice.Between(-0.12, 0.12))
            .Roll(dice.Between(-4, 4), shot.Aspect);
    }

    // a wish in words that this renderer does not know still looks like itself and unlike the next one
    private static string Unnamed(string outfit)
    {
        var dice = Dice.Of(outfit);
        var pattern = dice.Pick([Pinstripe, Check, Bands, Knit, Weave]);
        return FormattableString.Invariant($"hue=h={dice.Between(40, 320):0}:s={dice.Between(0.7, 1.4):0.##},format=gbrp,{pattern}");
    }
}
