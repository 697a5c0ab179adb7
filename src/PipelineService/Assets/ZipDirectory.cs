using System.Buffers.Binary;

namespace PipelineService.Assets;

/// <summary>
/// Counts the entries of a ZIP by walking its central directory, before a library reads all of it into memory: some megabytes of directory can name
/// millions of files.
/// </summary>
internal static class ZipDirectory
{
    private const int EndLength = 22;
    private const int EntryLength = 46;
    private const uint EndSignature = 0x06054b50;
    private const uint EntrySignature = 0x02014b50;

    /// <returns>The number of entries, at most <paramref name="max"/> + 1; null when this is no ZIP archive (or a ZIP64, which needs more than 4 GB).</returns>
    public static int? Count(Stream content, int max)
    {
        if (FindEnd(content) is not { } offset || offset >= content.Length)
        {
            return null;
        }

        Span<byte> header = stackalloc byte[EntryLength];
        var count = 0;
        content.Position = offset;
        while (count <= max && content.ReadAtLeast(header, EntryLength, throwOnEndOfStream: false) == EntryLength
            && BinaryPrimitives.ReadUInt32LittleEndian(header) == EntrySignature)
        {
            count++;
            content.Position += Length(header[28..]) + Length(header[30..]) + Length(header[32..]);
        }

        return count;
    }

    /// <summary>Where the central directory begins, by the end record that is last in the file.</summary>
    private static uint? FindEnd(Stream content)
    {
        var tail = new byte[Math.Min(content.Length, EndLength + ushort.MaxValue)];
        content.Position = content.Length - tail.Length;
        content.ReadExactly(tail);
        for (var start = tail.Length - EndLength; start >= 0; start--)
        {
            var end = tail.AsSpan(start);
            if (BinaryPrimitives.ReadUInt32LittleEndian(end) == EndSignature)
            {
                return BinaryPrimitives.ReadUInt32LittleEndian(end[16..]);
            }
        }

        return null;
    }

    private static ushort Length(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt16LittleEndian(bytes);
}
