using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway.Limits;
using Gateway.Proxy;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;

namespace Gateway.Reference;

/// <summary>The joined document: asked from the services, kept for a moment. It is whole or it is not served.</summary>
internal sealed class PublicDocument(
    [FromKeyedServices("v1")] IOpenApiDocumentProvider own, IHttpClientFactory clients, IConfiguration configuration,
    IOptions<ReferenceOptions> options, IOptions<RateLimitOptions> limits, TimeProvider time, ILogger<PublicDocument> logger) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly JsonSerializerOptions Readable = new(ServiceDefaults.PipelineJson.Options) { WriteIndented = true };

    private readonly SemaphoreSlim _one = new(1, 1);
    private Served? _served;

    /// <param name="Bytes">UTF-8 JSON.</param>
    /// <param name="ETag">Quoted.</param>
    internal sealed record Served(byte[] Bytes, string ETag, long At);

    /// <summary>Null when a service has never answered yet.</summary>
    public async Task<Served?> GetAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            if (_served is null || time.GetElapsedTime(_served.At) > options.Value.CacheFor)
            {
                _served = await JoinAsync(cancellationToken) ?? _served;
            }

            return _served;
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private async Task<Served?> JoinAsync(CancellationToken cancellationToken)
    {
        var parts = new List<OpenApiMerge.Part>();
        foreach (var service in ProxyRoutes.Services)
        {
            if (await AskAsync(service, cancellationToken) is not { } document)
            {
                return null;
            }

            parts.Add(new OpenApiMerge.Part(service, document, path => ProxyRoutes.Serves(service, path)));
        }

        parts.Add(new OpenApiMerge.Part("gateway", await OwnAsync(cancellationToken), _ => true));
        var joined = OpenApiMerge.Merge(DoorDocs.Info(), parts);
        DoorDocs.Complete(joined, limits.Value);
        var bytes = JsonSerializer.SerializeToUtf8Bytes(joined, Readable);
        return new Served(bytes, $"\"{Convert.ToHexStringLower(SHA256.HashData(bytes)[..8])}\"", time.GetTimestamp());
    }

    private async Task<JsonNode> OwnAsync(CancellationToken cancellationToken)
    {
        var document = await own.GetOpenApiDocumentAsync(cancellationToken);
        return JsonNode.Parse(await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1, cancellationToken))!;
    }

    private async Task<JsonNode?> AskAsync(string service, CancellationToken cancellationToken)
    {
        using var client = clients.CreateClient();
        client.Timeout = Patience;
        foreach (var address in ProxyRoutes.Addresses(configuration, service))
        {
            try
            {
                return JsonNode.Parse(await client.GetStringAsync(new Uri(new Uri(address), "/openapi/v1.json"), cancellationToken));
            }
            catch (Exception exception) when (exception is HttpRequestException or JsonException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
            {
                logger.NoDocument(service, exception.Message);
            }
        }

        return null;
    }
}
