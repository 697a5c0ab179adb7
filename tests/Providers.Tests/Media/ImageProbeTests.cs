using Media;
using Media.Images;
using Media.Storage;

namespace Providers.Tests.Media;

public class ImageProbeTests
{
    private static readonly ImageLimits Limits = ImageLimits.ForUploads(new MediaOptions());

    [Theory]
    [InlineData("png", ImageFormat.Png)]
    [InlineData("jpg", ImageFormat.Jpeg)]
    [InlineData("webp", ImageFormat.WebP)]
    public async Task A_real_picture_is_accepted_by_content_whatever_its_name(string extension, ImageFormat format)
    {
        using var rig = new Rig();
        var picture = await Tools.PictureAsync(rig.PathOf("picture." + extension), 320, 200);
        var misnamed = rig.PathOf("picture.txt");
        File.Copy(picture, misnamed);
        Assert.Equal(new ImageProbeResult.Accepted(format, 320, 200), ImageProbe.Read(misnamed, Limits));
        Assert.Null(await rig.Get<ImageDecoder>().VerifyAsync(misnamed, format, CancellationToken.None));
    }

    [Fact]
    public async Task A_lossless_webp_states_its_size_too()
    {
        using var rig = new Rig();
        var path = rig.PathOf("lossless.webp");
        await Tools.RunAsync("ffmpeg", "-loglevel", "error", "-f", "lavfi", "-i", "testsrc=s=321x201", "-frames:v", "1", "-lossless", "1", path);
        Assert.Equal(new ImageProbeResult.Accepted(ImageFormat.WebP, 321, 201), ImageProbe.Read(path, Limits));
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("a text file named .png", "not a PNG, JPEG or WebP")]
    [InlineData(Samples.Svg, "not a PNG, JPEG or WebP")]
    [InlineData("GIF89a----------------", "not a PNG, JPEG or WebP")]
    public void A_file_that_is_no_picture_is_refused(string content, string because) =>
        Assert.Contains(because, Refusal(System.Text.Encoding.UTF8.GetBytes(content)), StringComparison.Ordinal);

    [Theory]
    [InlineData("png")]
    [InlineData("jpg")]
    [InlineData("webp")]
    public async Task A_truncated_file_is_refused_wherever_it_is_cut(string extension)
    {
        using var rig = new Rig();
        var whole = await File.ReadAllBytesAsync(await Tools.PictureAsync(rig.PathOf("whole." + extension), 200, 150));
        foreach (var percent in new[] { 1, 5, 20, 50, 80, 99 })
        {
            Assert.NotEmpty(Refusal(whole[..Math.Max(13, whole.Length * percent / 100)]));
        }
    }

    [Fact]
    public async Task No_damage_makes_the_reader_throw()
    {
        using var rig = new Rig();
        var random = new Random(1);
        foreach (var extension in new[] { "png", "jpg", "webp" })
        {
            var whole = await File.ReadAllBytesAsync(await Tools.PictureAsync(rig.PathOf("whole." + extension), 96, 96));
            for (var n = 0; n < 2_000; n++)
            {
                var damaged = whole[..random.Next(13, whole.Length)];
                for (var hit = 0; hit < 6; hit++)
                {
                    damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
                }

                ImageProbe.Read(new MemoryStream(damaged), Limits);
            }
        }
    }

    [Theory]
    [InlineData(1, 1, "at least 64")]
    [InlineData(63, 400, "at least 64")]
    [InlineData(30_000, 30_000, "up to 64 megapixels")]
    [InlineData(uint.MaxValue, uint.MaxValue, "megapixels")]
    [InlineData(0, 100, "header is broken")]
    public void A_size_out_of_bounds_is_refused_by_the_header_alone(uint width, uint height, string because) =>
        Assert.Contains(because, Refusal(Samples.PngClaiming(width, height)), StringComparison.Ordinal);

    [Fact]
    public void A_file_that_is_too_long_is_refused_before_it_is_read() =>
        Assert.Contains("up to 25 MB", Refusal(new byte[(25 * 1024 * 1024) + 1]), StringComparison.Ordinal);

    [Theory]
    [InlineData(1, 320, 200)]
    [InlineData(3, 320, 200)]
    [InlineData(6, 200, 320)]
    [InlineData(8, 200, 320)]
    public async Task The_size_is_told_as_shown(byte orientation, int width, int height)
    {
        using var rig = new Rig();
        var plain = await File.ReadAllBytesAsync(await Tools.PictureAsync(rig.PathOf("plain.jpg"), 320, 200));
        var probed = ImageProbe.Read(new MemoryStream(Samples.WithOrientation(plain, orientation)), Limits);
        Assert.Equal(new ImageProbeResult.Accepted(ImageFormat.Jpeg, width, height), probed);
    }

    [Fact]
    public async Task An_animation_is_refused()
    {
        using var rig = new Rig();
        var path = rig.PathOf("moving.webp");
        await Tools.RunAsync("ffmpeg", "-loglevel", "error", "-f", "lavfi", "-i", "testsrc=s=128x128:r=5:d=1", "-loop", "0", path);
        Assert.Contains("Animated", Refusal(await File.ReadAllBytesAsync(path)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_upload_is_decoded_as_a_whole_before_it_is_stored()
    {
        using var rig = new Rig();
        var whole = await File.ReadAllBytesAsync(await Tools.PictureAsync(rig.PathOf("whole.jpg"), 400, 300));
        var broken = rig.PathOf("broken.jpg");
        await File.WriteAllBytesAsync(broken, [.. whole[..(whole.Length / 2)], 0xFF, 0xD9]);
        var storing = rig.Get<MediaStoring>();
        Assert.IsType<StoringResult.Stored>(await storing.StoreUploadAsync(7, rig.PathOf("whole.jpg"), CancellationToken.None));
        var refused = Assert.IsType<StoringResult.Refused>(await storing.StoreUploadAsync(7, broken, CancellationToken.None));
        Assert.Contains("damaged", refused.Reason, StringComparison.Ordinal);
    }

    private static string Refusal(byte[] content) =>
        Assert.IsType<ImageProbeResult.Refused>(ImageProbe.Read(new MemoryStream(content), Limits)).Reason;
}
