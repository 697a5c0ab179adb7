using System.Text;

namespace PipelineService.Assets;

/// <summary>Names of files as people gave them, made harmless: no folders, no control characters, the extension of the real format.</summary>
internal static class AssetName
{
    public const int MaxLength = 150;

    private static readonly string[] PictureExtensions = [".png", ".jpg", ".jpeg", ".webp"];

    /// <param name="raw">What a client, an archive or an address calls the file.</param>
    /// <param name="extension">Of the real format, without the dot.</param>
    public static string For(string raw, string extension)
    {
        var name = Clean(raw);
        var given = Path.GetExtension(name);
        var stem = PictureExtensions.Contains(given, StringComparer.OrdinalIgnoreCase) ? name[..^given.Length] : name;
        var fits = given.TrimStart('.').Equals(extension, StringComparison.OrdinalIgnoreCase)
            || (extension == "jpg" && given.Equals(".jpeg", StringComparison.OrdinalIgnoreCase));
        return fits && stem.Length > 0 ? name : $"{(stem.Length > 0 ? stem : "image")}.{extension}";
    }

    /// <summary>The last part of a path without what no file system likes; never empty.</summary>
    public static string Clean(string raw)
    {
        var last = raw[(raw.LastIndexOfAny(['/', '\\']) + 1)..];
        var kept = new StringBuilder(last.Length);
        foreach (var rune in last.EnumerateRunes())
        {
            // bidirectional marks can make one extension look like another
            var category = Rune.GetUnicodeCategory(rune);
            if (category is not (System.Globalization.UnicodeCategory.Control or System.Globalization.UnicodeCategory.Format or System.Globalization.UnicodeCategory.Surrogate)
                && !"<>:\"|?*".Contains((char)(rune.Value & 0xFFFF), StringComparison.Ordinal) && rune != Rune.ReplacementChar)
            {
                kept.Append(rune);
            }
        }

        var name = kept.ToString().Trim(' ', '.');
        return name.Length == 0 ? "image" : Shorten(name);
    }

    private static string Shorten(string name)
    {
        if (name.Length <= MaxLength)
        {
            return name;
        }

        var extension = Path.GetExtension(name);
        extension = extension.Length <= 10 ? extension : string.Empty;
        var stem = name[..(MaxLength - extension.Length)];
        return (char.IsHighSurrogate(stem[^1]) ? stem[..^1] : stem) + extension;
    }
}
