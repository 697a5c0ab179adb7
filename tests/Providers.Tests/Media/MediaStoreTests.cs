using System.Text;
using Contracts.Generation;
using Media;
using Media.Images;
using Media.Storage;

namespace Providers.Tests.Media;

public class MediaStoreTests
{
    [Fact]
    public async Task The_same_bytes_are_stored_once_for_each_tenant_also_at_the_same_moment()
    {
        using var rig = new Rig();
        var store = rig.Get<IObjectStore>();
        var bytes = Encoding.UTF8.GetBytes("content");
        var stored = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => store.PutAsync(7, new MemoryStream(bytes), "png", CancellationToken.None))));
        var other = await store.PutAsync(8, new MemoryStream(bytes), "png", CancellationToken.None);
        Assert.Single(stored.Distinct());
        Assert.NotEqual(stored[0].Key, other.Key);
        Assert.Equal(stored[0].Sha256, other.Sha256);
        await using var read = await store.OpenReadAsync(stored[0].Key, CancellationToken.None);
        Assert.Equal(bytes.Length, read!.Length);
    }

    [Theory]
    [InlineData("../../etc/passwd")]
    [InlineData("t/7/../8/x")]
    [InlineData("/etc/passwd")]
    [InlineData("t/7/.hidden")]
    [InlineData("t/7/a\n")]
    public async Task A_key_that_is_none_leads_nowhere(string key)
    {
        using var rig = new Rig();
        await Assert.ThrowsAsync<ArgumentException>(() => rig.Get<IObjectStore>().OpenReadAsync(key, CancellationToken.None));
    }

    [Fact]
    public async Task A_rendered_clip_is_stored_with_its_facts_and_poster()
    {
        using var rig = new Rig();
        var source = await Tools.PictureAsync(rig.PathOf("source.png"));
        var made = await Ask.OneAsync(rig.Local, Ask.Video(source, seconds: 2, ratio: "16:9"));
        var stored = await rig.Get<MediaStoring>().StoreVideoAsync(7, made.FilePath!, made.PosterPath, CancellationToken.None);
        made.DeleteFiles();
        var media = Assert.IsType<StoringResult.Stored>(stored).Media;
        Assert.Equal(("video/mp4", 640, 360, 2m), (media.ContentType, media.Width, media.Height, media.DurationSec));
        Assert.NotNull(await rig.Get<IObjectStore>().GetLocalPathAsync(media.PosterKey!, CancellationToken.None));

        var thumbnail = await rig.Get<Thumbnails>().GetAsync(7, media, 200, CancellationToken.None);
        var path = await rig.Get<IObjectStore>().GetLocalPathAsync(thumbnail!, CancellationToken.None);
        Assert.Equal(new ImageProbeResult.Accepted(ImageFormat.WebP, 256, 144), ImageProbe.Read(path!, new ImageLimits(1 << 20, 1, 1 << 20)));
    }

    [Fact]
    public async Task A_rendered_picture_is_stored_with_its_size()
    {
        using var rig = new Rig();
        var source = await Tools.PictureAsync(rig.PathOf("source.png"));
        var made = await Ask.OneAsync(rig.Local, Ask.Image(source, ratio: "1:1"));
        var media = Assert.IsType<StoringResult.Stored>(await rig.Get<MediaStoring>().StoreImageAsync(7, made.FilePath!, CancellationToken.None)).Media;
        made.DeleteFiles();
        Assert.Equal(("image/jpeg", 512, 512), (media.ContentType, media.Width, media.Height));
        Assert.StartsWith("t/7/", media.ObjectKey, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_video_is_refused_and_not_kept()
    {
        using var rig = new Rig();
        var path = rig.PathOf("clip.mp4");
        await File.WriteAllTextAsync(path, "no video at all");
        Assert.IsType<StoringResult.Refused>(await rig.Get<MediaStoring>().StoreVideoAsync(7, path, null, CancellationToken.None));
        Assert.Empty(Directory.EnumerateFiles(rig.PathOf("store"), "*.mp4", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_thumbnail_is_made_once_however_many_ask()
    {
        using var rig = new Rig();
        var source = await Tools.PictureAsync(rig.PathOf("source.png"));
        var media = Assert.IsType<StoringResult.Stored>(await rig.Get<MediaStoring>().StoreUploadAsync(7, source, CancellationToken.None)).Media;
        var keys = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => rig.Get<Thumbnails>().GetAsync(7, media, 300, CancellationToken.None)));
        Assert.Single(keys.Distinct());
        Assert.Contains("-320.webp", keys[0], StringComparison.Ordinal);
        Assert.Null(await rig.Get<Thumbnails>().GetAsync(7, new MediaRef("t/7/gone.png", media.Sha256[..63] + "0", "image/png", 1, 1, 1), 64, CancellationToken.None));
    }
}
