using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Proxy;

public sealed class ProxyTests(GatewayFixture fixture) : IClassFixture<GatewayFixture>
{
    private readonly GatewayApp _app = fixture.App;

    [Theory]
    [InlineData("/pipelines?status=running&q=a%20b")]
    [InlineData("/pipelines/7")]
    [InlineData("/assets/3/content")]
    public async Task Pipelines_and_assets_are_the_pipeline_services(string path)
    {
        Assert.Equal(HttpStatusCode.OK, (await _app.Demo.GetAsync(path)).StatusCode);

        Assert.Equal(Uri.UnescapeDataString(path), Uri.UnescapeDataString(_app.Pipelines.Last.Path));
    }

    [Fact]
    public async Task Models_are_the_cost_services()
    {
        Assert.Equal(HttpStatusCode.OK, (await _app.Demo.GetAsync("/models")).StatusCode);

        Assert.Equal("/models", _app.Costs.Last.Path);
    }

    [Theory]
    [InlineData("/internal/secret")]
    [InlineData("/pipelines/../internal/secret")]
    [InlineData("/pipelines/%2e%2e/internal/secret")]
    [InlineData("/openapi/v1.json")]
    public async Task What_is_not_public_of_a_service_is_not_there(string path)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_app.Origin + path, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));

        await (await _app.Demo.SendAsync(request)).ProblemAsync(404, "not-found");
    }

    [Fact]
    public async Task Services_learn_who_is_calling_from_the_internal_token_alone()
    {
        var (id, key) = await _app.MakeKeyAsync("read", "run");
        var request = new HttpRequestMessage(HttpMethod.Get, "/pipelines/7").With("Cookie", "pipeline_session=x; other=y").With("X-Internal-Tenant", "99")
            .With("X-Forwarded-User", "root").With("X-Forwarded-For", "1.2.3.4").With("Forwarded", "for=1.2.3.4").With("X-Original-URL", "/internal/secret").With("Accept-Language", "de");
        await _app.Client(key).SendAsync(request);

        var seen = _app.Pipelines.Last;
        Assert.Equal(id, seen.Caller!.KeyId);
        Assert.Null(seen.Caller.UserId);
        Assert.Equal(["read", "run"], seen.Caller.Scopes);
        Assert.True(seen.Caller.TenantId > 0);
        Assert.DoesNotContain(key, string.Join(' ', seen.Headers.Values), StringComparison.Ordinal);
        Assert.DoesNotContain("1.2.3.4", string.Join(' ', seen.Headers.Values), StringComparison.Ordinal);
        foreach (var dropped in new[] { "Cookie", "X-Internal-Tenant", "X-Forwarded-User", "Forwarded", "X-Original-URL" })
        {
            Assert.False(seen.Headers.ContainsKey(dropped), dropped);
        }

        Assert.Equal("de", seen.Headers["Accept-Language"]);
    }

    [Fact]
    public async Task The_trace_goes_on_into_the_service()
    {
        var trace = ActivityTraceId.CreateRandom().ToHexString();
        await _app.Demo.SendAsync(new HttpRequestMessage(HttpMethod.Get, "/pipelines/7").With("traceparent", $"00-{trace}-00f067aa0ba902b7-01"));

        Assert.StartsWith($"00-{trace}-", _app.Pipelines.Last.Headers["traceparent"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_services_problem_passes_through_as_it_is()
    {
        var problem = await (await _app.Demo.GetAsync("/pipelines/invalid")).ProblemAsync(422, "validation");

        Assert.Equal("No such step.", (string?)problem["errors"]!["/steps/0"]![0]);
    }

    [Theory]
    [InlineData("text/event-stream")]
    [InlineData("image/*")]
    [InlineData("text/html")]
    public async Task A_problem_is_told_whatever_the_client_accepts(string accept)
    {
        await (await _app.Http.SendAsync(new HttpRequestMessage(HttpMethod.Get, "/events").With("Accept", accept))).ProblemAsync(401, "unauthenticated");
        await (await _app.Demo.SendAsync(new HttpRequestMessage(HttpMethod.Get, "/pipelines/nothing").With("Accept", accept))).ProblemAsync(404, "not-found");
        await (await _app.Demo.SendAsync(new HttpRequestMessage(HttpMethod.Get, "/pipelines/invalid").With("Accept", accept))).ProblemAsync(422, "validation");
    }

    [Fact]
    public async Task An_empty_404_of_a_service_becomes_a_problem() => await (await _app.Demo.GetAsync("/pipelines/nothing")).ProblemAsync(404, "not-found");

    [Theory]
    [InlineData("/pipelines/hang-up")]
    [InlineData("/pipelines/distrust")]
    public async Task A_service_that_fails_is_503_with_retry_after(string path)
    {
        var answer = await _app.Demo.GetAsync(path);

        await answer.ProblemAsync(503, "unavailable");
        Assert.Equal("2", answer.Header("Retry-After"));
        Assert.Equal(string.Empty, answer.Header("WWW-Authenticate"));
    }

    [Fact]
    public async Task A_service_that_is_away_is_503_and_the_gateway_is_not_ready()
    {
        await using var app = await GatewayApp.StartAsync(new() { ["services:costservice:http:0"] = "http://127.0.0.1:1" });

        await (await app.Demo.GetAsync("/models")).ProblemAsync(503, "unavailable");
        Assert.Equal(HttpStatusCode.OK, (await app.Demo.GetAsync("/pipelines")).StatusCode);
        var ready = await app.Http.GetAsync("/readyz");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        Assert.Contains("\"costservice\":\"unhealthy\"", await ready.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_gateway_is_ready_when_every_service_says_so()
    {
        await using var app = await GatewayApp.StartAsync();
        Assert.Equal(HttpStatusCode.OK, (await app.Http.GetAsync("/readyz")).StatusCode);

        app.Pipelines.IsReady = false;

        await Testing.Eventually.HoldsAsync(async () => (await app.Http.GetAsync("/readyz")).StatusCode == HttpStatusCode.ServiceUnavailable);
        Assert.Equal(HttpStatusCode.OK, (await app.Http.GetAsync("/healthz")).StatusCode);
    }

    [Fact]
    public async Task An_upload_passes_through_while_it_comes()
    {
        var bytes = RandomNumberGenerator.GetBytes(40_000_000);
        using var content = new PushContent(async body =>
        {
            await body.WriteAsync(bytes.AsMemory(0, 1_000_000));
            await body.FlushAsync();

            // The rest is sent only once the service has the beginning.
            Assert.True(await _app.Pipelines.FirstBytes.WaitAsync(TimeSpan.FromSeconds(30)));
            await body.WriteAsync(bytes.AsMemory(1_000_000));
        });

        var taken = await (await _app.Demo.PostAsync("/assets", content)).JsonAsync();

        Assert.Equal(bytes.Length, (long)taken["bytes"]!);
        Assert.Equal(Convert.ToHexString(SHA256.HashData(bytes)), (string?)taken["sha256"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_past_the_limit_is_413(bool lengthIsTold)
    {
        await using var app = await GatewayApp.StartAsync(new() { ["Proxy:MaxBodyBytes"] = "100000" });
        using var content = new PushContent(body => body.WriteAsync(new byte[200_000]).AsTask());
        content.Headers.ContentLength = lengthIsTold ? 200_000 : null;

        await (await app.Demo.PostAsync("/assets", content)).ProblemAsync(413, "too-large");
    }

    [Fact]
    public async Task Ranges_pass_through()
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/assets/3/content") { Headers = { Range = new RangeHeaderValue(10, 19) } };
        var answer = await _app.Demo.SendAsync(request);

        Assert.Equal(HttpStatusCode.PartialContent, answer.StatusCode);
        Assert.Equal(10, (await answer.Content.ReadAsByteArrayAsync()).Length);
    }

    [Fact]
    public async Task Events_pass_through_one_by_one_and_uncompressed()
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/events").With("Accept", "text/event-stream").With("Accept-Encoding", "gzip, br").With("Last-Event-ID", "7");
        using var answer = await _app.Demo.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync());

        Assert.Equal("id: 1", await reader.ReadLineAsync());
        Assert.Equal("data: first", await reader.ReadLineAsync());
        _app.Pipelines.Next.Release();
        Assert.Equal(string.Empty, await reader.ReadLineAsync());
        Assert.Equal("id: 2", await reader.ReadLineAsync());
        Assert.Equal(string.Empty, answer.Header("Content-Encoding"));
        Assert.NotEqual(string.Empty, answer.Header("RateLimit"));
    }

    [Fact]
    public async Task Sockets_pass_through_with_a_key()
    {
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Authorization", "Bearer " + GatewayApp.DemoKey);
        await socket.ConnectAsync(Events(), default);

        Assert.Equal("hello", await EchoAsync(socket, "hello"));
        var large = new string('x', 50_000);
        Assert.Equal(large, await EchoAsync(socket, large));
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, default);
        Assert.Equal("bye", socket.CloseStatusDescription);
    }

    [Fact]
    public async Task A_socket_with_a_cookie_needs_the_gateways_own_page()
    {
        var cookie = await _app.SignInAsync();
        using var own = Socket(cookie, _app.Origin);
        await own.ConnectAsync(Events(), default);
        Assert.Equal("hello", await EchoAsync(own, "hello"));

        foreach (var origin in new[] { null, "https://evil.example" })
        {
            using var foreign = Socket(cookie, origin);
            await Assert.ThrowsAsync<WebSocketException>(() => foreign.ConnectAsync(Events(), default));
            Assert.Equal(HttpStatusCode.Forbidden, foreign.HttpStatusCode);
        }
    }

    [Fact]
    public async Task A_socket_without_a_credential_is_refused()
    {
        using var socket = new ClientWebSocket { Options = { CollectHttpResponseDetails = true } };
        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(Events(), default));

        Assert.Equal(HttpStatusCode.Unauthorized, socket.HttpStatusCode);
    }

    [Fact]
    public async Task Json_is_compressed_for_those_who_take_it()
    {
        var answer = await _app.Demo.SendAsync(new HttpRequestMessage(HttpMethod.Get, "/models").With("Accept-Encoding", "br"));

        Assert.Equal("br", answer.Header("Content-Encoding"));
        Assert.InRange((await answer.Content.ReadAsByteArrayAsync()).Length, 1, 1000);
    }

    private Uri Events() => new($"ws://{_app.Address.Authority}/events");

    private static ClientWebSocket Socket(string cookie, string? origin)
    {
        var socket = new ClientWebSocket { Options = { CollectHttpResponseDetails = true } };
        socket.Options.SetRequestHeader("Cookie", cookie);
        if (origin is not null)
        {
            socket.Options.SetRequestHeader("Origin", origin);
        }

        return socket;
    }

    private static async Task<string> EchoAsync(ClientWebSocket socket, string text)
    {
        await socket.SendAsync(Encoding.UTF8.GetBytes(text).AsMemory(), WebSocketMessageType.Text, true, default);
        var echoed = new StringBuilder();
        var buffer = new byte[16 * 1024];
        while (true)
        {
            var received = await socket.ReceiveAsync(buffer.AsMemory(), default);
            echoed.Append(Encoding.UTF8.GetString(buffer, 0, received.Count));
            if (received.EndOfMessage)
            {
                return echoed.ToString();
            }
        }
    }

    private sealed class PushContent(Func<Stream, Task> write) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => write(stream);

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
