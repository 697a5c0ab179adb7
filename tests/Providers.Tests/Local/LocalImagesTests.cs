using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Contracts.Generation;
using Providers.Local.Images;
using Providers.Local.Videos;

namespace Providers.Tests.Local;

public class LocalImagesTests
{
    // A quarter of the pixels tells pictures apart as well, in a quarter of the time.
    private const string Small = "0.5K";

    private static readonly (string Kind, string[] Options)[] SetMode =
    [
        ("angles", ["front", "side", "three_quarter", "back"]),
        ("expressions", ["smile", "serious", "laugh", "contemplative", "neutral", "surprise"]),
        ("poses", ["standing", "sitting", "walking", "action", "dancing"]),
        ("lighting", ["studio", "natural", "dramatic", "soft"]),
        ("outfits", ["casual", "formal", "evening gown", "red leather jacket"]),
    ];

    public static TheoryData<string> Kinds => [.. SetMode.Select(entry => entry.Kind)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Options_of_one_kind_give_pictures_that_differ_without_their_captions(string kind)
    {
        using var rig = new Rig();
        var source = await Tools.PictureAsync(rig.PathOf("source.png"));
        var pictures = new List<(string Option, byte[] Thumb, ulong Hash)>();
        foreach (var option in SetMode.Single(entry => entry.Kind == kind).Options)
        {
            var made = await Ask.OneAsync(rig.Local, Ask.Image(source, variation: (kind, option), resolution: Small));
            pictures.Add((option, await Tools.ThumbAsync(made.FilePath!), await Tools.PerceptualHashAsync(made.FilePath!)));
            made.DeleteFiles();
        }

        foreach (var (first, second) in Pairs(pictures))
        {
            var pair = $"{first.Option} and {second.Option}";
            Assert.True(Tools.Difference(first.Thumb, second.Thumb) > 5, $"{pair} look alike");
            Assert.True(Tools.Distance(first.Hash, second.Hash) >= 4, $"{pair}: {Tools.Distance(first.Hash, second.Hash)} bits");
        }
    }

    [Fact]
    public async Task Written_variations_of_one_prompt_differ_by_perceptual_hash()
    {
        using var rig = new Rig();
        var source = await Tools.PictureAsync(rig.PathOf("source.png"));
        foreach (var theme in new[] { null, "outfits", "poses", "expressions", "lighting" })
        {
            var pictures = new List<(string Prompt, ulong Hash)>();
            foreach (var prompt in await Ask.TextsAsync(rig.Local, Ask.Prompts("woman in red dress", 5, focus: theme)))
            {
                var made = await Ask.OneAsync(rig.Local, Ask.Image(source, prompt, seed: pictures.Count, resolution: Small));
                pictures.Add((prompt, await Tools.PerceptualHashAsync(made.FilePath!)));
                made.DeleteFiles();
            }

            Assert.All(Pairs(pictures), pair => Assert.True(
                Tools.Distance(pair.First.Hash, pair.Second.Hash) >= 4, $"{pair.First.Prompt}\n{pair.Second.Prompt}\n{Tools.Distance(pair.First.Hash, pair.Second.Hash)} bits"));
        }
    }

    [Fact]
    public async Task The_same_request_gives_the_same_bytes_and_another_seed_another_picture()
    {
        using var rig = new Rig();
        var source = await Tools.PictureAsync(rig.PathOf("source.png"));
        var hashes = new List<string>();
        foreach (var (seed, key) in new[] { (1L, "a"), (1L, "b"), (2L, "a"), (3L, "a") })
        {
            var made = await Ask.OneAsync(rig.Local, Ask.Image(source, "woman in red dress, golden hour", seed, key: key));
            hashes.Add(Convert.ToHexString(SHA256.HashData(await File.ReadAllBytesAsync(made.FilePath!))));
            Assert.Equal(seed, made.Seed);
            made.DeleteFiles();
            Assert.False(File.Exists(made.FilePath));
        }

        Assert.Equal(hashes[0], hashes[1]);
        Assert.Equal(3, hashes.Distinct().Count());
    }

    [Theory]
    [InlineData("16:9", "0.5K", 16.0 / 9)]
    [InlineData("9:16", "0.5K", 9.0 / 16)]
    [InlineData("1:1", "0.5K", 1)]
    [InlineData("8:1", "0.5K", 8)]
    [InlineData("1:8", "0.5K", 1.0 / 8)]
    [InlineData("auto", "0.5K", 640.0 / 360)]
    [InlineData("source", "0.5K", 640.0 / 360)]
    [InlineData(null, null, 640.0 / 360)]
    public async Task The_asked_ratio_is_kept(string? ratio, string? resolution, double expected)
    {
        using var rig = new Rig();
        var source = await Tools.PictureAsync(rig.PathOf("source.jpg"), 640, 360);
        var made = await Ask.OneAsync(rig.Local, Ask.Image(source, ratio: ratio, resolution: resolution));
        var sides = (await Tools.ProbeAsync(made.FilePath!, "stream=codec_name,width,height")).Split(',');
        Assert.Equal("mjpeg", sides[0]);
        var (width, height) = (double.Parse(sides[1], CultureInfo.InvariantCulture), double.Parse(sides[2], CultureInfo.InvariantCulture));
        Assert.InRange(width / height / expected, 0.98, 1.02);
        made.DeleteFiles();
    }

    [Theory]
    [InlineData("1:1", null, "1K", 1024, 1024)]
    [InlineData("9:16", null, "1K", 768, 1366)]
    [InlineData("9:16", "1024x1536", null, 1024, 1536)]
    [InlineData("1:1", null, "2K", 2048, 2048)]
    [InlineData("1:1", null, "auto_4K", 4096, 4096)]
    [InlineData("portrait_4_3", null, null, 886, 1182)]
    [InlineData("landscape_16_9", null, null, 1366, 768)]
    [InlineData("square_hd", null, null, 1024, 1024)]
    [InlineData("source", null, "1K", 1448, 724)]
    public void Sizes_follow_from_the_parameters(string? ratio, string? size, string? resolution, int width, int height) =>
        Assert.Equal(new ImageSize(width, height), ImageSize.For(new GenerationParameters("any", ratio, size, resolution), 2));

    [Theory]
    [InlineData(0, 1536, 864)]
    [InlineData(2000, 1536, 864)]
    [InlineData(480, 480, 270)]
    public void A_slow_machine_draws_smaller_in_the_same_ratio(int longest, int width, int height)
    {
        Assert.Equal(new ImageSize(width, height), new ImageSize(1536, 864).Within(longest));
        Assert.Equal(new VideoSize(height, width), new VideoSize(864, 1536).Within(longest));
    }

    [Fact]
    public async Task A_result_says_who_made_it_and_loses_its_caption_when_it_is_a_source_again()
    {
        using var rig = new Rig();
        var white = rig.PathOf("white.png");
        await Tools.RunAsync("ffmpeg", "-loglevel", "error", "-f", "lavfi", "-i", "color=white:s=600x400", "-frames:v", "1", white);
        var image = await Ask.OneAsync(rig.Local, Ask.Image(white, "plain"));
        Assert.Equal("Made by the demo renderer", Encoding.ASCII.GetString((await File.ReadAllBytesAsync(image.FilePath!)).AsSpan(6, 25)));

        var video = await Ask.OneAsync(rig.Local, Ask.Video(image.FilePath!));
        var lowest = await Tools.RunAsync(
            "ffmpeg", "-loglevel", "error", "-i", video.PosterPath!, "-vf", "crop=iw/2:ih*0.05:iw/2:ih*0.95,scale=8:1:flags=area,format=gray", "-f", "rawvideo", "-");
        Assert.All(lowest, brightness => Assert.True(brightness > 120, $"the caption is still there: {brightness}"));
        image.DeleteFiles();
        video.DeleteFiles();
    }

    [Fact]
    public async Task A_prompt_of_any_characters_is_only_text()
    {
        using var rig = new Rig();
        var source = await Tools.PictureAsync(rig.PathOf("source.png"));
        var made = await Ask.OneAsync(rig.Local, Ask.Image(source, "it's 100%: [in]scale=1,drawtext='x';\\ \n %{pts} \"quoted\" 日本 🎈 \u0001"));
        Assert.True(new FileInfo(made.FilePath!).Length > 10_000);
        made.DeleteFiles();
    }

    [Fact]
    public async Task Words_of_the_prompt_show_in_the_picture()
    {
        using var rig = new Rig();
        var source = await Tools.PictureAsync(rig.PathOf("source.png"));
        var noir = await MeanAsync(rig, source, "film noir");
        Assert.InRange(noir.Max() - noir.Min(), 0, 6);
        var (gold, moon) = (await MeanAsync(rig, source, "golden hour"), await MeanAsync(rig, source, "moonlight"));
        Assert.True(gold[0] - gold[2] > moon[0] - moon[2] + 30, "golden hour is warmer than moonlight");
    }

    [Fact]
    public async Task A_turned_photo_is_seen_upright()
    {
        using var rig = new Rig();
        var plain = await Tools.PictureAsync(rig.PathOf("plain.jpg"), 640, 320);
        var turned = rig.PathOf("turned.jpg");
        await File.WriteAllBytesAsync(turned, Samples.WithOrientation(await File.ReadAllBytesAsync(plain), 6));
        var made = await Ask.OneAsync(rig.Local, Ask.Image(turned, ratio: "source"));
        var sides = (await Tools.ProbeAsync(made.FilePath!, "stream=width,height")).Split(',').Select(side => int.Parse(side, CultureInfo.InvariantCulture)).ToList();
        Assert.True(sides[1] > sides[0]);
        made.DeleteFiles();
    }

    private static async Task<double[]> MeanAsync(Rig rig, string source, string prompt)
    {
        var made = await Ask.OneAsync(rig.Local, Ask.Image(source, prompt));
        var pixels = await Tools.RunAsync(
            "ffmpeg", "-hide_banner", "-loglevel", "error", "-i", made.FilePath!, "-vf", "scale=8:8:flags=area,format=rgb24", "-f", "rawvideo", "-");
        made.DeleteFiles();
        return [.. Enumerable.Range(0, 3).Select(channel => pixels.Where((_, i) => i % 3 == channel).Average(value => value))];
    }

    private static IEnumerable<(T First, T Second)> Pairs<T>(IReadOnlyList<T> all) =>
        all.SelectMany((first, i) => all.Skip(i + 1).Select(second => (first, second)));
}
