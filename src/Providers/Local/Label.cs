using System.Text;

namespace Providers.Local;

/// <summary>Says on the picture itself that the demo renderer made it. The text goes through a file, so that no character of a prompt is syntax.</summary>
internal static class Label
{
    public const string Maker = "demo renderer";

    /// <summary>Share of the height that the strip takes.</summary>
    public const double StripHeight = 0.065;

    private static readonly string[] Fonts =
    [
        "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf", "/usr/share/fonts/dejavu-sans-fonts/DejaVuSans.ttf", "/usr/share/fonts/TTF/DejaVuSans.ttf",
        "/System/Library/Fonts/Supplemental/Arial.ttf",
    ];

    /// <summary>One line that fits the strip: who made it and how the prompt begins.</summary>
    public static string Text(string prompt, int width, int height)
    {
        // a letter of the font is a little wider than half its height
        var room = (int)(width / (FontSize(width, height) * 0.56)) - 4;
        var excerpt = Plain(prompt);
        var line = $"{Maker} · {excerpt}";
        return room < Maker.Length + 8 ? Maker : line.Length <= room ? line : line[..(room - 1)].TrimEnd() + "…";
    }

    /// <summary>The strip with its text, drawn over the lower edge.</summary>
    public static string Strip(int width, int height, string textFile, string? font)
    {
        var strip = (int)(height * StripHeight);
        var size = FontSize(width, height);
        return $"drawbox=x=0:y=ih-{strip}:w=iw:h={strip}:color=black@0.5:t=fill,"
            + $"drawtext={Font(font)}textfile={textFile}:expansion=none:fontsize={size}:fontcolor=white@0.92:x={size}:y=h-{strip}/2-text_h/2";
    }

    /// <summary>A small mark in the corner, for moving pictures.</summary>
    public static string Corner(int height, string textFile, string? font)
    {
        var size = Math.Max(10, height / 40);
        return $"drawtext={Font(font)}textfile={textFile}:expansion=none:fontsize={size}:fontcolor=white@0.8:"
            + $"box=1:boxcolor=black@0.35:boxborderw={size / 2}:x={size}:y=h-text_h-{size}";
    }

    private static int FontSize(int width, int height) => Math.Max(9, (int)Math.Min(height * StripHeight * 0.42, width / 24.0));

    private static string Font(string? configured) =>
        (configured ?? Fonts.FirstOrDefault(File.Exists)) is { } path ? $"fontfile='{path}':" : "font=Sans:";

    private static string Plain(string prompt)
    {
        var plain = new StringBuilder(prompt.Length);
        foreach (var rune in prompt.EnumerateRunes())
        {
            var space = Rune.IsWhiteSpace(rune) || Rune.IsControl(rune) || !rune.IsBmp;
            if (!space)
            {
                plain.Append(rune);
            }
            else if (plain.Length > 0 && plain[^1] != ' ')
            {
                plain.Append(' ');
            }
        }

        return plain.ToString().Trim();
    }
}
