namespace PipelineService.Sheets;

/// <summary>Tells from a file's first bytes what it is, and reads it. Pure.</summary>
internal static class SheetFile
{
    public static SheetReading Read(byte[] bytes, string name, SheetsOptions options)
    {
        ReadOnlySpan<byte> head = bytes;
        if (bytes.Length == 0)
        {
            return SheetReading.Refused("The file is empty.");
        }

        if (head.StartsWith("PK\u0003\u0004"u8))
        {
            return name.EndsWith(".zip", StringComparison.OrdinalIgnoreCase)
                ? SheetReading.Refused("This is a ZIP archive. Add it to the photos, and give the sheet as .csv or .xlsx.")
                : XlsxSheet.Read(bytes, options);
        }

        // The old container of Office, which also wraps workbooks that are protected.
        return head.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0])
            ? SheetReading.Refused("This is an old Excel file (.xls) or one with a password. Save it as .xlsx without a password, or as CSV.")
            : CsvSheet.Read(head, options);
    }
}
