using System.Buffers.Binary;

namespace Media.Images;

/// <summary>Finds tag 0x0112 in the first directory of an EXIF segment.</summary>
internal static class ExifOrientation
{
    private const int HeaderLength = 6;
    private const ushort OrientationTag = 0x0112;

    /// <summary>1..8; 1 when there is none or it is unreadable.</summary>
    public static int Read(Stream content, int length)
    {
        var segment = new byte[length];
        if (content.ReadAtLeast(segment, length, throwOnEndOfStream: false) < length || length < HeaderLength + 8
            || !segment.AsSpan().StartsWith("Exif\0\0"u8))
        {
            return 1;
        }

        return FromTiff(segment.AsSpan(HeaderLength));
    }

    private static int FromTiff(ReadOnlySpan<byte> tiff)
    {
        var little = tiff[0] == (byte)'I';
        var directory = Read32(tiff[4..], little);
        if (directory > tiff.Length - 2)
        {
            return 1;
        }

        var entries = tiff[(int)directory..];
        var count = Read16(entries, little);
        for (var i = 0; i < count && 2 + ((i + 1) * 12) <= entries.Length; i++)
        {
            var entry = entries.Slice(2 + (i * 12), 12);
            if (Read16(entry, little) == OrientationTag)
            {
                var value = Read16(entry[8..], little);
                return value is >= 1 and <= 8 ? value : 1;
            }
        }

        return 1;
    }

    private static ushort Read16(ReadOnlySpan<byte> bytes, bool little) =>
        little ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);

    private static uint Read32(ReadOnlySpan<byte> bytes, bool little) =>
        little ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : BinaryPrimitives.ReadUInt32BigEndian(bytes);
}
