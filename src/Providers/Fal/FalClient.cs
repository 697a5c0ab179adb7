using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;

namespace Providers.Fal;

/// <summary>Calls fal's queue and storage. The key goes to their two origins and nowhere else; redirects are not followed, so that it stays there.</summary>
internal sealed class FalClient : IDisposable
{
    private const int MostAnswerBytes = 1 << 20;

    private readonly FalOptions _options;
    private readonly TimeProvider _time;
    private readonly HttpMessageInvoker _invoker;

    public FalClient(IOptions<FalOptions> options, TimeProvider time)
    {
        (_options, _time) = (options.Value, time);
        _invoker = new HttpMessageInvoker(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.All,
            ConnectTimeout = TimeSpan.FromSeconds(10),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            MaxConnectionsPerServer = 64,
        });
    }

    public Uri Queue => _options.QueueBaseUrl;

    /// <param name="job">Our key of the request, so that it can be found in fal's history.</param>
    public Task<FalAnswer> SubmitAsync(string endpoint, JsonObject body, string job, CancellationToken cancellationToken)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_options.QueueBaseUrl, "/" + endpoint + Callback)) { Content = Json(body) };
        request.Headers.Add("X-Fal-Queue-Priority", "normal");
        request.Headers.Add("x-app-fal-disable-fallback", "true");
        request.Headers.Add("X-Fal-Object-Lifecycle-Preference", Expiring(_options.MediaLife));
        request.Headers.Add("X-Fal-Tags", "job=" + new string([.. job.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or '-' ? letter : '_').Take(200)]));
        return SendAsync(request, cancellationToken);
    }

    public Task<FalAnswer> GetAsync(string path, CancellationToken cancellationToken) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Get, new Uri(_options.QueueBaseUrl, path)), cancellationToken);

    public Task<FalAnswer> PutAsync(string path, CancellationToken cancellationToken) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Put, new Uri(_options.QueueBaseUrl, path)), cancellationToken);

    /// <summary>Asks for a place to upload a file to.</summary>
    public Task<FalAnswer> InitiateUploadAsync(string contentType, string fileName, TimeSpan life, CancellationToken cancellationToken)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_options.RestBaseUrl, "/storage/upload/initiate?storage_type=fal-cdn-v3"))
        {
            Content = Json(new JsonObject { ["content_type"] = contentType, ["file_name"] = fileName }),
        };
        request.Headers.Add("X-Fal-Object-Lifecycle", Expiring(life));
        return SendAsync(request, cancellationToken);
    }

    /// <summary>Puts a file where <see cref="InitiateUploadAsync"/> said; without the key.</summary>
    public async Task<HttpStatusCode> UploadAsync(Uri place, Stream content, string contentType, CancellationToken cancellationToken)
    {
        using var limit = Limit(_options.TransferTimeout, cancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Put, place) { Content = new StreamContent(content) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(contentType);
        using var answer = await _invoker.SendAsync(request, limit.Token);
        return answer.StatusCode;
    }

    public void Dispose() => _invoker.Dispose();

    private string Callback => _options.WebhookUrl is { } url ? "?fal_webhook=" + Uri.EscapeDataString(url.AbsoluteUri) : "";

    private async Task<FalAnswer> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using (request)
        {
            request.Headers.TryAddWithoutValidation("Authorization", "Key " + _options.Key);
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
            using var limit = Limit(_options.CallTimeout, cancellationToken);
            try
            {
                using var answer = await _invoker.SendAsync(request, limit.Token);
                return await ReadAsync(answer, limit.Token);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                throw new TimeoutException($"fal did not answer within {_options.CallTimeout.TotalSeconds:0} seconds.");
            }
        }
    }

    private async Task<FalAnswer> ReadAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
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

        return new FalAnswer(
            answer.StatusCode, json, json is null && Encoding.UTF8.GetString(bytes).Contains("nginx", StringComparison.OrdinalIgnoreCase), Header(answer, "x-fal-request-id"), Header(answer, "X-Fal-Error-Type"),
            FalFailures.Believed(RetryAfter(answer)),
            decimal.TryParse(Header(answer, "X-Fal-Billable-Units"), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var units) ? units : null);
    }

    private TimeSpan? RetryAfter(HttpResponseMessage answer) => answer.Headers.RetryAfter switch
    {
        { Delta: { } wait } => wait,
        { Date: { } date } => date - _time.GetUtcNow(),
        _ => null,
    };

    private static CancellationTokenSource Limit(TimeSpan limit, CancellationToken cancellationToken)
    {
        var source = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        source.CancelAfter(limit);
        return source;
    }

    private static string? Header(HttpResponseMessage answer, string name) => answer.Headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;

    private static string Expiring(TimeSpan life) => $$"""{"expiration_duration_seconds":{{(long)life.TotalSeconds}}}""";

    private static StringContent Json(JsonObject body) => new(body.ToJsonString(), Encoding.UTF8, "application/json");
}
