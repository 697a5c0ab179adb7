namespace Providers.Local;

/// <summary>
/// A JPEG comment that says the demo renderer made the picture. When such a picture is a source again, its caption strip is cut off first, so that
/// captions do not pile up or swim through a video.
/// </summary>
internal static class Imprint
{
    // start of image, comment marker, length with its own two bytes, text
    private static readonly byte[] Head =
        [0xFF, 0xD8, 0xFF, 0xFE, 0, (byte)(Text.Length + 2), .. System.Text.Encoding.ASCII.GetBytes(Text)];

    private const string Text = "Made by the demo renderer";

    public static async Task PutAsync(string jpegPath, CancellationToken cancellationToken)
    {
        var picture = await File.ReadAllBytesAsync(jpegPath, cancellationToken);
        await File.WriteAllBytesAsync(jpegPath, [.. Head, .. picture.AsSpan(2)], cancellationToken);
    }

    public static bool IsOn(string path)
    {
        Span<byte> start = stackalloc byte[Head.Length];
        using var file = File.OpenRead(path);
        return file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length && start.SequenceEqual(Head);
    }
}
