using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using Providers.Http;
using Providers.Keys;
using Providers.Webhooks;

namespace Providers.Replicate;

/// <summary>Calls Replicate's API, with the token of whom it is for. It goes to its one origin: addresses in answers are never called with it, redirects are not followed.</summary>
internal sealed class ReplicateClient(IOptions<ReplicateOptions> options, TimeProvider time) : IDisposable
{
    /// <summary>Carries our key of the request. Replicate passes over headers that it does not know; the sandbox counts by it.</summary>
    public const string JobHeader = "X-Pipeline-Job";

    private readonly ReplicateOptions _options = options.Value;
    private readonly VendorHttp _http = new("Replicate", time);

    public Uri Base => _options.BaseUrl;

    /// <summary>Asks for a prediction and does not wait for it: without <c>Prefer: wait</c> the answer comes at once.</summary>
    /// <param name="model">Owner and name of an official model.</param>
    public Task<ReplicateAnswer> CreateAsync(VendorKey account, string model, JsonObject input, long tenantId, string job, CancellationToken cancellationToken)
    {
        var request = Request(account.Value, HttpMethod.Post, $"/v1/models/{model}/predictions");
        var body = new JsonObject { ["input"] = input };
        // Calls for another account are signed with a secret that is not known here.
        if (!account.Own && VendorCallback.Usual(_options.WebhookUrl, ProviderNames.Replicate) is { } callback)
        {
            body["webhook"] = new VendorCallback(tenantId, job).Address(callback, account.Value);
            body["webhook_events_filter"] = new JsonArray("completed");
        }

        request.Content = VendorHttp.Json(body);
        request.Headers.Add(JobHeader, new string([.. job.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or '-' ? letter : '_').Take(200)]));
        return SendAsync(request, _options.CallTimeout, cancellationToken);
    }

    public Task<ReplicateAnswer> GetAsync(string key, ReplicateHandle prediction, CancellationToken cancellationToken) =>
        SendAsync(Request(key, HttpMethod.Get, prediction.Path), _options.CallTimeout, cancellationToken);

    public Task<ReplicateAnswer> CancelAsync(string key, ReplicateHandle prediction, CancellationToken cancellationToken) =>
        SendAsync(Request(key, HttpMethod.Post, prediction.Path + "/cancel"), _options.CallTimeout, cancellationToken);

    public Task<ReplicateAnswer> UploadAsync(string key, Stream content, string contentType, string fileName, CancellationToken cancellationToken)
    {
        var file = new StreamContent(content);
        file.Headers.ContentType = new MediaTypeHeaderValue(contentType);
        // In quotes: not every server reads them without.
        file.Headers.ContentDisposition = new ContentDispositionHeaderValue("form-data") { Name = "\"content\"", FileName = $"\"{fileName}\"" };
        var request = Request(key, HttpMethod.Post, "/v1/files");
        request.Content = new MultipartFormDataContent { file };
        return SendAsync(request, _options.TransferTimeout, cancellationToken);
    }

    /// <summary>Whose token it is; costs nothing.</summary>
    public Task<ReplicateAnswer> AccountAsync(string key, CancellationToken cancellationToken) =>
        SendAsync(Request(key, HttpMethod.Get, "/v1/account"), _options.CallTimeout, cancellationToken);

    public void Dispose() => _http.Dispose();

    private HttpRequestMessage Request(string key, HttpMethod method, string path)
    {
        var request = new HttpRequestMessage(method, new Uri(_options.BaseUrl, path));
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + key);
        return request;
    }

    private async Task<ReplicateAnswer> SendAsync(HttpRequestMessage request, TimeSpan limit, CancellationToken cancellationToken)
    {
        var answer = await _http.SendAsync(request, limit, cancellationToken);
        return new ReplicateAnswer(answer.Status, answer.Json, answer.RetryAfter);
    }
}

/// <summary>One answer of Replicate, read. It repeats the prompt in many places, so nothing of its texts is passed on.</summary>
/// <param name="Json">Null when the body is not JSON.</param>
/// <param name="RetryAfter">As in the header.</param>
internal sealed record ReplicateAnswer(HttpStatusCode Status, JsonElement? Json, TimeSpan? RetryAfter = null)
{
    public bool Ok => (int)Status is >= 200 and < 300;

    public string? Text(string name) =>
        Json is { ValueKind: JsonValueKind.Object } body && body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    public JsonElement? Value(string name) => Json is { ValueKind: JsonValueKind.Object } body && body.TryGetProperty(name, out var value) ? value : null;
}
