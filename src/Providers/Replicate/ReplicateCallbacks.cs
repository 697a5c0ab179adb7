using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Providers.Webhooks;

namespace Providers.Replicate;

/// <summary>Replicate's calls. One that is repeated does no more than the first, so ids are not kept.</summary>
internal sealed class ReplicateCallbacks(IOptions<ReplicateOptions> options, TimeProvider time) : IWebhook
{
    public string Provider => ProviderNames.Replicate;

    public Task<WebhookCall?> ReadAsync(IHeaderDictionary headers, IQueryCollection query, ReadOnlyMemory<byte> body, CancellationToken cancellationToken) => Task.FromResult(
        ReplicateWebhook.Verify(
            options.Value.WebhookSecret, headers["webhook-id"].ToString(), headers["webhook-timestamp"].ToString(), body.Span, headers["webhook-signature"].ToString(), time.GetUtcNow())
            && Id(body) is { } id
            ? new WebhookCall(id)
            : null);

    private static string? Id(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.String ? id.GetString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
