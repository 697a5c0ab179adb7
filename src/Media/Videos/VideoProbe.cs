using System.Globalization;
using System.Text.Json;
using Media.Tools;

namespace Media.Videos;

/// <summary>Reads codec, size and length of an MP4.</summary>
public sealed class VideoProbe(Ffmpeg ffmpeg)
{
    /// <summary>Null when the file is no readable MP4 video.</summary>
    public async Task<VideoFacts?> ReadAsync(string path, CancellationToken cancellationToken)
    {
        string[] arguments =
        [
            "-hide_banner", "-loglevel", "error", .. ffmpeg.VideoInput(path), "-select_streams", "v:0",
            "-show_entries", "stream=codec_name,width,height:stream_side_data=rotation:format=duration", "-of", "json",
        ];
        var result = await ffmpeg.ProbeAsync(arguments, cancellationToken);
        return result.Ok ? Parse(result.Output) : null;
    }

    private static VideoFacts? Parse(string json)
    {
        var probed = JsonSerializer.Deserialize(json, ProbeJson.Default.ProbeOutput);
        if (probed is not { Streams: [{ Width: > 0, Height: > 0, CodecName: { } codec } stream, ..] }
            || !decimal.TryParse(probed.Format?.Duration, NumberStyles.Number, CultureInfo.InvariantCulture, out var seconds))
        {
            return null;
        }

        var turned = stream.SideDataList?.Any(data => data.Rotation is 90 or -90 or 270 or -270) == true;
        return new VideoFacts(codec, turned ? stream.Height : stream.Width, turned ? stream.Width : stream.Height, decimal.Round(seconds, 3));
    }
}
