using System.IO.Compression;
using System.Text;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using PipelineService.Sheets;

namespace PipelineService.Tests.Sheets;

/// <summary>Files as people have them, and files that are no sheets.</summary>
public sealed class SheetFileTests
{
    private const string Plain = "Photo,Prompt\r\ncafé.jpg,\"red, with a hat\"\r\n";

    private static readonly SheetsOptions Options = new();

    public static TheoryData<string, byte[], string> Encodings => new()
    {
        { "without a mark", new UTF8Encoding(false).GetBytes(Plain), "utf-8" },
        { "with a mark", [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Plain)], "utf-8" },
        { "little endian", [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Plain)], "utf-16" },
        { "big endian", [.. Encoding.BigEndianUnicode.Preamble, .. Encoding.BigEndianUnicode.GetBytes(Plain)], "utf-16" },
        { "UTF-16 without a mark", Encoding.Unicode.GetBytes(Plain), "utf-16" },
        { "as old Excel saves it", CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetBytes(Plain), "windows-1252" },
    };

    [Theory]
    [MemberData(nameof(Encodings))]
    public void A_csv_is_read_in_the_encoding_it_was_saved_in(string how, byte[] bytes, string encoding)
    {
        var (table, refusal) = SheetFile.Read(bytes, "sheet.csv", Options);

        Assert.True(refusal is null, how);
        Assert.Equal((encoding, "csv", ","), (table!.Encoding, table.Format, table.Delimiter));
        Assert.Equal(["Photo", "Prompt"], table.Columns);
        Assert.Equal(["café.jpg", "red, with a hat"], table.Rows.Single().Cells);
        Assert.Equal(encoding == "windows-1252", table.Notes.Count == 1);
    }

    [Theory]
    [InlineData("a;b\n1;2\n", ";")]
    [InlineData("a\tb\n1\t2\n", "\t")]
    [InlineData("sep=;\na;b\n1;2\n", ";")]
    [InlineData("\"a, and more\";b\n1;2\n", ";")]
    public void Cells_are_parted_by_what_the_header_has_most_of(string text, string delimiter)
    {
        var table = Read(text);

        Assert.Equal(delimiter, table.Delimiter);
        Assert.Equal(["1", "2"], table.Rows.Single().Cells);
    }

    [Fact]
    public void Rows_are_numbered_as_a_spreadsheet_shows_them_and_empty_ones_are_none()
    {
        var table = Read("Photo,Prompt\na.jpg,\"two\nlines\"\n\n,\nb.jpg,blue\n");

        Assert.Equal([(2, "two\nlines"), (5, "blue")], table.Rows.Select(row => (row.Number, row.Cells[1])));
    }

    [Fact]
    public void Columns_without_a_name_and_of_one_name_are_told_apart()
    {
        Assert.Equal(["Photo", "Column 2", "Photo (2)"], Read("Photo,,photo\n1,2,3\n").Columns.Select(name => name == "photo (2)" ? "Photo (2)" : name));
    }

    [Fact]
    public void A_row_that_is_longer_than_the_header_says_so()
    {
        var row = Read("Photo,Prompt\na.jpg,red, with a hat\n").Rows.Single();

        Assert.Contains("3 cells and the header 2", row.Problems!.Values.Single(), StringComparison.Ordinal);
    }

    public static TheoryData<string, byte[], string> NoSheets => new()
    {
        { "sheet.csv", [], "empty" },
        { "sheet.csv", Encoding.UTF8.GetBytes("\n\n"), "empty" },
        { "sheet.csv", Encoding.UTF8.GetBytes("Photo,Prompt\n"), "no rows" },
        { "sheet.csv", Encoding.UTF8.GetBytes("Photo,Prompt\na.jpg,\"red\nb.jpg,blue\n"), "never closed" },
        { "sheet.csv", [0x89, 0x50, 0x4E, 0x47, 0, 0, 0, 1, 2], "no text" },
        { "photos.zip", Zip("a.jpg"), "ZIP archive" },
        { "sheet.xlsx", Zip("a.jpg"), "no Excel workbook" },
        { "sheet.xlsx", [0x50, 0x4B, 3, 4, 9, 9, 9], "no Excel workbook" },
        { "sheet.xls", [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1], "old Excel file" },
        { "sheet.csv", Encoding.UTF8.GetBytes("a\n" + string.Concat(Enumerable.Repeat("1\n", 10_001))), "more than 10,000 rows" },
        { "sheet.csv", Encoding.UTF8.GetBytes(string.Join(',', Enumerable.Range(1, 101)) + "\n1\n"), "101 columns" },
    };

    [Theory]
    [MemberData(nameof(NoSheets))]
    public void What_is_no_sheet_is_refused_with_the_way_on(string name, byte[] bytes, string why)
    {
        var (table, refusal) = SheetFile.Read(bytes, name, Options);

        Assert.Null(table);
        Assert.Contains(why, refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void A_workbook_is_read_with_its_texts_numbers_and_gaps()
    {
        var bytes = Workbook(
            new Row(Text("A1", "Photo"), Text("B1", "Prompt"), Text("C1", "Seed")),
            new Row(Text("A2", "a.jpg"), Number("C2", "42.0")),
            new Row(Text("A4", "b.jpg"), Text("B4", "blue")) { RowIndex = 4 });

        var (table, _) = SheetFile.Read(bytes, "sheet.xlsx", Options);

        Assert.Equal(("xlsx", null), (table!.Format, table.Encoding));
        Assert.Equal([(2, "a.jpg||42"), (4, "b.jpg|blue|")], table.Rows.Select(row => (row.Number, string.Join('|', row.Cells))));
    }

    [Fact]
    public void A_formula_is_told_and_not_worked_out()
    {
        var formula = new Cell { CellReference = "B2", CellFormula = new CellFormula("A2&\" in red\""), CellValue = new CellValue("dress in red"), DataType = CellValues.String };
        var bytes = Workbook(new Row(Text("A1", "Photo"), Text("B1", "Prompt")), new Row(Text("A2", "a.jpg"), formula));

        var row = SheetFile.Read(bytes, "sheet.xlsx", Options).Table!.Rows.Single();

        Assert.Contains("(=A2&\" in red\")", row.Problems![1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_workbook_that_is_written_is_read_again()
    {
        var bytes = XlsxText.Of([["Photo", "cost"], ["=cmd|' /C calc'!A0", "0.056"], ["007", "1"]]);

        var table = SheetFile.Read(bytes, "sheet.xlsx", Options).Table!;

        Assert.Equal(["=cmd|' /C calc'!A0|0.056", "007|1"], table.Rows.Select(row => string.Join('|', row.Cells)));
        Assert.All(table.Rows, row => Assert.Null(row.Problems));
    }

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+cmd", "'+cmd")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("-5", "-5")]
    [InlineData("-x", "'-x")]
    [InlineData("say \"no\", please", "\"say \"\"no\"\", please\"")]
    [InlineData("red", "red")]
    public void A_cell_of_csv_is_no_formula(string text, string cell)
    {
        Assert.Equal(cell + "\r\n", CsvText.Line([text]));
    }

    /// <summary>A few kilobytes that would unpack to much more, wherever that is put.</summary>
    [Theory]
    [InlineData("xl/worksheets/sheet1.xml", "million characters; at most 1 million are read")]
    [InlineData("[Content_Types].xml", "unpacks to 6 MB; at most 4 MB are read")]
    public void A_workbook_that_is_a_bomb_is_not_unpacked(string part, string why)
    {
        var bomb = Swollen(Workbook(new Row(Text("A1", "Photo")), new Row(Text("A2", "a.jpg"))), part, 6 << 20);
        Assert.InRange(bomb.Length, 1, 100_000);

        var (table, refusal) = SheetFile.Read(bomb, "sheet.xlsx", new SheetsOptions { MaxUnpackedChars = 1_000_000 });

        Assert.Null(table);
        Assert.Contains(why, refusal, StringComparison.Ordinal);
        Assert.Contains("save it as CSV", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_of_more_cells_than_there_can_be_is_named()
    {
        var bytes = Workbook(new Row(Text("A1", "Photo")), new Row(Enumerable.Range(0, 16_385).Select(_ => new Cell())));

        Assert.Contains("Row 2 has more than 16,384 cells", SheetFile.Read(bytes, "sheet.xlsx", Options).Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void A_workbook_with_more_parts_than_any_has_is_refused()
    {
        var bytes = Zip([.. Enumerable.Range(0, 2001).Select(part => $"{part}.xml")]);

        Assert.Contains("more than 2,000 parts", SheetFile.Read(bytes, "sheet.xlsx", Options).Refusal, StringComparison.Ordinal);
    }

    private static SheetTable Read(string text)
    {
        var (table, refusal) = SheetFile.Read(Encoding.UTF8.GetBytes(text), "sheet.csv", Options);
        Assert.Null(refusal);
        return table!;
    }

    private static Cell Text(string at, string text) => new() { CellReference = at, DataType = CellValues.InlineString, InlineString = new InlineString(new DocumentFormat.OpenXml.Spreadsheet.Text(text)) };

    private static Cell Number(string at, string value) => new() { CellReference = at, CellValue = new CellValue(value) };

    private static byte[] Workbook(params Row[] rows)
    {
        using var stream = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(stream, SpreadsheetDocumentType.Workbook))
        {
            var workbook = document.AddWorkbookPart();
            var part = workbook.AddNewPart<WorksheetPart>();
            part.Worksheet = new Worksheet(new SheetData(rows.Cast<OpenXmlElement>()));
            workbook.Workbook = new Workbook(new DocumentFormat.OpenXml.Spreadsheet.Sheets(
                new DocumentFormat.OpenXml.Spreadsheet.Sheet { Id = workbook.GetIdOfPart(part), SheetId = 1, Name = "One" }));
            workbook.Workbook.Save();
        }

        return stream.ToArray();
    }

    private static byte[] Zip(params string[] entries)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var entry in entries)
            {
                archive.CreateEntry(entry);
            }
        }

        return stream.ToArray();
    }

    /// <summary>The same with blanks at the end of a part.</summary>
    private static byte[] Swollen(byte[] workbook, string part, int blanks)
    {
        using var stream = new MemoryStream();
        stream.Write(workbook);
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Update, leaveOpen: true))
        {
            using var entry = archive.GetEntry(part)!.Open();
            entry.Seek(0, SeekOrigin.End);
            entry.Write(Encoding.ASCII.GetBytes(new string(' ', blanks)));
        }

        return stream.ToArray();
    }
}
