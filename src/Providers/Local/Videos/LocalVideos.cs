using System.Globalization;
using Contracts.Generation;
using Media.Images;
using Microsoft.Extensions.Options;

namespace Providers.Local.Videos;

/// <summary>Makes an MP4 by moving a camera over the picture: H.264, fast start, the asked length to the frame.</summary>
internal sealed class LocalVideos(Workbench workbench, IOptions<LocalOptions> options)
{
    private const int DefaultSeconds = 5;

    private readonly LocalOptions _options = options.Value;

    public async Task<ProviderResult> RenderAsync(VideoRequest request, CancellationToken cancellationToken)
    {
        var (source, refused) = workbench.Examine(request.SourcePath);
        if (source is null)
        {
            return new ProviderResult.Failed(refused!);
        }

        var (made, poster) = (Workbench.TemporaryFile("mp4"), Workbench.TemporaryFile("jpg"));
        ItemFailure? failure = new(FailureKind.Internal, "The rendering was interrupted.");
        try
        {
            failure = await workbench.RunAsync(
                $"{Label.Maker} · {request.Parameters.Model}", textFile => Arguments(request, source, textFile, made, poster), cancellationToken);
            return failure is null
                ? new ProviderResult.Finished([new Produced(null, made, "video/mp4", poster, request.Seed)])
                : new ProviderResult.Failed(failure);
        }
        finally
        {
            if (failure is not null)
            {
                File.Delete(made);
                File.Delete(poster);
            }
        }
    }

    private IReadOnlyList<string> Arguments(VideoRequest request, ImageProbeResult.Accepted source, string textFile, string made, string poster)
    {
        var seconds = request.Parameters.DurationSec ?? DefaultSeconds;
        var size = VideoSize.For(request.Parameters, (double)source.Width / source.Height).Within(_options.LongestSide);
        string[] sound = request.Parameters.Audio ? ["-f", "lavfi", "-i", Ambience(request, seconds)] : [];
        string[] soundOut = request.Parameters.Audio ? ["-map", "1:a:0", "-c:a", "aac", "-b:a", "96k", "-flags:a", "+bitexact"] : ["-an"];
        return
        [
            .. workbench.Input(request.SourcePath, source.Format), .. sound,
            "-filter_complex_threads", "1", "-filter_complex", Graph(request, source.Format, size, seconds * _options.FramesPerSecond, textFile),
            // two threads, always: the encoder's output depends on their number, and the same request gives the same bytes
            "-map", "[out]", .. soundOut, "-c:v", "libx264", "-preset", "veryfast", "-crf", "23", "-threads", "2", "-pix_fmt", "yuv420p",
            "-r", $"{_options.FramesPerSecond}", "-t", $"{seconds}", "-movflags", "+faststart", "-map_metadata", "-1",
            "-metadata", $"comment={Label.Maker}", "-fflags", "+bitexact", "-flags:v", "+bitexact", "-f", "mp4", "file:" + made,
            "-map", "[poster]", "-frames:v", "1", "-threads", "1", "-c:v", "mjpeg", "-q:v", "3", "-pix_fmt", "yuvj420p",
            "-map_metadata", "-1", "-fflags", "+bitexact", "-flags:v", "+bitexact", "-f", "image2", "-update", "1", "file:" + poster,
        ];
    }

    private string Graph(VideoRequest request, ImageFormat format, VideoSize size, int frames, string textFile)
    {
        var words = new Words(request.Prompt);
        var move = CameraMoves.Named(words) ?? CameraMoves.Suited(words);
        var strength = words.HasAny("fast", "quick", "quickly", "dynamic", "rapid", "whip") ? 1.5 : words.HasAny("subtle", "gentle", "gently", "slight") ? 0.75 : 1;
        var aspect = (double)size.Width / size.Height;
        var path = CameraPath.Of(move, strength, Dice.Of(request.Prompt + request.Parameters.Model, request.Seed), aspect);

        var graph = new FilterGraph("0:v:0", size.Width, size.Height);
        graph.Then(Fit.Fill(size.Width, size.Height, Imprint.IsOn(request.SourcePath)));
        if (format != ImageFormat.Jpeg)
        {
            graph.Over("0xF2F2F2");
        }

        // one decoded frame is repeated, so that scaling and colours are paid for once
        var rate = _options.FramesPerSecond;
        return graph.End("still")
            + $";[still]format=yuv420p,loop=loop={frames - 1}:size=1:start=0,setpts=N/({rate}*TB),{path.ToFilter(frames)},{Label.Corner(size.Height, textFile, _options.FontPath)},"
            + "split[out][first];[first]select='eq(n,0)'[poster]";
    }

    // a model asked for sound gets some: wind, as quiet as a room
    private static string Ambience(VideoRequest request, int seconds) => string.Create(
        CultureInfo.InvariantCulture,
        $"anoisesrc=color=brown:amplitude=0.12:duration={seconds}:sample_rate=48000:seed={(uint)request.Seed},lowpass=f=500,afade=t=in:d=0.5,afade=t=out:st={Math.Max(0, seconds - 1)}:d=1");
}
