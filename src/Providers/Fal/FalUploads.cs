using System.Text.Json;
using Contracts.Generation;
using Microsoft.Extensions.Options;
using Providers.Http;

namespace Providers.Fal;

/// <summary>Source pictures in fal's storage.</summary>
internal sealed class FalUploads(FalClient client, IOptions<FalOptions> options, TimeProvider time) : VendorUploads("fal", time)
{
    protected override async Task<Upload> UploadAsync(string key, string path, string contentType)
    {
        var goodUntil = Time.GetUtcNow() + options.Value.UploadLife;
        var place = await client.InitiateUploadAsync(key, contentType, FileName(contentType), options.Value.UploadLife + TimeSpan.FromHours(1), CancellationToken.None);
        if (!place.Ok)
        {
            throw new UploadRefusedException(FalFailures.OfResult(place));
        }

        if (Address(place.Json, "upload_url") is not { } target || Address(place.Json, "file_url") is not { } file)
        {
            throw new UploadRefusedException(new ItemFailure(FailureKind.ProviderDown, "fal named no place to upload the picture to; nothing was asked for."));
        }

        await using var content = Open(path);
        var status = await client.UploadAsync(target, content, contentType, CancellationToken.None);
        return status is >= 200 and < 300
            ? new Upload(file.AbsoluteUri, goodUntil)
            : throw new UploadRefusedException(new ItemFailure(FailureKind.ProviderDown, $"fal answered {status} to the upload of the picture; nothing was asked for."));
    }

    private static Uri? Address(JsonElement? json, string name) =>
        json is { ValueKind: JsonValueKind.Object } body && body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            && Uri.TryCreate(value.GetString(), UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? address
            : null;
}
