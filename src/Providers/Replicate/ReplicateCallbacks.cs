using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Providers.Webhooks;

namespace Providers.Replicate;

/// <summary>Replicate's calls, for jobs of the installation's account: calls for another are signed with a secret that is not known here. One that is repeated does no more than the first, so ids are not kept.</summary>
internal sealed class ReplicateCallbacks(IOptions<ReplicateOptions> options, TimeProvider time) : IWebhook
{
    public string Provider => ProviderNames.Replicate;

    public Task<WebhookCall?> ReadAsync(IHeaderDictionary headers, IQueryCollection query, ReadOnlyMemory<byte> body, CancellationToken cancellationToken) =>
        Task.FromResult(ReplicateWebhook.Verify(
            options.Value.WebhookSecret, headers["webhook-id"].ToString(), headers["webhook-timestamp"].ToString(), body.Span, headers["webhook-signature"].ToString(), time.GetUtcNow())
            && Id(body) is { } id
            ? Call(id, query)
            : null);

    private WebhookCall Call(string id, IQueryCollection query) =>
        VendorCallback.Read(query) is { } callback && callback.IsProven(query, options.Value.Token) && ReplicateHandle.IsId(id)
            ? new WebhookCall(id, callback.Job, new ReplicateHandle(id).ToString())
            : new WebhookCall(id);

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
