using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace PipelineService.Sheets;

/// <summary>Writes rows as a workbook with one sheet. Texts are texts: nothing in them is worked out.</summary>
internal static class XlsxText
{
    private const int LongestCell = 32_767;

    public static byte[] Of(IEnumerable<IReadOnlyList<string?>> rows)
    {
        using var stream = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(stream, SpreadsheetDocumentType.Workbook))
        {
            var workbook = document.AddWorkbookPart();
            var part = workbook.AddNewPart<WorksheetPart>();
            using (var writer = OpenXmlWriter.Create(part))
            {
                writer.WriteStartElement(new Worksheet());
                writer.WriteStartElement(new SheetData());
                foreach (var row in rows)
                {
                    writer.WriteStartElement(new Row());
                    foreach (var text in row)
                    {
                        writer.WriteElement(Cell(text ?? string.Empty));
                    }

                    writer.WriteEndElement();
                }

                writer.WriteEndElement();
                writer.WriteEndElement();
            }

            workbook.Workbook = new Workbook(new DocumentFormat.OpenXml.Spreadsheet.Sheets(
                new DocumentFormat.OpenXml.Spreadsheet.Sheet { Id = workbook.GetIdOfPart(part), SheetId = 1, Name = "Results" }));
            workbook.Workbook.Save();
        }

        return stream.ToArray();
    }

    private static Cell Cell(string text) => IsNumber(text)
        ? new Cell { DataType = CellValues.Number, CellValue = new CellValue(text) }
        : new Cell { DataType = CellValues.InlineString, InlineString = new InlineString(new Text(Allowed(text)) { Space = SpaceProcessingModeValues.Preserve }) };

    /// <summary>Numbers with leading zeros are names, and long ones would lose digits.</summary>
    private static bool IsNumber(string text) =>
        text.Length is > 0 and <= 15 && text.All(character => char.IsAsciiDigit(character) || character == '.') && (text == "0" || text[0] != '0' || text.StartsWith("0.", StringComparison.Ordinal))
        && decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _);

    private static string Allowed(string text)
    {
        var kept = new string([.. text.Where(character => !char.IsControl(character) || character is '\n' or '\t')]);
        return kept.Length <= LongestCell ? kept : kept[..LongestCell];
    }
}
