using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using Contracts.Generation;
using Microsoft.Extensions.Options;

namespace Providers.Fal;

/// <summary>
/// Brings source pictures to fal, each once for as long as it is kept there: twenty prompts for one picture are one upload. Kept by content, never by name, and
/// for each tenant by itself.
/// </summary>
internal sealed class FalUploads(FalClient client, IOptions<FalOptions> options, TimeProvider time)
{
    private const int MostKept = 10_000;
    private readonly ConcurrentDictionary<(long Tenant, string Sha256), Lazy<Task<Upload>>> _uploads = new();

    /// <summary>Where fal finds the picture, or why it could not be brought there. Nothing has been bought in either case.</summary>
    public async Task<(string? Url, ItemFailure? Failure)> UrlAsync(long tenant, string path, string? sha256, string contentType, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            return (null, new ItemFailure(FailureKind.SourceMissing, "The source picture is gone from the library. Upload it again and retry."));
        }

        var key = (tenant, sha256 ?? await HashAsync(path, cancellationToken));
        if (_uploads.TryGetValue(key, out var known) && known.Value.IsCompletedSuccessfully && (await known.Value).GoodUntil <= time.GetUtcNow())
        {
            _uploads.TryRemove(KeyValuePair.Create(key, known));
        }

        if (_uploads.Count > MostKept)
        {
            _uploads.Clear();
        }

        var mine = _uploads.GetOrAdd(key, _ => new Lazy<Task<Upload>>(() => UploadAsync(path, contentType)));
        try
        {
            return ((await mine.Value.WaitAsync(cancellationToken)).Url, null);
        }
        catch (FalRefusedException refused)
        {
            _uploads.TryRemove(KeyValuePair.Create(key, mine));
            return (null, refused.Failure);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or TimeoutException)
        {
            _uploads.TryRemove(KeyValuePair.Create(key, mine));
            return (null, new ItemFailure(FailureKind.ProviderDown, "The picture could not be uploaded to fal; nothing was asked for."));
        }
    }

    /// <summary>fal cannot read it there: the next request uploads it anew.</summary>
    public void Forget(long tenant, string? sha256)
    {
        if (sha256 is not null)
        {
            _uploads.TryRemove((tenant, sha256), out _);
        }
    }

    // Several requests wait for it, so none of them may call it off; the client's own limits end it.
    private async Task<Upload> UploadAsync(string path, string contentType)
    {
        var goodUntil = time.GetUtcNow() + options.Value.UploadLife;
        var place = await client.InitiateUploadAsync(contentType, "source" + Ending(contentType), options.Value.UploadLife + TimeSpan.FromHours(1), CancellationToken.None);
        if (!place.Ok)
        {
            throw new FalRefusedException(FalFailures.OfResult(place));
        }

        if (Address(place.Json, "upload_url") is not { } target || Address(place.Json, "file_url") is not { } file)
        {
            throw new FalRefusedException(new ItemFailure(FailureKind.ProviderDown, "fal named no place to upload the picture to; nothing was asked for."));
        }

        await using var content = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 64 * 1024, FileOptions.Asynchronous);
        var status = await client.UploadAsync(target, content, contentType, CancellationToken.None);
        return (int)status is >= 200 and < 300
            ? new Upload(file.AbsoluteUri, goodUntil)
            : throw new FalRefusedException(new ItemFailure(FailureKind.ProviderDown, $"fal answered {(int)status} to the upload of the picture; nothing was asked for."));
    }

    private static async Task<string> HashAsync(string path, CancellationToken cancellationToken)
    {
        await using var content = File.OpenRead(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellationToken));
    }

    private static Uri? Address(JsonElement? json, string name) =>
        json is { ValueKind: JsonValueKind.Object } body && body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            && Uri.TryCreate(value.GetString(), UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? address
            : null;

    private static string Ending(string contentType) => contentType switch
    {
        "image/jpeg" => ".jpg",
        "image/webp" => ".webp",
        _ => ".png",
    };

    private sealed record Upload(string Url, DateTimeOffset GoodUntil);
}

/// <summary>fal's answer ends the attempt.</summary>
internal sealed class FalRefusedException(ItemFailure failure) : Exception(failure.Message)
{
    public ItemFailure Failure { get; } = failure;
}
