using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Providers.Keys;
using Providers.Webhooks;

namespace Providers.Fal;

/// <summary>
/// fal's calls, signed with Ed25519 over request id, user id, time and the body's SHA-256, a line each. Source: fal's page on webhooks.
/// </summary>
internal sealed class FalWebhook(FalKeys keys, WorkspaceKeys accounts, IOptions<FalOptions> options, TimeProvider time) : IWebhook
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    public string Provider => ProviderNames.Fal;

    public async Task<WebhookCall?> ReadAsync(IHeaderDictionary headers, IQueryCollection query, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var (request, user, timestamp) = (Of(headers, "Request-Id"), Of(headers, "User-Id"), Of(headers, "Timestamp"));
        if (!IsFresh(timestamp, time.GetUtcNow()) || Signature(Of(headers, "Signature")) is not { } signature)
        {
            return null;
        }

        var message = Message(request, user, timestamp, body.Span);
        var known = await keys.GetAsync(renew: false, cancellationToken);
        if (!Signed(known) && (await keys.GetAsync(renew: true, cancellationToken) is var renewed && (ReferenceEquals(renewed, known) || !Signed(renewed))))
        {
            return null;
        }

        return RequestId(body) is { } id && id == request ? await CallAsync(id, query, cancellationToken) : null;

        bool Signed(IReadOnlyList<byte[]> tried) => tried.Any(key => Ed25519.Verify(key, message, signature));
    }

    private async Task<WebhookCall> CallAsync(string id, IQueryCollection query, CancellationToken cancellationToken)
    {
        if (VendorCallback.Read(query) is not { } callback || !FalHandle.IsId(id))
        {
            return new WebhookCall(id);
        }

        var key = await accounts.OfAsync(Provider, callback.TenantId, options.Value.Key, cancellationToken);
        return callback.IsProven(query, key.Value) ? new WebhookCall(id, callback.Job, new FalHandle(id, $"/{callback.Place}/requests/{id}").ToString()) : new WebhookCall(id);
    }

    /// <summary>What is signed.</summary>
    internal static byte[] Message(string request, string user, string timestamp, ReadOnlySpan<byte> body) =>
        Encoding.UTF8.GetBytes($"{request}\n{user}\n{timestamp}\n{Convert.ToHexStringLower(SHA256.HashData(body))}");

    private static bool IsFresh(string timestamp, DateTimeOffset now) =>
        long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && Math.Abs(now.ToUnixTimeSeconds() - seconds) <= Window.TotalSeconds;

    private static byte[]? Signature(string hex)
    {
        var bytes = new byte[Ed25519.SignatureBytes];
        return hex.Length == 2 * bytes.Length && Convert.FromHexString(hex, bytes, out _, out _) == System.Buffers.OperationStatus.Done ? bytes : null;
    }

    private static string? RequestId(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("request_id", out var id) && id.ValueKind == JsonValueKind.String ? id.GetString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Of(IHeaderDictionary headers, string name) => headers["X-Fal-Webhook-" + name].ToString();
}
