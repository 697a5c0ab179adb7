using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using Providers.Http;
using Providers.Webhooks;

namespace Providers.Fal;

/// <summary>Calls fal's queue and storage, with the key of whom it is for. It goes to their two origins and nowhere else; redirects are not followed, so that it stays there.</summary>
internal sealed class FalClient(IOptions<FalOptions> options, TimeProvider time) : IDisposable
{
    private readonly FalOptions _options = options.Value;
    private readonly VendorHttp _http = new("fal", time);

    public Uri Queue => _options.QueueBaseUrl;

    /// <param name="job">Our key of the request, so that it can be found in fal's history.</param>
    /// <param name="app">Owner and app of the endpoint.</param>
    public Task<FalAnswer> SubmitAsync(string key, string endpoint, string app, JsonObject body, long tenantId, string job, CancellationToken cancellationToken)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_options.QueueBaseUrl, "/" + endpoint + Callback(key, tenantId, job, app))) { Content = VendorHttp.Json(body) };
        request.Headers.Add("X-Fal-Queue-Priority", "normal");
        request.Headers.Add("x-app-fal-disable-fallback", "true");
        request.Headers.Add("X-Fal-Object-Lifecycle-Preference", Expiring(_options.MediaLife));
        request.Headers.Add("X-Fal-Tags", "job=" + new string([.. job.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or '-' ? letter : '_').Take(200)]));
        return SendAsync(key, request, cancellationToken);
    }

    public Task<FalAnswer> GetAsync(string key, string path, CancellationToken cancellationToken) =>
        SendAsync(key, new HttpRequestMessage(HttpMethod.Get, new Uri(_options.QueueBaseUrl, path)), cancellationToken);

    public Task<FalAnswer> PutAsync(string key, string path, CancellationToken cancellationToken) =>
        SendAsync(key, new HttpRequestMessage(HttpMethod.Put, new Uri(_options.QueueBaseUrl, path)), cancellationToken);

    /// <summary>Asks for a place to upload a file to.</summary>
    public Task<FalAnswer> InitiateUploadAsync(string key, string contentType, string fileName, TimeSpan life, CancellationToken cancellationToken)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_options.RestBaseUrl, "/storage/upload/initiate?storage_type=fal-cdn-v3"))
        {
            Content = VendorHttp.Json(new JsonObject { ["content_type"] = contentType, ["file_name"] = fileName }),
        };
        request.Headers.Add("X-Fal-Object-Lifecycle", Expiring(life));
        return SendAsync(key, request, cancellationToken);
    }

    /// <summary>Puts a file where <see cref="InitiateUploadAsync"/> said; without the key.</summary>
    public async Task<int> UploadAsync(Uri place, Stream content, string contentType, CancellationToken cancellationToken)
    {
        var request = new HttpRequestMessage(HttpMethod.Put, place) { Content = new StreamContent(content) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(contentType);
        return (int)(await _http.SendAsync(request, _options.TransferTimeout, cancellationToken)).Status;
    }

    public void Dispose() => _http.Dispose();

    private string Callback(string key, long tenantId, string job, string app) =>
        VendorCallback.Usual(_options.WebhookUrl, ProviderNames.Fal) is { } url ? "?fal_webhook=" + Uri.EscapeDataString(new VendorCallback(tenantId, job, app).Address(url, key)) : "";

    private async Task<FalAnswer> SendAsync(string key, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.TryAddWithoutValidation("Authorization", "Key " + key);
        var answer = await _http.SendAsync(request, _options.CallTimeout, cancellationToken);
        return new FalAnswer(
            answer.Status, answer.Json, answer.Text.Contains("nginx", StringComparison.OrdinalIgnoreCase), answer.Header("x-fal-request-id"), answer.Header("X-Fal-Error-Type"), answer.RetryAfter,
            decimal.TryParse(answer.Header("X-Fal-Billable-Units"), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var units) ? units : null);
    }

    private static string Expiring(TimeSpan life) => $$"""{"expiration_duration_seconds":{{(long)life.TotalSeconds}}}""";
}
