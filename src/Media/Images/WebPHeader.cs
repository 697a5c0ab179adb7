using System.Buffers.Binary;

namespace Media.Images;

/// <summary>Reads the first chunk of a WebP: lossy (VP8), lossless (VP8L) or extended (VP8X); completeness by the RIFF length.</summary>
internal static class WebPHeader
{
    private const int FirstChunk = 12;
    private const byte AnimationFlag = 0x02;

    public static RawHeader Read(Stream content)
    {
        Span<byte> start = stackalloc byte[30];
        if (content.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) < start.Length
            || BinaryPrimitives.ReadUInt32LittleEndian(start[4..]) + 8L > content.Length)
        {
            return RawHeader.Refused(RawHeader.Truncated);
        }

        var type = start.Slice(FirstChunk, 4);
        var data = start[(FirstChunk + 8)..];
        if (type.SequenceEqual("VP8X"u8))
        {
            return (data[0] & AnimationFlag) != 0
                ? RawHeader.Refused("Animated WebP pictures are not taken; send a single picture.")
                : new RawHeader(Read24(data[4..]) + 1, Read24(data[7..]) + 1, null);
        }

        if (type.SequenceEqual("VP8L"u8) && data[0] == 0x2F)
        {
            var bits = BinaryPrimitives.ReadUInt32LittleEndian(data[1..]);
            return new RawHeader((int)(bits & 0x3FFF) + 1, (int)((bits >> 14) & 0x3FFF) + 1, null);
        }

        if (type.SequenceEqual("VP8 "u8) && data[3..6].SequenceEqual<byte>([0x9D, 0x01, 0x2A]))
        {
            return new RawHeader(BinaryPrimitives.ReadUInt16LittleEndian(data[6..]) & 0x3FFF, BinaryPrimitives.ReadUInt16LittleEndian(data[8..]) & 0x3FFF, null);
        }

        return RawHeader.Refused("The WebP's header is broken.");
    }

    private static int Read24(ReadOnlySpan<byte> bytes) => bytes[0] | (bytes[1] << 8) | (bytes[2] << 16);
}
