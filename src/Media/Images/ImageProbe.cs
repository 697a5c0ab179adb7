using System.Globalization;

namespace Media.Images;

/// <summary>
/// Reads the header of a picture with own code, so that nothing unknown ever reaches a decoder: format by magic bytes, size as shown, completeness.
/// </summary>
public static class ImageProbe
{
    private const string Unknown = "This is not a PNG, JPEG or WebP picture.";

    public static ImageProbeResult Read(string path, ImageLimits limits)
    {
        using var stream = File.OpenRead(path);
        return Read(stream, limits);
    }

    /// <param name="content">Seekable; read from its start.</param>
    public static ImageProbeResult Read(Stream content, ImageLimits limits)
    {
        if (content.Length == 0)
        {
            return new ImageProbeResult.Refused("The file is empty.");
        }

        if (content.Length > limits.MaxBytes)
        {
            return Refuse($"The file has {Megabytes(content.Length)} MB; up to {Megabytes(limits.MaxBytes)} MB are taken.");
        }

        Span<byte> magic = stackalloc byte[12];
        content.Position = 0;
        var read = content.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false);
        var format = FormatOf(magic[..read]);
        if (format is null)
        {
            return Refuse(Unknown);
        }

        content.Position = 0;
        var header = format switch
        {
            ImageFormat.Png => PngHeader.Read(content),
            ImageFormat.Jpeg => JpegHeader.Read(content),
            _ => WebPHeader.Read(content),
        };
        return header.Refusal is not null ? Refuse(header.Refusal) : Judge(format.Value, header, limits);
    }

    private static ImageProbeResult Judge(ImageFormat format, RawHeader header, ImageLimits limits)
    {
        var (width, height) = (header.Width, header.Height);
        if (width <= 0 || height <= 0)
        {
            return Refuse("The picture states no size.");
        }

        if ((long)width * height > limits.MaxPixels)
        {
            return Refuse($"The picture has {width} × {height} pixels; up to {limits.MaxPixels / 1_000_000} megapixels are taken.");
        }

        return Math.Min(width, height) < limits.MinSide
            ? Refuse($"The picture has {width} × {height} pixels; each side needs at least {limits.MinSide}.")
            : new ImageProbeResult.Accepted(format, width, height);
    }

    private static ImageFormat? FormatOf(ReadOnlySpan<byte> magic) => magic switch
    {
        [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => ImageFormat.Png,
        [0xFF, 0xD8, 0xFF, ..] => ImageFormat.Jpeg,
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => ImageFormat.WebP,
        _ => null,
    };

    private static ImageProbeResult.Refused Refuse(string reason) => new(reason);

    private static string Megabytes(long bytes) => (bytes / (1024.0 * 1024)).ToString("0.#", CultureInfo.InvariantCulture);
}
