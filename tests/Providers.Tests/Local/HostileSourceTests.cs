using Contracts.Generation;

namespace Providers.Tests.Local;

public class HostileSourceTests
{
    [Fact]
    public async Task A_missing_source_is_said_to_be_gone()
    {
        using var rig = new Rig();
        await RefusedAsync(rig, rig.PathOf("nothing.png"), "gone");
    }

    [Fact]
    public async Task A_truncated_jpeg_is_refused()
    {
        using var rig = new Rig();
        var whole = await File.ReadAllBytesAsync(await Tools.PictureAsync(rig.PathOf("whole.jpg")));
        await RefusedAsync(rig, await WrittenAsync(rig, whole[..(whole.Length / 2)]), "cut off");
        // cut in the middle with an end mark put on, so that only a decoder can tell
        await RefusedAsync(rig, await WrittenAsync(rig, [.. whole[..(whole.Length / 2)], 0xFF, 0xD9]), "damaged");
    }

    [Theory]
    [InlineData(Samples.Svg)]
    [InlineData(Samples.ConcatScript)]
    [InlineData("#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nsource.png\n")]
    [InlineData("just text")]
    [InlineData("")]
    public async Task What_is_no_picture_never_reaches_a_decoder(string content)
    {
        using var rig = new Rig();
        await Tools.PictureAsync(rig.PathOf("source.png"));
        await RefusedAsync(rig, await WrittenAsync(rig, System.Text.Encoding.UTF8.GetBytes(content)), "cannot be used");
    }

    [Fact]
    public async Task A_video_named_jpg_is_refused()
    {
        using var rig = new Rig();
        var video = await Ask.OneAsync(rig.NoOp, Ask.Video("x"));
        await RefusedAsync(rig, await WrittenAsync(rig, await File.ReadAllBytesAsync(video.FilePath!)), "not a PNG, JPEG or WebP");
    }

    [Fact]
    public async Task A_picture_that_claims_to_be_huge_is_refused_by_its_header()
    {
        using var rig = new Rig();
        await RefusedAsync(rig, await WrittenAsync(rig, Samples.PngClaiming(30_000, 30_000)), "30000 × 30000");
    }

    [Fact]
    public async Task A_picture_with_a_good_header_and_no_data_is_damaged()
    {
        using var rig = new Rig();
        await RefusedAsync(rig, await WrittenAsync(rig, Samples.PngClaiming(500, 400)), "damaged");
    }

    [Fact]
    public async Task A_rendering_that_takes_too_long_is_stopped_and_said_to_be_slow()
    {
        using var rig = new Rig(("Providers:Local:Timeout", "00:00:01"), ("Providers:Local:MemoryMegabytes", "65536"));
        var source = await Tools.PictureAsync(rig.PathOf("source.png"));
        var failure = await Ask.FailureAsync(rig.Local, Ask.Video(source, resolution: "2160p", seconds: 60));
        Assert.Equal(FailureKind.TimedOut, failure.Kind);
    }

    [Fact]
    public async Task Cancelling_stops_the_rendering()
    {
        using var rig = new Rig();
        var source = await Tools.PictureAsync(rig.PathOf("source.png"));
        using var cancelled = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => rig.Local.SubmitAsync(Ask.Video(source, resolution: "2160p", seconds: 60), cancelled.Token));
    }

    private static async Task RefusedAsync(Rig rig, string path, string because)
    {
        foreach (GenerationRequest request in new GenerationRequest[] { Ask.Image(path), Ask.Video(path) })
        {
            var failure = await Ask.FailureAsync(rig.Local, request);
            Assert.Equal(FailureKind.SourceMissing, failure.Kind);
            Assert.Contains(because, failure.Message, StringComparison.Ordinal);
        }
    }

    private static async Task<string> WrittenAsync(Rig rig, byte[] content)
    {
        var path = rig.PathOf($"{Guid.NewGuid():N}.jpg");
        await File.WriteAllBytesAsync(path, content);
        return path;
    }
}
