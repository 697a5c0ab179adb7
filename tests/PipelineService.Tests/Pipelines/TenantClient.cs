using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace PipelineService.Tests.Pipelines;

/// <summary>One tenant's view of the API: plain JSON.</summary>
public sealed class TenantClient(PipelinesHost host, long tenantId, HttpClient http)
{
    public long TenantId => tenantId;

    public PipelinesHost Host => host;

    public HttpClient Http => http;

    public async Task<JsonNode> GetAsync(string path, HttpStatusCode expected = HttpStatusCode.OK) => await ReadAsync(await http.GetAsync(path), expected);

    public async Task<JsonNode> PostAsync(string path, object? body, HttpStatusCode expected) =>
        await ReadAsync(await http.PostAsync(path, Content(body)), expected);

    public async Task<JsonNode> PutAsync(string path, object body, HttpStatusCode expected, string? ifMatch = null) =>
        await ReadAsync(await SendAsync(HttpMethod.Put, path, body, ifMatch), expected);

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, object? body = null, string? ifMatch = null)
    {
        var request = new HttpRequestMessage(method, path) { Content = Content(body) };
        if (ifMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        }

        return await http.SendAsync(request);
    }

    /// <summary>Creates a pipeline of images of this tenant's and starts it.</summary>
    public async Task<long> StartAsync(Func<long[], object> request, int images = 1)
    {
        var id = await CreateAsync(request, images);
        await PostAsync($"/pipelines/{id}/run", null, HttpStatusCode.Accepted);
        return id;
    }

    public async Task<long> CreateAsync(Func<long[], object> request, int images = 1)
    {
        var assets = new long[images];
        for (var index = 0; index < images; index++)
        {
            assets[index] = await host.AddAssetAsync(tenantId);
        }

        return (await PostAsync("/pipelines", request(assets), HttpStatusCode.Created)).Id();
    }

    public Task<JsonNode> PipelineAsync(long id) => GetAsync($"/pipelines/{id}");

    /// <summary>The pipeline once it has come to this state.</summary>
    public Task<JsonNode> UntilAsync(long id, string status, string? reason = null) => Testing.Eventually.GetAsync(
        () => PipelineAsync(id), pipeline => pipeline.Text("status") == status && (reason is null || pipeline["status_reason"]?.GetValue<string>() == reason));

    public static async Task<JsonNode> ReadAsync(HttpResponseMessage response, HttpStatusCode expected)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == expected, $"{(int)response.StatusCode} instead of {(int)expected}: {text}");
        return text.Length == 0 ? new JsonObject() : JsonNode.Parse(text)!;
    }

    /// <summary>A string is sent as it is.</summary>
    private static HttpContent? Content(object? body) => body switch
    {
        null => null,
        string text => new StringContent(text, Encoding.UTF8, "application/json"),
        _ => JsonContent.Create(body),
    };
}
