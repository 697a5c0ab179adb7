using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Providers.Http;

/// <summary>Calls of one vendor: bounded in time and bytes. Redirects are not followed, so that a key stays with the origin it was sent to.</summary>
/// <param name="vendor">For people, for example <c>fal</c>.</param>
internal sealed class VendorHttp(string vendor, TimeProvider time) : IDisposable
{
    private const int MostAnswerBytes = 1 << 20;
    private static readonly TimeSpan MostWait = TimeSpan.FromHours(1);

    private readonly HttpMessageInvoker _invoker = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.All,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        MaxConnectionsPerServer = 64,
    });

    /// <param name="request">Disposed here.</param>
    /// <exception cref="TimeoutException">No whole answer within <paramref name="limit"/>.</exception>
    /// <exception cref="HttpRequestException">No connection, no answer, or one that is too large.</exception>
    public async Task<VendorAnswer> SendAsync(HttpRequestMessage request, TimeSpan limit, CancellationToken cancellationToken)
    {
        using (request)
        {
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
            using var source = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            source.CancelAfter(limit);
            try
            {
                using var answer = await _invoker.SendAsync(request, source.Token);
                return await ReadAsync(answer, source.Token);
            }
            catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
            {
                // Not our limit, so it is the one for connecting: nothing has been sent.
                if (!source.IsCancellationRequested)
                {
                    throw new HttpRequestException(HttpRequestError.ConnectionError, $"{vendor} could not be reached.", exception);
                }

                throw new TimeoutException($"{vendor} did not answer within {limit.TotalSeconds:0} seconds.");
            }
        }
    }

    public void Dispose() => _invoker.Dispose();

    public static StringContent Json(JsonObject body) => new(body.ToJsonString(), Encoding.UTF8, "application/json");

    /// <summary>The way to a vendor broke before a request could have arrived.</summary>
    public static bool NeverArrived(HttpRequestException exception) => exception.HttpRequestError
        is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError;

    /// <summary>How long a wait that a vendor asks for is believed: above 0, up to an hour.</summary>
    public static TimeSpan? Believed(TimeSpan? asked) => asked is { } wait && wait > TimeSpan.Zero ? (wait < MostWait ? wait : MostWait) : null;

    private async Task<VendorAnswer> ReadAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        await answer.Content.LoadIntoBufferAsync(MostAnswerBytes, cancellationToken);
        var bytes = await answer.Content.ReadAsByteArrayAsync(cancellationToken);
        JsonElement? json = null;
        try
        {
            using var document = JsonDocument.Parse(bytes);
            json = document.RootElement.Clone();
        }
        catch (JsonException)
        {
            // Told by Json being null.
        }

        return new VendorAnswer(
            answer.StatusCode, json, json is null ? Encoding.UTF8.GetString(bytes) : string.Empty,
            answer.Headers.GroupBy(header => header.Key, StringComparer.OrdinalIgnoreCase)
                .ToDictionary(same => same.Key, same => same.First().Value.FirstOrDefault() ?? string.Empty, StringComparer.OrdinalIgnoreCase),
            Believed(RetryAfter(answer)));
    }

    private TimeSpan? RetryAfter(HttpResponseMessage answer) => answer.Headers.RetryAfter switch
    {
        { Delta: { } wait } => wait,
        { Date: { } date } => date - time.GetUtcNow(),
        _ => null,
    };
}

/// <summary>One answer of a vendor, read.</summary>
/// <param name="Json">Null when the body is not JSON.</param>
/// <param name="Text">The body that is not JSON, else empty.</param>
/// <param name="RetryAfter">As in the header; null when there is none, or it is past.</param>
internal sealed record VendorAnswer(HttpStatusCode Status, JsonElement? Json, string Text, IReadOnlyDictionary<string, string> Headers, TimeSpan? RetryAfter)
{
    public string? Header(string name) => Headers.GetValueOrDefault(name);
}
