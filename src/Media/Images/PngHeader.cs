using System.Buffers.Binary;

namespace Media.Images;

/// <summary>Walks the chunks of a PNG: size from IHDR, animation by acTL, completeness by IEND.</summary>
internal static class PngHeader
{
    private const int SignatureLength = 8;

    public static RawHeader Read(Stream content)
    {
        Span<byte> chunk = stackalloc byte[8];
        Span<byte> size = stackalloc byte[8];
        var (width, height) = (0, 0);
        var hasData = false;
        content.Position = SignatureLength;
        while (content.ReadAtLeast(chunk, 8, throwOnEndOfStream: false) == 8)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(chunk);
            var next = content.Position + length + 4;
            if (length > int.MaxValue || next > content.Length)
            {
                return RawHeader.Refused(RawHeader.Truncated);
            }

            var type = chunk[4..];
            if (width == 0 && !type.SequenceEqual("IHDR"u8))
            {
                return RawHeader.Refused("The PNG does not begin with its header.");
            }

            if (type.SequenceEqual("IHDR"u8))
            {
                if (width != 0 || length != 13)
                {
                    return RawHeader.Refused("The PNG's header is broken.");
                }

                content.ReadExactly(size);
                width = ToSide(size[..4]);
                height = ToSide(size[4..]);
                if (width == 0 || height == 0)
                {
                    return RawHeader.Refused("The PNG's header is broken.");
                }
            }
            else if (type.SequenceEqual("acTL"u8))
            {
                return RawHeader.Refused("Animated PNG pictures are not taken; send a single picture.");
            }
            else if (type.SequenceEqual("IDAT"u8))
            {
                hasData = true;
            }
            else if (type.SequenceEqual("IEND"u8))
            {
                return hasData ? new RawHeader(width, height, null) : RawHeader.Refused("The PNG holds no picture.");
            }

            content.Position = next;
        }

        return RawHeader.Refused(RawHeader.Truncated);
    }

    private static int ToSide(ReadOnlySpan<byte> bytes) => (int)Math.Min(int.MaxValue, BinaryPrimitives.ReadUInt32BigEndian(bytes));
}
