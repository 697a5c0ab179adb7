using System.Text;

namespace PipelineService.Sheets;

/// <summary>Lines of CSV (RFC 4180) that a spreadsheet program opens without working anything out. Pure.</summary>
internal static class CsvText
{
    /// <summary>All rows in UTF-8, marked as such: without the mark spreadsheet programs guess another encoding.</summary>
    public static async Task WriteAsync(IEnumerable<IReadOnlyList<string?>> rows, Stream output, CancellationToken cancellationToken)
    {
        await using var writer = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true);
        foreach (var row in rows)
        {
            await writer.WriteAsync(Line(row).AsMemory(), cancellationToken);
        }
    }

    /// <summary>With its line end.</summary>
    public static string Line(IEnumerable<string?> cells) => string.Join(',', cells.Select(cell => Quoted(Defused(cell ?? string.Empty)))) + "\r\n";

    /// <summary>A text that a spreadsheet would take for a formula gets an apostrophe before it, which shows it as it is. Numbers are left alone.</summary>
    public static string Defused(string text) =>
        text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' && !IsNumber(text) ? "'" + text : text;

    private static bool IsNumber(string text) => decimal.TryParse(text, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out _);

    private static string Quoted(string text) =>
        text.AsSpan().IndexOfAny(",\"\r\n;") < 0 && !text.StartsWith(' ') && !text.EndsWith(' ') ? text : new StringBuilder(text.Length + 8).Append('"').Append(text.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"').ToString();
}
