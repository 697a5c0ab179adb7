using System.Globalization;

namespace Providers.Local.Images;

/// <summary>Colour names and how a thing is given one while its light and shade stay.</summary>
internal static class Colours
{
    private static readonly (string[] Names, string Filters)[] Known =
    [
        (["red", "scarlet", "crimson", "ruby"], Hue(0, 0.8, -0.1)),
        (["burgundy", "wine", "maroon", "bordeaux"], Hue(346, 0.6, -0.1)),
        (["orange", "tangerine", "rust", "terracotta", "copper"], Hue(22, 0.7)),
        (["coral", "peach", "salmon", "apricot"], Hue(12, 0.6, 0.06)),
        (["yellow", "lemon"], Hue(50, 0.75, 0.06)),
        (["gold", "golden", "mustard", "amber", "ochre"], Hue(42, 0.65)),
        (["olive", "khaki", "moss"], Hue(72, 0.4, -0.04)),
        (["emerald", "forest green", "bottle green", "jade"], Hue(152, 0.6, -0.06)),
        (["mint", "sage", "pistachio"], Hue(140, 0.35, 0.07)),
        (["green", "lime"], Hue(122, 0.55)),
        (["teal", "petrol"], Hue(182, 0.6, -0.05)),
        (["turquoise", "cyan", "aqua"], Hue(186, 0.62, 0.04)),
        (["navy", "midnight blue", "indigo"], Hue(226, 0.55, -0.16)),
        (["sky blue", "light blue", "powder blue", "baby blue"], Hue(205, 0.5, 0.08)),
        (["blue", "cobalt", "sapphire", "azure"], Hue(218, 0.7)),
        (["lavender", "lilac", "mauve"], Hue(265, 0.4, 0.08)),
        (["purple", "violet", "plum", "aubergine"], Hue(278, 0.58, -0.03)),
        (["magenta", "fuchsia"], Hue(312, 0.7)),
        (["pink", "rose", "blush"], Hue(338, 0.58, 0.06)),
        (["brown", "chocolate", "cognac", "tan", "camel", "caramel"], Hue(28, 0.42, -0.02)),
        (["white", "ivory", "cream", "beige", "champagne", "pearl"], "eq=saturation=0.14:brightness=0.16:contrast=0.8,colortemperature=temperature=5800"),
        (["black", "charcoal", "onyx"], "eq=saturation=0.1:brightness=-0.2:contrast=1.05"),
        (["grey", "gray", "silver", "slate", "graphite"], "eq=saturation=0.08:contrast=1.06"),
    ];

    /// <summary>For each colour that the text names: all the names it goes by.</summary>
    public static IEnumerable<IReadOnlyList<string>> NamesIn(Words words) => Known.Where(colour => words.HasAny(colour.Names)).Select(colour => (IReadOnlyList<string>)colour.Names);

    /// <summary>The filters of the colours that the text names, in the order in which it names them.</summary>
    public static IReadOnlyList<string> In(Words words)
    {
        if (words.HasAny("black and white", "monochrome"))
        {
            return [];
        }

        var found = new List<(int Position, string Filters)>();
        foreach (var (names, filters) in Known)
        {
            var first = names.Select(words.Position).Where(position => position >= 0).DefaultIfEmpty(-1).Min();
            if (first >= 0)
            {
                found.Add((first, filters));
            }
        }

        return [.. found.OrderBy(entry => entry.Position).Select(entry => entry.Filters)];
    }

    public static string Hue(double hue, double saturation, double brightness = 0)
    {
        var invariant = CultureInfo.InvariantCulture;
        var shade = brightness == 0 ? "" : $",eq=brightness={brightness.ToString(invariant)}";
        return $"colorize=hue={hue.ToString(invariant)}:saturation={saturation.ToString(invariant)}:lightness=0.5:mix=1{shade}";
    }
}
