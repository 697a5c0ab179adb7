using Contracts.Generation;
using Media;
using Media.Images;
using Media.Tools;
using Microsoft.Extensions.Options;

namespace Providers.Prompts;

/// <summary>Source pictures as text models take them: small JPEGs without what a camera wrote into them.</summary>
internal sealed class PromptPictures(Ffmpeg ffmpeg, IOptions<MediaOptions> media)
{
    // What vendors scale to themselves; more only costs time and tokens.
    private const int Side = 1024;

    /// <summary>Null without a path; a failure when the picture cannot be read.</summary>
    public async Task<(TextPicture? Picture, ItemFailure? Failure)> ReadAsync(string? path, CancellationToken cancellationToken)
    {
        if (path is null)
        {
            return (null, null);
        }

        if (!File.Exists(path) || ImageProbe.Read(path, ImageLimits.ForGenerated(media.Value)) is not ImageProbeResult.Accepted source)
        {
            return (null, new ItemFailure(FailureKind.SourceMissing, "The picture is gone or cannot be read. Upload it again and retry."));
        }

        var made = Path.Combine(Path.GetTempPath(), $"pipeline-prompt-{Guid.NewGuid():N}.jpg");
        try
        {
            var result = await ffmpeg.RunAsync(
                [
                    .. Ffmpeg.Start, .. ffmpeg.ImageInput(path, source.Format), "-map", "0:v:0", "-frames:v", "1", "-threads", "1",
                    "-vf", $"scale=w='min({Side},iw)':h='min({Side},ih)':force_original_aspect_ratio=decrease:flags=area", "-pix_fmt", "yuvj420p",
                    "-q:v", "5", "-map_metadata", "-1", "-f", "image2", "-update", "1", "file:" + made,
                ],
                ffmpeg.DefaultLimits, null, cancellationToken);
            return result.Ok
                ? (new TextPicture(await File.ReadAllBytesAsync(made, cancellationToken)), null)
                : (null, new ItemFailure(FailureKind.SourceMissing, "The picture is damaged and cannot be read."));
        }
        finally
        {
            File.Delete(made);
        }
    }
}
