using System.Net;
using System.Text.Json.Nodes;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Reference;

public sealed class ReferenceTests(GatewayFixture fixture) : IClassFixture<GatewayFixture>
{
    private readonly GatewayApp _app = fixture.App;

    [Fact]
    public async Task The_document_is_one_for_all_services_and_open()
    {
        var document = await DocumentAsync();

        Assert.StartsWith("3.1", (string?)document["openapi"], StringComparison.Ordinal);
        var paths = document["paths"]!.AsObject().Select(pair => pair.Key).ToList();
        Assert.Superset(new HashSet<string> { "/pipelines/{id}", "/models", "/session", "/session/demo", "/api-keys", "/api-keys/{id}", "/healthz", "/readyz" }, paths.ToHashSet());
        Assert.DoesNotContain("/internal/secret", paths);
        Assert.DoesNotContain("/assets", paths);
    }

    [Fact]
    public async Task Every_operation_is_complete()
    {
        var document = await DocumentAsync();
        var ids = new HashSet<string>();
        foreach (var (path, item) in document["paths"]!.AsObject())
        {
            foreach (var (verb, operation) in item!.AsObject())
            {
                var where = $"{verb} {path}";
                Assert.True(ids.Add((string)operation!["operationId"]!), where);
                Assert.NotEmpty(operation["tags"]!.AsArray());
                foreach (var (status, reference) in operation["responses"]!.AsObject().Where(_ => !path.EndsWith('z')))
                {
                    var answer = (string?)reference!["$ref"] is { } target ? document["components"]!["responses"]![target.Split('/')[^1]] : reference;
                    Assert.NotNull(answer!["headers"]!["RateLimit"]);
                    foreach (var (_, media) in answer["content"]?.AsObject() ?? [])
                    {
                        Assert.True(media!["example"] is not null, $"{where} {status} has no example");
                    }

                    Assert.True(int.Parse(status) < 400 || answer["content"]!["application/problem+json"] is not null, $"{where} {status} is no problem");
                }
            }
        }

        Assert.NotNull(document["components"]!["responses"]!["Problem429"]!["headers"]!["Retry-After"]);
    }

    [Fact]
    public async Task Every_reference_leads_somewhere()
    {
        var document = await DocumentAsync();
        var open = new Stack<JsonNode?>([document]);
        while (open.TryPop(out var node))
        {
            if (node is JsonObject parent)
            {
                if (parent["$ref"] is JsonValue reference)
                {
                    var target = ((string)reference!).TrimStart('#', '/').Split('/').Aggregate((JsonNode?)document, (at, name) => at?[name]);
                    Assert.True(target is not null, (string?)reference);
                }

                foreach (var child in parent)
                {
                    open.Push(child.Value);
                }
            }
            else if (node is JsonArray children)
            {
                foreach (var child in children)
                {
                    open.Push(child);
                }
            }
        }
    }

    [Fact]
    public async Task It_is_not_sent_again_unchanged()
    {
        var first = await _app.Http.GetAsync("/openapi.json");
        var again = await _app.Http.SendAsync(new HttpRequestMessage(HttpMethod.Get, "/openapi.json").With("If-None-Match", first.Headers.ETag!.ToString()));

        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
    }

    [Fact]
    public async Task It_is_whole_or_not_there()
    {
        await using var app = await GatewayApp.StartAsync(new() { ["services:costservice:http:0"] = "http://127.0.0.1:1" });
        var answer = await app.Http.GetAsync("/openapi.json");

        await answer.ProblemAsync(503, "unavailable");
        Assert.Equal("2", answer.Header("Retry-After"));
    }

    [Theory]
    [InlineData("/docs", "text/html")]
    [InlineData("/docs/reference.js", "text/javascript")]
    [InlineData("/docs/reference.css", "text/css")]
    public async Task The_page_that_shows_it_needs_nothing_from_elsewhere(string path, string type)
    {
        var answer = await _app.Http.GetAsync(path);
        var text = await answer.Content.ReadAsStringAsync();

        Assert.Equal(type, answer.Content.Headers.ContentType?.MediaType);
        Assert.NotEmpty(text);
        Assert.DoesNotContain("https://", text, StringComparison.Ordinal);
        await (await _app.Http.GetAsync("/docs/other.js")).ProblemAsync(404, "not-found");
    }

    private async Task<JsonNode> DocumentAsync() => await (await _app.Http.GetAsync("/openapi.json")).JsonAsync();
}
