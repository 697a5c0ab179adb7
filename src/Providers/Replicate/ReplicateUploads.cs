using System.Text.Json;
using Contracts.Generation;
using Microsoft.Extensions.Options;
using Providers.Http;

namespace Providers.Replicate;

/// <summary>Source pictures: small ones within the request, larger ones in Replicate's file store.</summary>
internal sealed class ReplicateUploads(ReplicateClient client, IOptions<ReplicateOptions> options, TimeProvider time) : VendorUploads("Replicate", time)
{
    // Replicate has to read it while the prediction waits for its turn.
    private static readonly TimeSpan Reserve = TimeSpan.FromHours(1);

    protected override async Task<string?> InlineAsync(string path, string contentType, CancellationToken cancellationToken) =>
        new FileInfo(path).Length <= options.Value.InlineBytes
            ? $"data:{contentType};base64,{Convert.ToBase64String(await File.ReadAllBytesAsync(path, cancellationToken))}"
            : null;

    protected override async Task<Upload> UploadAsync(string key, string path, string contentType)
    {
        var now = Time.GetUtcNow();
        await using var content = Open(path);
        var answer = await client.UploadAsync(key, content, contentType, FileName(contentType), CancellationToken.None);
        if (!answer.Ok)
        {
            throw new UploadRefusedException(ReplicateFailures.OfUpload(answer));
        }

        if (answer.Text("id") is not { } id || !ReplicateHandle.IsId(id))
        {
            throw new UploadRefusedException(new ItemFailure(FailureKind.ProviderDown, "Replicate's answer to the upload cannot be read; nothing was asked for."));
        }

        var goodUntil = now + options.Value.UploadLife;
        return new Upload(Address(answer, id), Expiry(answer) is { } end && end - Reserve < goodUntil ? end - Reserve : goodUntil);
    }

    /// <summary>As stated, where that is at Replicate itself; else built from the id.</summary>
    private string Address(ReplicateAnswer answer, string id)
    {
        var stated = answer.Value("urls") is { ValueKind: JsonValueKind.Object } urls && urls.TryGetProperty("get", out var value) && value.ValueKind == JsonValueKind.String
            && Uri.TryCreate(value.GetString(), UriKind.Absolute, out var address) && address.GetLeftPart(UriPartial.Authority) == client.Base.GetLeftPart(UriPartial.Authority)
            ? address
            : null;
        return (stated ?? new Uri(client.Base, "/v1/files/" + id)).AbsoluteUri;
    }

    private static DateTimeOffset? Expiry(ReplicateAnswer answer) =>
        answer.Value("expires_at") is { ValueKind: JsonValueKind.String } value && value.TryGetDateTimeOffset(out var end) ? end : null;
}
