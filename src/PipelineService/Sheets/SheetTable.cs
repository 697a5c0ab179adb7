namespace PipelineService.Sheets;

/// <summary>A sheet as it was read: a header and rows of texts.</summary>
/// <param name="Format">csv or xlsx.</param>
/// <param name="Encoding">utf-8, utf-16 or windows-1252; null for a workbook.</param>
/// <param name="Delimiter">What parts the cells; null for a workbook.</param>
/// <param name="Columns">Names, each once; one for every cell of a row.</param>
/// <param name="Notes">Sentences about how it was read.</param>
internal sealed record SheetTable(
    string Format, string? Encoding, string? Delimiter, IReadOnlyList<string> Columns, IReadOnlyList<SheetRow> Rows, IReadOnlyList<string> Notes);

/// <summary>A row below the header.</summary>
/// <param name="Number">As a spreadsheet program shows it, the header being row 1.</param>
/// <param name="Cells">One for each column, trimmed; empty for what is not there.</param>
/// <param name="Problems">Why a cell cannot be taken, by column from 0; null when all can.</param>
internal sealed record SheetRow(int Number, IReadOnlyList<string> Cells, IReadOnlyDictionary<int, string>? Problems = null);

/// <summary>What came of reading a file: the table, or the sentence that says why there is none.</summary>
internal readonly record struct SheetReading(SheetTable? Table, string? Refusal)
{
    public static SheetReading Refused(string why) => new(null, why);
}

/// <summary>Makes the table of raw records, whatever format they came from. Pure.</summary>
internal static class SheetTables
{
    /// <param name="records">All rows in their order, the header first.</param>
    public static SheetReading Of(string format, string? encoding, string? delimiter, IEnumerable<SheetRow> records, IReadOnlyList<string> notes, SheetsOptions options)
    {
        var rows = new List<SheetRow>();
        List<string>? columns = null;
        foreach (var record in records.Where(record => record.Problems is not null || record.Cells.Any(cell => cell.Length > 0)))
        {
            if (columns is null)
            {
                columns = Names(Trimmed(record.Cells));
                if (columns.Count > options.MaxColumns)
                {
                    return SheetReading.Refused($"The sheet has {columns.Count:N0} columns; at most {options.MaxColumns} are accepted.");
                }

                continue;
            }

            if (rows.Count == options.MaxRows)
            {
                return SheetReading.Refused($"The sheet has more than {options.MaxRows:N0} rows. Split it into several.");
            }

            rows.Add(Fitted(record, columns.Count, options));
        }

        return columns is null ? SheetReading.Refused("The sheet is empty. Its first row names the columns.")
            : rows.Count == 0 ? SheetReading.Refused("The sheet has a header and no rows below it.")
            : new SheetReading(new SheetTable(format, encoding, delimiter, columns, rows, notes), null);
    }

    private static SheetRow Fitted(SheetRow record, int columns, SheetsOptions options)
    {
        var problems = record.Problems?.ToDictionary() ?? [];
        var cells = Trimmed(record.Cells).Concat(Enumerable.Repeat(string.Empty, columns)).Take(columns).ToArray();
        var extra = Trimmed(record.Cells).Count;
        if (extra > columns)
        {
            problems.TryAdd(columns - 1, $"The row has {extra} cells and the header {columns}. A text with a comma or a line break in it stands between quotation marks.");
        }

        for (var column = 0; column < columns; column++)
        {
            if (cells[column].Length > options.MaxCellChars)
            {
                problems.TryAdd(column, $"The cell has {cells[column].Length:N0} characters; at most {options.MaxCellChars:N0} are accepted.");
                cells[column] = cells[column][..options.MaxCellChars];
            }
        }

        return new SheetRow(record.Number, cells, problems.Count == 0 ? null : problems);
    }

    /// <summary>Empty cells at the end are none.</summary>
    private static List<string> Trimmed(IReadOnlyList<string> cells)
    {
        var trimmed = cells.Select(cell => cell.Trim()).ToList();
        while (trimmed.Count > 0 && trimmed[^1].Length == 0)
        {
            trimmed.RemoveAt(trimmed.Count - 1);
        }

        return trimmed;
    }

    /// <summary>Each name once, and none empty, so that a column can be told by its name.</summary>
    private static List<string> Names(IReadOnlyList<string> header)
    {
        var names = new List<string>();
        foreach (var (text, index) in header.Select((text, index) => (text, index)))
        {
            var wanted = text.Length == 0 ? $"Column {index + 1}" : text.Length > 100 ? text[..100] : text;
            var name = wanted;
            for (var again = 2; names.Contains(name, StringComparer.OrdinalIgnoreCase); again++)
            {
                name = $"{wanted} ({again})";
            }

            names.Add(name);
        }

        return names;
    }
}
