using System.Globalization;
using System.IO.Compression;
using System.Xml;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using PipelineService.Assets;
using WorkbookSheet = DocumentFormat.OpenXml.Spreadsheet.Sheet;

namespace PipelineService.Sheets;

/// <summary>Reads the first visible sheet of a workbook, cell by cell and within bounds: some kilobytes can unpack to gigabytes. Pure.</summary>
internal static class XlsxSheet
{
    private const string Damaged = "This is no Excel workbook that can be read. Save it again as .xlsx or as CSV.";
    private const string WayOn = "Copy the sheet into a new workbook by itself, or save it as CSV.";
    private const int MostParts = 2000;
    private const int MostSheets = 1000;
    private const long LargestIndex = 4L << 20;

    // What the format itself allows; empty ones count here, too.
    private const int MostRows = 1_048_576;
    private const int MostCells = 16_384;

    public static SheetReading Read(byte[] bytes, SheetsOptions options)
    {
        try
        {
            using var stream = new MemoryStream(bytes, writable: false);
            var lengths = Lengths(stream);
            using var document = SpreadsheetDocument.Open(stream, false, new OpenSettings { MaxCharactersInPart = options.MaxUnpackedChars });
            if (document.WorkbookPart is not { } part)
            {
                return SheetReading.Refused(Damaged);
            }

            var sheets = Sheets(part).Where(sheet => sheet.State is null || sheet.State.Value == SheetStateValues.Visible).ToList();
            if (sheets.Count == 0 || sheets[0].Id?.Value is not { } id || part.GetPartById(id) is not WorksheetPart first)
            {
                return SheetReading.Refused("The workbook has no sheet with rows.");
            }

            var unpacked = Length(lengths, first) + (part.SharedStringTablePart is { } shared ? Length(lengths, shared) : 0);
            if (unpacked > options.MaxUnpackedChars)
            {
                return SheetReading.Refused($"Its sheet unpacks to {unpacked / 1e6:N0} million characters; at most {options.MaxUnpackedChars / 1e6:N0} million are read. {WayOn}");
            }

            string[] notes = sheets.Count > 1 ? [$"The workbook has {sheets.Count} sheets; '{sheets[0].Name?.Value}', the first, was read."] : [];
            return SheetTables.Of("xlsx", null, null, Rows(first, Texts(part, options)), notes, options);
        }
        catch (RefusedException refused)
        {
            return SheetReading.Refused(refused.Message);
        }
        catch (Exception exception) when (exception is OpenXmlPackageException or FileFormatException or InvalidDataException or XmlException or IOException or ArgumentException or FormatException)
        {
            return SheetReading.Refused(Damaged);
        }
    }

    /// <summary>How long each part is unpacked, by its path. A part never gives more than is said here.</summary>
    private static Dictionary<string, long> Lengths(Stream stream)
    {
        if (ZipDirectory.Count(stream, MostParts) is > MostParts)
        {
            throw new RefusedException($"The workbook has more than {MostParts:N0} parts. {WayOn}");
        }

        stream.Position = 0;
        var lengths = new Dictionary<string, long>(StringComparer.OrdinalIgnoreCase);
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true))
        {
            foreach (var entry in archive.Entries)
            {
                // Lists of what is in it are read whole before anything else.
                if (entry.Length > LargestIndex && (entry.FullName.EndsWith(".rels", StringComparison.OrdinalIgnoreCase) || entry.FullName.EndsWith("[Content_Types].xml", StringComparison.OrdinalIgnoreCase)))
                {
                    throw new RefusedException($"The workbook's '{entry.FullName}' unpacks to {entry.Length >> 20:N0} MB; at most {LargestIndex >> 20} MB are read. {WayOn}");
                }

                lengths[entry.FullName] = entry.Length;
            }
        }

        stream.Position = 0;
        return lengths;
    }

    private static long Length(Dictionary<string, long> lengths, OpenXmlPart part) => lengths.GetValueOrDefault(part.Uri.OriginalString.TrimStart('/'));

    private static List<WorkbookSheet> Sheets(WorkbookPart workbook)
    {
        var sheets = new List<WorkbookSheet>();
        using var reader = OpenXmlReader.Create(workbook);
        while (sheets.Count < MostSheets && reader.Read())
        {
            if (reader.ElementType == typeof(WorkbookSheet) && reader.IsStartElement)
            {
                sheets.Add((WorkbookSheet)reader.LoadCurrentElement()!);
            }
        }

        return sheets;
    }

    private static List<string> Texts(WorkbookPart workbook, SheetsOptions options)
    {
        var texts = new List<string>();
        if (workbook.SharedStringTablePart is not { } part)
        {
            return texts;
        }

        var most = (options.MaxRows + 1L) * options.MaxColumns;
        using var reader = OpenXmlReader.Create(part);
        while (reader.Read())
        {
            if (reader.ElementType == typeof(SharedStringItem) && reader.IsStartElement)
            {
                if (texts.Count == most)
                {
                    throw new RefusedException($"The workbook has more than {most:N0} different texts. {WayOn}");
                }

                var item = (SharedStringItem)reader.LoadCurrentElement()!;
                texts.Add(Short(item.Text?.Text ?? string.Concat(item.Elements<Run>().Select(run => run.Text?.Text)), options));
            }
        }

        return texts;
    }

    private static IEnumerable<SheetRow> Rows(WorksheetPart sheet, List<string> texts)
    {
        using var reader = OpenXmlReader.Create(sheet);
        var number = 0;
        var rows = 0;
        var cells = new List<Cell>();
        while (reader.Read())
        {
            if (reader.ElementType == typeof(Cell) && reader.IsStartElement)
            {
                if (cells.Count == MostCells)
                {
                    throw new RefusedException($"Row {number:N0} has more than {MostCells:N0} cells. {WayOn}");
                }

                cells.Add((Cell)reader.LoadCurrentElement()!);
            }
            else if (reader.ElementType == typeof(Row) && reader.IsStartElement)
            {
                if (++rows > MostRows)
                {
                    throw new RefusedException($"The sheet has more than {MostRows:N0} rows. {WayOn}");
                }

                number = reader.Attributes.FirstOrDefault(attribute => attribute.LocalName == "r").Value is { } at && int.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : number + 1;
            }
            else if (reader.ElementType == typeof(Row) && reader.IsEndElement && cells.Count > 0)
            {
                yield return Record(number, cells, texts);
                cells.Clear();
            }
        }
    }

    private static SheetRow Record(int number, IEnumerable<Cell> row, List<string> texts)
    {
        var cells = new List<string>();
        Dictionary<int, string>? problems = null;
        foreach (var cell in row)
        {
            var column = cell.CellReference?.Value is { } reference ? ColumnOf(reference) : cells.Count;
            if (column is < 0 or >= MostCells)
            {
                continue;
            }

            while (cells.Count <= column)
            {
                cells.Add(string.Empty);
            }

            cells[column] = TextOf(cell, texts);
            if (cell.CellFormula is { } formula)
            {
                (problems ??= [])[column] = $"The cell is a formula (={Short(formula.Text)}). Formulas are not worked out here: paste its value in its place.";
            }
            else if (cell.DataType?.Value == CellValues.Error)
            {
                (problems ??= [])[column] = $"The cell holds the error {cells[column]}.";
            }
        }

        return new SheetRow(number, cells, problems);
    }

    private static string TextOf(Cell cell, List<string> texts)
    {
        var value = cell.CellValue?.Text ?? string.Empty;
        var type = cell.DataType?.Value;
        return type == CellValues.SharedString ? int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? texts.ElementAtOrDefault(index) ?? string.Empty : string.Empty
            : type == CellValues.InlineString ? cell.InlineString?.Text?.Text ?? string.Concat(cell.InlineString?.Elements<Run>().Select(run => run.Text?.Text) ?? [])
            : type == CellValues.Boolean ? value == "1" ? "TRUE" : "FALSE"
            : type is null || type == CellValues.Number ? NumberOf(value)
            : value;
    }

    /// <summary>A whole number is written as one, whatever the program stored.</summary>
    private static string NumberOf(string value) =>
        double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && Math.Abs(number) < 1e15 && Math.Floor(number) == number
            ? ((long)number).ToString(CultureInfo.InvariantCulture)
            : value;

    /// <summary>From 0: C7 is 2.</summary>
    private static int ColumnOf(string reference)
    {
        var column = 0;
        foreach (var letter in reference.TakeWhile(char.IsAsciiLetterUpper).Take(4))
        {
            column = (column * 26) + (letter - 'A' + 1);
        }

        return column - 1;
    }

    private static string Short(string? formula) => formula is null ? "…" : formula.Length <= 60 ? formula : formula[..60] + "…";

    // One character more than is accepted, so that it is told.
    private static string Short(string text, SheetsOptions options) => text.Length <= options.MaxCellChars ? text : text[..(options.MaxCellChars + 1)];

    private sealed class RefusedException(string why) : Exception(why);
}
