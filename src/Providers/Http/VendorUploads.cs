using System.Collections.Concurrent;
using System.Security.Cryptography;
using Contracts.Generation;
using Providers.Keys;

namespace Providers.Http;

/// <summary>
/// Brings source pictures to a vendor, each once for as long as it is kept there: twenty prompts for one picture are one upload. Kept by content, never by name, and
/// for each tenant and account by itself.
/// </summary>
/// <param name="vendor">For people.</param>
internal abstract class VendorUploads(string vendor, TimeProvider time)
{
    private const int MostKept = 10_000;
    private readonly ConcurrentDictionary<(long Tenant, bool Own, string Sha256), Lazy<Task<Upload>>> _uploads = new();

    protected TimeProvider Time => time;

    /// <summary>Where the vendor finds the picture, or why it could not be brought there. Nothing has been bought in either case.</summary>
    public async Task<(string? Url, ItemFailure? Failure)> UrlAsync(long tenant, VendorKey account, string path, string? sha256, string contentType, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            return (null, new ItemFailure(FailureKind.SourceMissing, "The source picture is gone from the library. Upload it again and retry."));
        }

        if (await InlineAsync(path, contentType, cancellationToken) is { } inline)
        {
            return (inline, null);
        }

        var key = (tenant, account.Own, sha256 ?? await HashAsync(path, cancellationToken));
        if (_uploads.TryGetValue(key, out var known) && known.Value.IsCompletedSuccessfully && (await known.Value).GoodUntil <= time.GetUtcNow())
        {
            _uploads.TryRemove(KeyValuePair.Create(key, known));
        }

        if (_uploads.Count > MostKept)
        {
            _uploads.Clear();
        }

        // Several requests wait for it, so none of them may call it off; the client's own limits end it.
        var mine = _uploads.GetOrAdd(key, _ => new Lazy<Task<Upload>>(() => UploadAsync(account.Value, path, contentType)));
        try
        {
            return ((await mine.Value.WaitAsync(cancellationToken)).Url, null);
        }
        catch (UploadRefusedException refused)
        {
            _uploads.TryRemove(KeyValuePair.Create(key, mine));
            return (null, refused.Failure);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or TimeoutException)
        {
            _uploads.TryRemove(KeyValuePair.Create(key, mine));
            return (null, new ItemFailure(FailureKind.ProviderDown, $"The picture could not be uploaded to {vendor}; nothing was asked for."));
        }
    }

    /// <summary>The vendor cannot read it there: the next request uploads it anew.</summary>
    public void Forget(long tenant, string? sha256)
    {
        if (sha256 is not null)
        {
            _uploads.TryRemove((tenant, true, sha256), out _);
            _uploads.TryRemove((tenant, false, sha256), out _);
        }
    }

    /// <summary>The picture itself as a data URI, where it is small enough to go with the request; else null.</summary>
    protected virtual Task<string?> InlineAsync(string path, string contentType, CancellationToken cancellationToken) => Task.FromResult<string?>(null);

    /// <exception cref="UploadRefusedException">The vendor's answer ends the attempt.</exception>
    protected abstract Task<Upload> UploadAsync(string key, string path, string contentType);

    protected static FileStream Open(string path) =>
        new(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 64 * 1024, FileOptions.Asynchronous);

    protected static string FileName(string contentType) => contentType switch
    {
        "image/jpeg" => "source.jpg",
        "image/webp" => "source.webp",
        _ => "source.png",
    };

    private static async Task<string> HashAsync(string path, CancellationToken cancellationToken)
    {
        await using var content = File.OpenRead(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellationToken));
    }

    protected internal sealed record Upload(string Url, DateTimeOffset GoodUntil);
}

/// <summary>The vendor's answer ends the attempt.</summary>
internal sealed class UploadRefusedException(ItemFailure failure) : Exception(failure.Message)
{
    public ItemFailure Failure { get; } = failure;
}
