using System.Buffers.Binary;
using System.Diagnostics;
using System.IO.Compression;

namespace PipelineService.Tests.Assets;

/// <summary>Pictures and videos made for a test; the seed makes the bytes different.</summary>
internal static class TestPictures
{
    private static readonly byte[] Signature = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    public static byte[] Png(int seed, int width = 96, int height = 64)
    {
        using var pixels = new MemoryStream();
        using (var packed = new ZLibStream(pixels, CompressionLevel.Fastest, leaveOpen: true))
        {
            var row = new byte[1 + (width * 3)];
            var random = new Random(seed);
            for (var y = 0; y < height; y++)
            {
                random.NextBytes(row);
                row[0] = 0;
                packed.Write(row);
            }
        }

        return Png(width, height, pixels.ToArray());
    }

    /// <summary>A PNG whose header claims a size that its data does not have.</summary>
    public static byte[] PngClaiming(int width, int height) => Png(width, height, [0x78, 0x9C, 0x03, 0x00, 0x00, 0x00, 0x00, 0x01]);

    public static Task<byte[]> JpegAsync(int seed) => FfmpegAsync("jpg", "-f", "lavfi", "-i", $"testsrc2=s=128x96:d=1,hue=h={seed}", "-frames:v", "1", "-update", "1");

    public static Task<byte[]> WebPAsync(int seed) => FfmpegAsync("webp", "-f", "lavfi", "-i", $"testsrc2=s=128x96:d=1,hue=h={seed}", "-frames:v", "1");

    public static Task<byte[]> Mp4Async() => FfmpegAsync(
        "mp4", "-f", "lavfi", "-i", "testsrc2=s=128x96:r=10:d=1", "-c:v", "libx264", "-pix_fmt", "yuv420p", "-movflags", "+faststart");

    private static byte[] Png(int width, int height, byte[] data)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, 2);
        using var png = new MemoryStream();
        png.Write(Signature);
        Chunk(png, "IHDR"u8, header);
        Chunk(png, "IDAT"u8, data);
        Chunk(png, "IEND"u8, []);
        return png.ToArray();
    }

    private static void Chunk(MemoryStream png, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        png.Write(number);
        png.Write(type);
        png.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc([.. type, .. data]));
        png.Write(number);
    }

    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 1 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
            }
        }

        return ~crc;
    }

    private static async Task<byte[]> FfmpegAsync(string extension, params string[] arguments)
    {
        var path = Path.Combine(Path.GetTempPath(), $"test-{Guid.NewGuid():N}.{extension}");
        using var process = Process.Start(new ProcessStartInfo("ffmpeg", ["-hide_banner", "-loglevel", "error", "-nostdin", "-y", .. arguments, path]))!;
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
        var bytes = await File.ReadAllBytesAsync(path);
        File.Delete(path);
        return bytes;
    }
}
