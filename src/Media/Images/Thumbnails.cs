using System.Collections.Concurrent;
using Contracts.Generation;
using Media.Tools;
using Microsoft.Extensions.Options;

namespace Media.Images;

/// <summary>Small WebP copies of pictures and of video posters, made when first asked for and kept as derived objects.</summary>
public sealed class Thumbnails(IObjectStore store, Ffmpeg ffmpeg, IOptions<MediaOptions> options) : IDisposable
{
    /// <summary>The widths that exist, in pixels. A free choice would let one reader fill the disk with sizes.</summary>
    public static IReadOnlyList<int> Widths { get; } = [64, 128, 192, 256, 320, 480, 640, 800, 1024];

    private readonly SemaphoreSlim _slots = new(options.Value.ThumbnailParallelism);
    private readonly ConcurrentDictionary<string, Lazy<Task<string?>>> _inTheMaking = new();

    /// <summary>The smallest width that exists and is not below <paramref name="asked"/>; 64 to 1024.</summary>
    public static int Snap(int asked) => Widths.FirstOrDefault(width => width >= asked, Widths[^1]);

    /// <summary>The key of the thumbnail, made now when it is not there yet; null when the source is gone or unreadable.</summary>
    /// <param name="width">Pixels; snapped to <see cref="Widths"/>. A smaller picture is not enlarged.</param>
    public async Task<string?> GetAsync(long tenantId, MediaRef media, int width, CancellationToken cancellationToken)
    {
        var snapped = Snap(width);
        var key = ObjectKeys.ForThumbnail(tenantId, media.Sha256, snapped);
        if (await store.GetLocalPathAsync(key, cancellationToken) is not null)
        {
            return key;
        }

        // one maker per key; readers who leave do not stop it for the others
        var maker = _inTheMaking.GetOrAdd(key, _ => new Lazy<Task<string?>>(() => MakeAsync(key, media, snapped)));
        try
        {
            return await maker.Value.WaitAsync(cancellationToken);
        }
        finally
        {
            if (maker.Value.IsCompleted)
            {
                _inTheMaking.TryRemove(key, out _);
            }
        }
    }

    public void Dispose() => _slots.Dispose();

    private async Task<string?> MakeAsync(string key, MediaRef media, int width)
    {
        var isVideo = ImageFormats.FromContentType(media.ContentType) is null;
        var sourceKey = isVideo ? media.PosterKey : media.ObjectKey;
        var source = sourceKey is null ? null : await store.GetLocalPathAsync(sourceKey, CancellationToken.None);
        if (source is null)
        {
            return null;
        }

        var format = ImageFormats.FromContentType(media.ContentType) ?? ImageFormat.Jpeg;
        var made = Path.Combine(Path.GetTempPath(), $"thumb-{Guid.NewGuid():N}.webp");
        await _slots.WaitAsync(CancellationToken.None);
        try
        {
            string[] arguments =
            [
                .. Ffmpeg.Start, .. ffmpeg.ImageInput(source, format), "-map", "0:v:0", "-frames:v", "1", "-threads", "1",
                "-vf", $"scale=w='min({width},iw)':h=-1:flags=lanczos", "-c:v", "libwebp", "-quality", "78", "-compression_level", "3",
                "-map_metadata", "-1", "-f", "webp", "file:" + made,
            ];
            var result = await ffmpeg.RunAsync(arguments, ffmpeg.DefaultLimits, null, CancellationToken.None);
            if (!result.Ok)
            {
                return null;
            }

            await using var content = File.OpenRead(made);
            await store.PutDerivedAsync(key, content, CancellationToken.None);
            return key;
        }
        finally
        {
            _slots.Release();
            File.Delete(made);
        }
    }
}
