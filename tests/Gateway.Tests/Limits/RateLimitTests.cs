using System.Net;
using System.Net.WebSockets;
using Gateway.Tests.Support;
using StackExchange.Redis;
using Testing;
using Xunit;

namespace Gateway.Tests.Limits;

public sealed class RateLimitTests
{
    // One request a minute flows in: what a test uses up stays used up.
    private static readonly Dictionary<string, string?> Tight = new() { ["RateLimits:PerMinute"] = "1", ["RateLimits:Burst"] = "5" };

    [Fact]
    public async Task Past_the_burst_it_is_429_with_the_time_to_wait()
    {
        await using var app = await GatewayApp.StartAsync(Tight);
        for (var left = 4; left >= 0; left--)
        {
            var answer = await app.Demo.GetAsync("/pipelines");
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal("\"sustained\";q=1;w=60, \"burst\";q=5;w=300", answer.Header("RateLimit-Policy"));
            Assert.StartsWith($"\"burst\";r={left};t=", answer.Header("RateLimit"), StringComparison.Ordinal);
        }

        var before = app.Pipelines.Requests.Count;
        var refused = await app.Demo.GetAsync("/pipelines");
        await refused.ProblemAsync(429, "rate-limited");
        Assert.InRange(int.Parse(refused.Header("Retry-After")), 50, 60);
        Assert.StartsWith("\"burst\";r=0;t=", refused.Header("RateLimit"), StringComparison.Ordinal);
        Assert.Equal(before, app.Pipelines.Requests.Count);
    }

    [Fact]
    public async Task Each_key_has_its_own_and_all_gateways_count_together()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var app = await GatewayApp.StartAsync(Tight, database: database);
        var redis = app.Services.GetService(typeof(IConnectionMultiplexer)) as IConnectionMultiplexer;
        await using var other = await GatewayApp.StartAsync(
            new(Tight) { ["ConnectionStrings:redis"] = $"{TestServers.Redis},defaultDatabase={redis!.GetDatabase().Database}" }, database: database);
        var (_, key) = await app.MakeKeyAsync("read");
        for (var index = 0; index < 4; index++)
        {
            Assert.Equal(HttpStatusCode.OK, (await app.Demo.GetAsync("/pipelines")).StatusCode);
        }

        await (await other.Demo.GetAsync("/pipelines")).ProblemAsync(429, "rate-limited");
        Assert.Equal(HttpStatusCode.OK, (await other.Client(key).GetAsync("/pipelines")).StatusCode);
    }

    [Fact]
    public async Task Signing_in_with_a_key_gives_no_second_bucket()
    {
        await using var app = await GatewayApp.StartAsync(Tight);
        var answer = await app.Http.PostAsync("/session", new StringContent($$"""{"api_key":"{{GatewayApp.DemoKey}}"}""", System.Text.Encoding.UTF8, "application/json"));
        var cookie = answer.Header("Set-Cookie").Split(';')[0];
        for (var index = 0; index < 5; index++)
        {
            await app.Demo.GetAsync("/pipelines");
        }

        await (await app.Http.SendAsync(new HttpRequestMessage(HttpMethod.Get, "/pipelines").With("Cookie", cookie))).ProblemAsync(429, "rate-limited");
    }

    [Fact]
    public async Task Pictures_and_videos_are_counted_apart()
    {
        await using var app = await GatewayApp.StartAsync(Tight);
        for (var index = 0; index < 20; index++)
        {
            var answer = await app.Demo.GetAsync("/assets/1/content");
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Contains("\"media\";q=2000", answer.Header("RateLimit-Policy"), StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.OK, (await app.Demo.GetAsync("/pipelines")).StatusCode);
    }

    [Fact]
    public async Task Unknown_callers_are_limited_by_address_and_guesses_do_not_reach_the_database()
    {
        await using var app = await GatewayApp.StartAsync(new() { ["RateLimits:AddressPerMinute"] = "1", ["RateLimits:AddressBurst"] = "4" });

        // The first call with a key that is not yet known here counts against the address too.
        Assert.Equal(HttpStatusCode.OK, (await app.Demo.GetAsync("/pipelines")).StatusCode);
        await (await app.Http.GetAsync("/session")).JsonAsync();
        for (var guess = 0; guess < 2; guess++)
        {
            await (await app.Client($"pk_guess{guess}").GetAsync("/pipelines")).ProblemAsync(401, "unauthenticated");
        }

        await (await app.Client("pk_guess").GetAsync("/pipelines")).ProblemAsync(429, "rate-limited");
        await (await app.Http.GetAsync("/session")).ProblemAsync(429, "rate-limited");
        Assert.Equal(HttpStatusCode.OK, (await app.Demo.GetAsync("/pipelines")).StatusCode);
    }

    [Theory]
    [InlineData("/healthz")]
    [InlineData("/readyz")]
    [InlineData("/static/app.js")]
    public async Task Health_and_built_files_are_never_limited(string path)
    {
        await using var app = await GatewayApp.StartAsync(new() { ["RateLimits:AddressPerMinute"] = "1", ["RateLimits:AddressBurst"] = "1" });
        for (var index = 0; index < 5; index++)
        {
            Assert.Equal(HttpStatusCode.OK, (await app.Http.GetAsync(path)).StatusCode);
        }
    }

    [Fact]
    public async Task Sockets_and_streams_held_open_are_limited_and_given_back()
    {
        await using var app = await GatewayApp.StartAsync(new() { ["RateLimits:Streams"] = "2" });
        using var first = await ConnectAsync(app);
        var stream = await app.Demo.SendAsync(EventStream(), HttpCompletionOption.ResponseHeadersRead);

        await (await app.Demo.SendAsync(EventStream())).ProblemAsync(429, "too-many-streams");
        await Assert.ThrowsAsync<WebSocketException>(() => ConnectAsync(app));
        Assert.Equal(HttpStatusCode.OK, (await app.Demo.GetAsync("/pipelines")).StatusCode);

        stream.Dispose();
        await first.CloseAsync(WebSocketCloseStatus.NormalClosure, null, default);
        await Eventually.HoldsAsync(async () =>
        {
            using var again = await app.Demo.SendAsync(EventStream(), HttpCompletionOption.ResponseHeadersRead);
            return again.StatusCode == HttpStatusCode.OK;
        });
    }

    [Fact]
    public async Task Without_redis_the_gateway_starts_and_counts_for_itself()
    {
        await using var app = await GatewayApp.StartAsync(new(Tight) { ["ConnectionStrings:redis"] = "127.0.0.1:1" });
        for (var index = 0; index < 5; index++)
        {
            Assert.Equal(HttpStatusCode.OK, (await app.Demo.GetAsync("/pipelines")).StatusCode);
        }

        await (await app.Demo.GetAsync("/pipelines")).ProblemAsync(429, "rate-limited");
        var ready = await (await app.Http.GetAsync("/readyz")).JsonAsync();
        Assert.Equal("degraded", (string?)ready["checks"]!["redis"]);
    }

    [Fact]
    public async Task Redis_that_stops_answering_holds_nobody_up_and_is_used_again_later()
    {
        using var relay = new Relay(TestServers.Redis);
        await using var app = await GatewayApp.StartAsync(new()
        {
            ["ConnectionStrings:redis"] = relay.Address + ",defaultDatabase=15",
            ["RateLimits:PerMinute"] = "1",
            ["RateLimits:Burst"] = "50",
            ["RateLimits:RedisTimeout"] = "00:00:02",
            ["RateLimits:RedisPause"] = "00:00:00.100",
        });
        var (id, key) = await app.MakeKeyAsync("read");
        using var client = app.Client(key);
        Assert.StartsWith("\"burst\";r=49", (await client.GetAsync("/pipelines")).Header("RateLimit"), StringComparison.Ordinal);
        Assert.StartsWith("\"burst\";r=48", (await client.GetAsync("/pipelines")).Header("RateLimit"), StringComparison.Ordinal);

        relay.Freeze();
        var answer = await client.GetAsync("/pipelines");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.StartsWith("\"burst\";r=49", answer.Header("RateLimit"), StringComparison.Ordinal);
        Assert.Contains(app.Logs.Lines, line => line.StartsWith("Warning", StringComparison.Ordinal) && line.Contains("counts requests for itself", StringComparison.Ordinal));

        // Of the shared count, what was on its way when it froze may still be taken; more is taken only when it is asked again.
        var shared = await SharedAsync();
        relay.Thaw();
        await Eventually.HoldsAsync(async () =>
        {
            await client.GetAsync("/pipelines");
            return await SharedAsync() < shared - 1.5;
        });

        async Task<double> SharedAsync()
        {
            using var redis = await ConnectionMultiplexer.ConnectAsync(TestServers.Redis);
            return (double)await redis.GetDatabase(15).HashGetAsync($"gateway:rate:burst:1:key:{id}", "tokens");
        }
    }

    private static HttpRequestMessage EventStream() => new HttpRequestMessage(HttpMethod.Get, "/events").With("Accept", "text/event-stream");

    private static async Task<ClientWebSocket> ConnectAsync(GatewayApp app)
    {
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Authorization", "Bearer " + GatewayApp.DemoKey);
        await socket.ConnectAsync(new Uri($"ws://{app.Address.Authority}/events"), default);
        return socket;
    }
}
