using System.Text;

namespace PipelineService.Sheets;

/// <summary>Finds out in which encoding a text was saved. Pure.</summary>
internal static class SheetText
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <returns>The text and the name of its encoding; null when it is no text.</returns>
    public static (string Text, string Encoding)? Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
        {
            return Checked(Encoding.UTF8.GetString(bytes[3..]), "utf-8");
        }

        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]))
        {
            return Checked(Encoding.Unicode.GetString(bytes[2..]), "utf-16");
        }

        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
        {
            return Checked(Encoding.BigEndianUnicode.GetString(bytes[2..]), "utf-16");
        }

        // Saved as UTF-16 without its mark, every second byte of plain letters is zero.
        if (bytes.Length >= 4 && bytes.Length % 2 == 0 && bytes[1] == 0 && bytes[3] == 0)
        {
            return Checked(Encoding.Unicode.GetString(bytes), "utf-16");
        }

        if (bytes.Length >= 4 && bytes.Length % 2 == 0 && bytes[0] == 0 && bytes[2] == 0)
        {
            return Checked(Encoding.BigEndianUnicode.GetString(bytes), "utf-16");
        }

        try
        {
            return Checked(StrictUtf8.GetString(bytes), "utf-8");
        }
        catch (DecoderFallbackException)
        {
            return Checked(CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetString(bytes), "windows-1252");
        }
    }

    private static (string Text, string Encoding)? Checked(string text, string encoding) => text.Contains('\0', StringComparison.Ordinal) ? null : (text, encoding);
}
