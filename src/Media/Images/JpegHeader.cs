using System.Buffers.Binary;

namespace Media.Images;

/// <summary>Walks the segments of a JPEG: size from SOF, orientation from EXIF, completeness by an EOI after the scan.</summary>
internal static class JpegHeader
{
    private const byte StartOfScan = 0xDA;
    private const byte EndOfImage = 0xD9;
    private const byte App1 = 0xE1;

    public static RawHeader Read(Stream content)
    {
        Span<byte> marker = stackalloc byte[4];
        Span<byte> frame = stackalloc byte[5];
        var (width, height, orientation) = (0, 0, 1);
        content.Position = 2;
        while (true)
        {
            if (!ReadMarker(content, out var type))
            {
                return RawHeader.Refused(RawHeader.Truncated);
            }

            if (type == EndOfImage)
            {
                return RawHeader.Refused("The JPEG holds no picture.");
            }

            if (content.ReadAtLeast(marker[..2], 2, throwOnEndOfStream: false) < 2)
            {
                return RawHeader.Refused(RawHeader.Truncated);
            }

            var length = BinaryPrimitives.ReadUInt16BigEndian(marker);
            var next = content.Position + length - 2;
            if (length < 2 || next > content.Length)
            {
                return RawHeader.Refused(RawHeader.Truncated);
            }

            if (IsFrame(type) && length >= 7)
            {
                content.ReadExactly(frame);
                height = BinaryPrimitives.ReadUInt16BigEndian(frame[1..]);
                width = BinaryPrimitives.ReadUInt16BigEndian(frame[3..]);
            }
            else if (type == App1 && orientation == 1)
            {
                orientation = ExifOrientation.Read(content, length - 2);
            }
            else if (type == StartOfScan)
            {
                content.Position = next;
                return Finish(content, width, height, orientation);
            }

            content.Position = next;
        }
    }

    private static RawHeader Finish(Stream content, int width, int height, int orientation)
    {
        if (width == 0 || height == 0)
        {
            return RawHeader.Refused("The JPEG states no size.");
        }

        if (!EndsAfterScan(content))
        {
            return RawHeader.Refused(RawHeader.Truncated);
        }

        // 5 to 8 turn the picture by a quarter
        return orientation >= 5 ? new RawHeader(height, width, null) : new RawHeader(width, height, null);
    }

    private static bool ReadMarker(Stream content, out int type)
    {
        type = 0;
        if (content.ReadByte() != 0xFF)
        {
            return false;
        }

        do
        {
            type = content.ReadByte();
        }
        while (type == 0xFF);
        return type > 0;
    }

    // SOF0..SOF15 without DHT (C4), JPG (C8) and DAC (CC)
    private static bool IsFrame(int type) => type is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);

    // within a scan FF D9 cannot occur but as the end marker: data bytes FF are followed by 00
    private static bool EndsAfterScan(Stream content)
    {
        var buffer = new byte[64 * 1024];
        var kept = 0;
        int read;
        while ((read = content.Read(buffer, kept, buffer.Length - kept)) > 0)
        {
            var filled = buffer.AsSpan(0, kept + read);
            if (filled.IndexOf([(byte)0xFF, EndOfImage]) >= 0)
            {
                return true;
            }

            kept = filled[^1] == 0xFF ? 1 : 0;
            buffer[0] = 0xFF;
        }

        return false;
    }
}
