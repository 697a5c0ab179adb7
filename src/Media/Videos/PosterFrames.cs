using Media.Tools;

namespace Media.Videos;

/// <summary>Takes the first frame of a video as a JPEG.</summary>
public sealed class PosterFrames(Ffmpeg ffmpeg)
{
    /// <summary>False when no frame could be read; nothing is left at <paramref name="posterPath"/> then.</summary>
    public async Task<bool> WriteAsync(string videoPath, string posterPath, CancellationToken cancellationToken)
    {
        string[] arguments =
        [
            .. Ffmpeg.Start, .. ffmpeg.VideoInput(videoPath), "-map", "0:v:0", "-frames:v", "1", "-q:v", "4", "-f", "image2", "-update", "1",
            "file:" + Path.GetFullPath(posterPath),
        ];
        var result = await ffmpeg.RunAsync(arguments, ffmpeg.DefaultLimits, null, cancellationToken);
        if (result.Ok && File.Exists(posterPath))
        {
            return true;
        }

        File.Delete(posterPath);
        return false;
    }
}
