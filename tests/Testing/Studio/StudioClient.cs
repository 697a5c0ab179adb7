using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Testing.Studio;

/// <summary>The public API as a client sees it: plain JSON.</summary>
public sealed class StudioClient : IDisposable
{
    private readonly HttpClient _http;
    private readonly Uri _address;
    private readonly string _apiKey;

    public StudioClient(Uri address, string apiKey)
    {
        (_address, _apiKey) = (address, apiKey);
        _http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(30) };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", apiKey);
    }

    public Task ReadyAsync() => Eventually.HoldsAsync(
        async () =>
        {
            try
            {
                return (await _http.GetAsync("/readyz")).IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        },
        TimeSpan.FromSeconds(180));

    public async Task<JsonNode> GetAsync(string path) => await ReadAsync(await _http.GetAsync(path), HttpStatusCode.OK);

    public Task<HttpResponseMessage> RawGetAsync(string path) => _http.GetAsync(path);

    public async Task<JsonNode> PostAsync(string path, object? body = null, HttpStatusCode expected = HttpStatusCode.Accepted) =>
        await ReadAsync(await RawPostAsync(path, body), expected);

    public Task<HttpResponseMessage> RawPostAsync(string path, object? body = null) =>
        _http.PostAsync(path, body is null ? null : JsonContent.Create(body));

    public async Task<JsonNode> PutAsync(string path, object body, HttpStatusCode expected = HttpStatusCode.OK) =>
        await ReadAsync(await _http.PutAsync(path, JsonContent.Create(body)), expected);

    public Task<HttpResponseMessage> DeleteAsync(string path) => _http.DeleteAsync(path);

    /// <summary>Uploads pictures and returns their asset ids, in order.</summary>
    public async Task<long[]> UploadAsync(params (string Name, byte[] Content)[] files)
    {
        using var form = new MultipartFormDataContent();
        foreach (var (name, content) in files)
        {
            form.Add(new ByteArrayContent(content), "files", name);
        }

        var answer = await ReadAsync(await _http.PostAsync("/assets", form), HttpStatusCode.Created);
        return [.. answer["data"]!.AsArray().Select(asset => asset!["id"]!.GetValue<long>())];
    }

    /// <summary>Posts a form.</summary>
    public async Task<JsonNode> PostFormAsync(string path, MultipartFormDataContent form, HttpStatusCode expected = HttpStatusCode.OK) =>
        await ReadAsync(await _http.PostAsync(path, form), expected);

    /// <summary>The pipeline when it has come to one of the states. A service that is away for a moment is waited for.</summary>
    public Task<JsonNode> UntilAsync(long pipeline, TimeSpan limit, params string[] statuses) => UntilAsync(pipeline, limit, null, statuses);

    /// <param name="every">Wait between two looks.</param>
    public Task<JsonNode> UntilAsync(long pipeline, TimeSpan limit, TimeSpan? every, params string[] statuses) => Eventually.GetAsync(
        async () =>
        {
            try
            {
                var response = await _http.GetAsync($"/pipelines/{pipeline}");
                return response.StatusCode == HttpStatusCode.ServiceUnavailable ? Unreachable() : await ReadAsync(response, HttpStatusCode.OK);
            }
            catch (HttpRequestException)
            {
                return Unreachable();
            }
        },
        answer => statuses.Contains(answer["status"]!.GetValue<string>()),
        limit,
        every);

    /// <summary>A connected WebSocket on a pipeline's feed, from its first event.</summary>
    public async Task<StudioFeed> SubscribeAsync(long pipeline, CancellationToken cancellationToken) =>
        new(await ConnectAsync($"/pipelines/{pipeline}/events", "after=0", cancellationToken));

    public async Task<ClientWebSocket> ConnectAsync(string path, string query, CancellationToken cancellationToken)
    {
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Authorization", "Bearer " + _apiKey);
        await socket.ConnectAsync(new UriBuilder(_address) { Scheme = "ws", Path = path, Query = query }.Uri, cancellationToken);
        return socket;
    }

    /// <summary>All events of a pipeline, until one says that it has ended.</summary>
    public async Task<List<JsonNode>> EventsUntilEndAsync(long pipeline, CancellationToken cancellationToken)
    {
        await using var feed = await SubscribeAsync(pipeline, cancellationToken);
        var events = new List<JsonNode>();
        while (!events.Exists(Ends))
        {
            events.AddRange(await feed.NextAsync(cancellationToken));
        }

        return events;
    }

    public void Dispose() => _http.Dispose();

    private static JsonObject Unreachable() => new() { ["status"] = "unreachable" };

    private static bool Ends(JsonNode progress) => progress["event"]!.GetValue<string>() == "pipeline_status"
        && progress["data"]!["status"]!.GetValue<string>() is "completed" or "failed" or "cancelled";

    private static async Task<JsonNode> ReadAsync(HttpResponseMessage response, HttpStatusCode expected)
    {
        var text = await response.Content.ReadAsStringAsync();
        if (response.StatusCode != expected)
        {
            throw new InvalidOperationException($"{(int)response.StatusCode} instead of {(int)expected}: {text}");
        }

        return text.Length == 0 ? new JsonObject() : JsonNode.Parse(text)!;
    }
}
