using System.Collections.Concurrent;
using Contracts.Generation;
using Media.Images;
using Media.Videos;
using Microsoft.Extensions.Options;

namespace Media.Storage;

/// <summary>The way from a temporary file to a <see cref="MediaRef"/>. The temporary file stays with the caller.</summary>
public sealed class MediaStoring(
    IObjectStore store, ImageDecoder decoder, VideoProbe videos, PosterFrames posters, IOptions<MediaOptions> options)
{
    private const int MaxKnownVideos = 1024;
    // The headers of a picture are read in many small pieces.
    private const int BufferLength = 4096;
    private const int SmallFile = 64 * 1024;

    // bytes that were probed once need no second child process; the result depends on the hash alone
    private readonly ConcurrentDictionary<string, VideoFacts> _knownVideos = new();

    /// <summary>Stores a picture that a person sent: strict limits, and decoded as a whole before it is taken.</summary>
    public async Task<StoringResult> StoreUploadAsync(long tenantId, string path, CancellationToken cancellationToken)
    {
        await using var content = Open(path);
        var probed = ImageProbe.Read(content, ImageLimits.ForUploads(options.Value));
        if (probed is not ImageProbeResult.Accepted accepted)
        {
            return new StoringResult.Refused(((ImageProbeResult.Refused)probed).Reason);
        }

        var damage = await decoder.VerifyAsync(path, accepted.Format, cancellationToken);
        return damage is null ? await PutImageAsync(tenantId, content, accepted, cancellationToken) : new StoringResult.Refused(damage);
    }

    /// <summary>Stores a generated picture.</summary>
    public async Task<StoringResult> StoreImageAsync(long tenantId, string path, CancellationToken cancellationToken)
    {
        await using var content = Open(path);
        return ImageProbe.Read(content, ImageLimits.ForGenerated(options.Value)) switch
        {
            ImageProbeResult.Accepted accepted => await PutImageAsync(tenantId, content, accepted, cancellationToken),
            ImageProbeResult.Refused refused => new StoringResult.Refused(refused.Reason),
            _ => throw new InvalidOperationException("Unknown probe result."),
        };
    }

    /// <summary>Stores a generated MP4 and its poster; without one the first frame is taken.</summary>
    public async Task<StoringResult> StoreVideoAsync(long tenantId, string path, string? posterPath, CancellationToken cancellationToken)
    {
        var stored = await PutAsync(tenantId, path, "mp4", cancellationToken);
        var facts = await FactsAsync(stored.Sha256, path, cancellationToken);
        if (facts is null)
        {
            await store.DeleteAsync(stored.Key, cancellationToken);
            return new StoringResult.Refused("The video cannot be read.");
        }

        var posterKey = await PutPosterAsync(tenantId, path, posterPath, cancellationToken);
        return new StoringResult.Stored(new MediaRef(
            stored.Key, stored.Sha256, "video/mp4", facts.Width, facts.Height, stored.Bytes, facts.DurationSec, posterKey));
    }

    private async Task<StoringResult> PutImageAsync(long tenantId, Stream content, ImageProbeResult.Accepted image, CancellationToken cancellationToken)
    {
        content.Position = 0;
        var stored = await store.PutAsync(tenantId, content, ImageFormats.Extension(image.Format), cancellationToken);
        return new StoringResult.Stored(new MediaRef(
            stored.Key, stored.Sha256, ImageFormats.ContentType(image.Format), image.Width, image.Height, stored.Bytes));
    }

    private async Task<string?> PutPosterAsync(long tenantId, string videoPath, string? posterPath, CancellationToken cancellationToken)
    {
        if (posterPath is not null)
        {
            return (await PutAsync(tenantId, posterPath, "jpg", cancellationToken)).Key;
        }

        var made = Path.Combine(Path.GetTempPath(), $"poster-{Guid.NewGuid():N}.jpg");
        try
        {
            return await posters.WriteAsync(videoPath, made, cancellationToken)
                ? (await PutAsync(tenantId, made, "jpg", cancellationToken)).Key
                : null;
        }
        finally
        {
            File.Delete(made);
        }
    }

    private async Task<VideoFacts?> FactsAsync(string sha256, string path, CancellationToken cancellationToken)
    {
        if (_knownVideos.TryGetValue(sha256, out var known))
        {
            return known;
        }

        var facts = await videos.ReadAsync(path, cancellationToken);
        if (facts is not null)
        {
            if (_knownVideos.Count >= MaxKnownVideos)
            {
                _knownVideos.Clear();
            }

            _knownVideos[sha256] = facts;
        }

        return facts;
    }

    private async Task<StoredObject> PutAsync(long tenantId, string path, string extension, CancellationToken cancellationToken)
    {
        await using var content = Open(path);
        return await store.PutAsync(tenantId, content, extension, cancellationToken);
    }

    // A small file is read at once: probing, hashing and finding out where it ends would each go to the system again.
    private static Stream Open(string path)
    {
        var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var length = RandomAccess.GetLength(file);
        if (length > SmallFile)
        {
            return new FileStream(file, FileAccess.Read, BufferLength);
        }

        using (file)
        {
            var bytes = new byte[length];
            var read = 0;
            while (read < bytes.Length && RandomAccess.Read(file, bytes.AsSpan(read), read) is > 0 and var more)
            {
                read += more;
            }

            return new MemoryStream(bytes, 0, read, writable: false);
        }
    }
}
