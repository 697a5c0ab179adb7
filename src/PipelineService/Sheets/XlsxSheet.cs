using System.Globalization;
using System.Xml;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using WorkbookSheet = DocumentFormat.OpenXml.Spreadsheet.Sheet;

namespace PipelineService.Sheets;

/// <summary>Reads the first visible sheet of a workbook, row by row. Pure.</summary>
internal static class XlsxSheet
{
    private const string Damaged = "This is no Excel workbook that can be read. Save it again as .xlsx or as CSV.";

    public static SheetReading Read(byte[] bytes, SheetsOptions options)
    {
        try
        {
            using var stream = new MemoryStream(bytes, writable: false);
            using var document = SpreadsheetDocument.Open(stream, false, new OpenSettings { MaxCharactersInPart = options.MaxUnpackedChars });
            if (document.WorkbookPart is not { Workbook: { } workbook } part)
            {
                return SheetReading.Refused(Damaged);
            }

            var sheets = workbook.Descendants<WorkbookSheet>().Where(sheet => sheet.State is null || sheet.State.Value == SheetStateValues.Visible).ToList();
            if (sheets.Count == 0 || sheets[0].Id?.Value is not { } id || part.GetPartById(id) is not WorksheetPart first)
            {
                return SheetReading.Refused("The workbook has no sheet with rows.");
            }

            string[] notes = sheets.Count > 1 ? [$"The workbook has {sheets.Count} sheets; '{sheets[0].Name?.Value}', the first, was read."] : [];
            return SheetTables.Of("xlsx", null, null, Rows(first, Texts(part, options)), notes, options);
        }
        catch (Exception exception) when (exception is OpenXmlPackageException or FileFormatException or InvalidDataException or XmlException or IOException or ArgumentOutOfRangeException or FormatException)
        {
            return SheetReading.Refused(Damaged);
        }
    }

    private static List<string> Texts(WorkbookPart workbook, SheetsOptions options)
    {
        var texts = new List<string>();
        if (workbook.SharedStringTablePart is not { } part)
        {
            return texts;
        }

        using var reader = OpenXmlReader.Create(part);
        while (reader.Read())
        {
            if (reader.ElementType == typeof(SharedStringItem) && reader.IsStartElement)
            {
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
        while (reader.Read())
        {
            if (reader.ElementType == typeof(Row) && reader.IsStartElement)
            {
                var row = (Row)reader.LoadCurrentElement()!;
                number = row.RowIndex?.Value is { } index ? (int)index : number + 1;
                yield return Record(number, row, texts);
            }
        }
    }

    private static SheetRow Record(int number, Row row, List<string> texts)
    {
        var cells = new List<string>();
        Dictionary<int, string>? problems = null;
        foreach (var cell in row.Elements<Cell>())
        {
            var column = cell.CellReference?.Value is { } reference ? ColumnOf(reference) : cells.Count;
            if (column is < 0 or > 16_384)
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
}
