using Media.Tools;

namespace Media.Images;

/// <summary>Proves that a picture can be read, by decoding all of it.</summary>
public sealed class ImageDecoder(Ffmpeg ffmpeg)
{
    /// <summary>Null when it decodes, else the reason in a sentence.</summary>
    public async Task<string?> VerifyAsync(string path, ImageFormat format, CancellationToken cancellationToken)
    {
        string[] arguments = [.. Ffmpeg.Start, .. ffmpeg.ImageInput(path, format), "-map", "0:v:0", "-frames:v", "1", "-f", "null", "-"];
        var result = await ffmpeg.RunAsync(arguments, ffmpeg.DefaultLimits, null, cancellationToken);
        return result switch
        {
            { Ok: true, Error.Length: 0 } => null,
            { TimedOut: true } => "The picture took too long to read.",
            _ => "The picture is damaged and cannot be read.",
        };
    }
}
