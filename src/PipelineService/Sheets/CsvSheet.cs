using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace PipelineService.Sheets;

/// <summary>Reads comma-separated text, whatever parts its cells. Pure.</summary>
internal static class CsvSheet
{
    private static readonly char[] Delimiters = [',', ';', '\t', '|'];

    public static SheetReading Read(ReadOnlySpan<byte> bytes, SheetsOptions options)
    {
        if (SheetText.Decode(bytes) is not var (text, encoding))
        {
            return SheetReading.Refused("This is no text that can be read. Save the sheet as CSV (UTF-8) or as .xlsx.");
        }

        if (text.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) && text.IndexOf('\n', StringComparison.Ordinal) is > 0 and < 8 and var end)
        {
            text = text[(end + 1)..];
        }

        var delimiter = Delimiter(text);
        string[] notes = encoding == "windows-1252"
            ? ["The file is not UTF-8, so it was read as Windows-1252. Look at letters with accents; if they are wrong, save it as CSV UTF-8."]
            : [];
        try
        {
            var (records, open) = Records(text, delimiter);
            return open is { } row
                ? SheetReading.Refused($"A quotation mark that is opened in row {row} is never closed, so the rest of the file is one cell. Close it, or write it twice to mean the mark itself.")
                : SheetTables.Of("csv", encoding, delimiter.ToString(), records, notes, options);
        }
        catch (CsvHelperException)
        {
            return SheetReading.Refused("This is no CSV that can be read. Save the sheet as CSV (UTF-8) or as .xlsx.");
        }
    }

    private static (List<SheetRow> Records, int? Open) Records(string text, char delimiter)
    {
        var bad = false;
        var configuration = new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = delimiter.ToString(),
            HasHeaderRecord = false,
            IgnoreBlankLines = false,
            BadDataFound = _ => bad = true,
        };
        using var parser = new CsvParser(new StringReader(text), configuration);
        var records = new List<SheetRow>();
        var open = false;
        while (parser.Read())
        {
            records.Add(new SheetRow(records.Count + 1, parser.Record ?? []));
            // Marks come in pairs, but for one within a text that does not begin with one (5" heels); that does not run on into the next line.
            open = parser.RawRecord.Count(character => character == '"') % 2 == 1 && (!bad || parser.RawRecord.AsSpan().TrimEnd().Contains('\n'));
            bad = false;
        }

        return (records, open ? records.Count : null);
    }

    /// <summary>What the header has most of, outside of quotation marks.</summary>
    private static char Delimiter(string text)
    {
        var counts = new int[Delimiters.Length];
        var quoted = false;
        foreach (var character in text)
        {
            quoted ^= character == '"';
            if (!quoted && character is '\n' or '\r' && counts.Any(count => count > 0))
            {
                break;
            }

            if (!quoted && Array.IndexOf(Delimiters, character) is >= 0 and var which)
            {
                counts[which]++;
            }
        }

        return Delimiters[Array.IndexOf(counts, counts.Max())];
    }
}
