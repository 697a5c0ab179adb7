using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Contracts.Generation;
using Media.Images;
using Providers.Local.Videos;

namespace Providers.Tests.Local;

public class LocalVideosTests
{
    [Theory]
    [InlineData("360p", "source", 1, 540, 360)]
    [InlineData("480p", "16:9", 2, 854, 480)]
    [InlineData("360p", "9:16", 3, 360, 640)]
    public async Task A_clip_has_the_codec_size_and_length_that_were_asked(string resolution, string ratio, int seconds, int width, int height)
    {
        using var rig = new Rig();
        var source = await Tools.PictureAsync(rig.PathOf("source.png"), 600, 400);
        var made = await Ask.OneAsync(rig.Local, Ask.Video(source, resolution: resolution, ratio: ratio, seconds: seconds));
        Assert.Equal($"h264,{width},{height},yuv420p,{24 * seconds}", await Tools.ProbeAsync(made.FilePath!, "stream=codec_name,width,height,pix_fmt,nb_frames"));
        Assert.Equal(seconds, decimal.Parse(await Tools.ProbeAsync(made.FilePath!, "format=duration"), CultureInfo.InvariantCulture));
        Assert.Equal(new ImageProbeResult.Accepted(ImageFormat.Jpeg, width, height), ImageProbe.Read(made.PosterPath!, new ImageLimits(1 << 24, 1, 1 << 24)));
        made.DeleteFiles();
    }

    [Theory]
    [InlineData(null, "source", 1.5, 1080, 720)]
    [InlineData("1080p", "16:9", 1, 1920, 1080)]
    [InlineData("768P", "1:1", 2, 768, 768)]
    [InlineData("2160p", "9:16", 1, 2160, 3840)]
    [InlineData("720p", "source", 9, 1680, 720)]
    [InlineData("720p", "source", 0.1, 720, 1680)]
    [InlineData("nonsense", "9:21", 1, 720, 1680)]
    public void Sizes_follow_from_the_parameters(string? resolution, string ratio, double sourceAspect, int width, int height) =>
        Assert.Equal(new VideoSize(width, height), VideoSize.For(new GenerationParameters("any", ratio, Resolution: resolution), sourceAspect));

    [Theory]
    [InlineData("slow push-in")]
    [InlineData("pull-out")]
    [InlineData("pan left")]
    [InlineData("pan right")]
    [InlineData("tilt up")]
    [InlineData("tilt down")]
    [InlineData("orbit")]
    public async Task First_and_last_frame_differ_and_the_index_comes_first(string prompt)
    {
        using var rig = new Rig();
        var source = await Tools.PictureAsync(rig.PathOf("source.png"), 600, 400);
        var made = await Ask.OneAsync(rig.Local, Ask.Video(source, prompt));
        Assert.True(Tools.Difference(await Tools.ThumbAsync(made.FilePath!), await Tools.ThumbAsync(made.FilePath!, 0.95)) > 2);
        var text = Encoding.Latin1.GetString(await File.ReadAllBytesAsync(made.FilePath!));
        Assert.InRange(text.IndexOf("moov", StringComparison.Ordinal), 1, text.IndexOf("mdat", StringComparison.Ordinal) - 1);
        made.DeleteFiles();
    }

    [Fact]
    public async Task The_same_request_gives_the_same_bytes_and_another_seed_another_clip()
    {
        using var rig = new Rig();
        var source = await Tools.PictureAsync(rig.PathOf("source.png"), 600, 400);
        var hashes = new List<string>();
        foreach (var seed in new[] { 1, 1, 2 })
        {
            var made = await Ask.OneAsync(rig.Local, Ask.Video(source, seed: seed, audio: true));
            hashes.Add(Convert.ToHexString(SHA256.HashData(await File.ReadAllBytesAsync(made.FilePath!))));
            made.DeleteFiles();
        }

        Assert.Equal(hashes[0], hashes[1]);
        Assert.NotEqual(hashes[0], hashes[2]);
    }

    [Fact]
    public async Task Sound_comes_when_it_is_asked_for()
    {
        using var rig = new Rig();
        var source = await Tools.PictureAsync(rig.PathOf("source.png"), 600, 400);
        var silent = await Ask.OneAsync(rig.Local, Ask.Video(source));
        var loud = await Ask.OneAsync(rig.Local, Ask.Video(source, audio: true));
        Assert.Equal("h264", await Tools.ProbeAsync(silent.FilePath!, "stream=codec_name"));
        Assert.Equal("h264 aac", await Tools.ProbeAsync(loud.FilePath!, "stream=codec_name"));
        Assert.Equal(1m, decimal.Parse(await Tools.ProbeAsync(loud.FilePath!, "format=duration"), CultureInfo.InvariantCulture));
        silent.DeleteFiles();
        loud.DeleteFiles();
    }
}
