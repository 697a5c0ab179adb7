using System.Net;
using System.Net.Http.Json;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Accounts;

public sealed class SessionTests(GatewayFixture fixture) : IClassFixture<GatewayFixture>
{
    private readonly GatewayApp _app = fixture.App;

    [Fact]
    public async Task Nobody_signed_in_is_an_answer_too()
    {
        var session = await (await _app.Http.GetAsync("/session")).JsonAsync();

        Assert.Equal("""{"signed_in":false,"demo_available":true,"user":null,"workspace":null}""", session.ToJsonString());
    }

    [Fact]
    public async Task The_demo_workspace_is_one_click_away()
    {
        var answer = await _app.Http.PostAsync("/session/demo", null);
        var session = await answer.JsonAsync();

        Assert.True((bool)session["signed_in"]!);
        Assert.Equal("Demo", (string?)session["workspace"]!["name"]);
        Assert.Equal("Demo", (string?)session["user"]!["name"]);
        var cookie = answer.Header("Set-Cookie");
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("path=/", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("secure", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("no-store", answer.Header("Cache-Control"));
    }

    [Fact]
    public async Task A_session_reads_and_is_the_workspace_for_the_services()
    {
        var cookie = await _app.SignInAsync();
        var answer = await _app.Http.SendAsync(new HttpRequestMessage(HttpMethod.Get, "/pipelines/5").With("Cookie", cookie));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.NotNull(_app.Pipelines.Last.Caller!.UserId);
        Assert.Null(_app.Pipelines.Last.Caller!.KeyId);
        Assert.Equal("Demo", _app.Pipelines.Last.Caller!.Name);
        Assert.Equal(["read", "run", "admin"], _app.Pipelines.Last.Caller!.Scopes);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("null")]
    [InlineData("https://evil.example")]
    [InlineData("http://127.0.0.1:1")]
    public async Task A_cookie_alone_changes_nothing_from_another_page(string? origin)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/pipelines").With("Cookie", await _app.SignInAsync());
        if (origin is not null)
        {
            request.With("Origin", origin);
        }

        await (await _app.Http.SendAsync(request)).ProblemAsync(403, "origin");
    }

    [Fact]
    public async Task A_cookie_changes_things_from_the_gateways_own_page()
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/pipelines").With("Cookie", await _app.SignInAsync()).With("Origin", _app.Origin);

        Assert.Equal(HttpStatusCode.OK, (await _app.Http.SendAsync(request)).StatusCode);
    }

    [Fact]
    public async Task A_key_needs_no_origin()
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/pipelines").With("Origin", "https://elsewhere.example");

        Assert.Equal(HttpStatusCode.OK, (await _app.Demo.SendAsync(request)).StatusCode);
    }

    [Fact]
    public async Task Another_page_cannot_sign_anyone_in()
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/session/demo").With("Origin", "https://evil.example");
        var answer = await _app.Http.SendAsync(request);

        await answer.ProblemAsync(403, "origin");
        Assert.Equal(string.Empty, answer.Header("Set-Cookie"));
    }

    [Fact]
    public async Task An_allowed_origin_may_use_the_cookie()
    {
        await using var app = await GatewayApp.StartAsync(new() { ["Sessions:AllowedOrigins:0"] = "http://localhost:5173" });
        var request = new HttpRequestMessage(HttpMethod.Post, "/pipelines").With("Cookie", await app.SignInAsync()).With("Origin", "http://localhost:5173");

        Assert.Equal(HttpStatusCode.OK, (await app.Http.SendAsync(request)).StatusCode);
    }

    [Fact]
    public async Task Signing_out_ends_the_session_at_once()
    {
        var cookie = await _app.SignInAsync();
        Assert.Equal(HttpStatusCode.OK, (await _app.Http.SendAsync(new HttpRequestMessage(HttpMethod.Get, "/pipelines").With("Cookie", cookie))).StatusCode);

        var answer = await _app.Http.SendAsync(new HttpRequestMessage(HttpMethod.Delete, "/session").With("Cookie", cookie).With("Origin", _app.Origin));

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Contains("expires=Thu, 01 Jan 1970", answer.Header("Set-Cookie"), StringComparison.Ordinal);
        await (await _app.Http.SendAsync(new HttpRequestMessage(HttpMethod.Get, "/pipelines").With("Cookie", cookie))).ProblemAsync(401, "unauthenticated");
    }

    [Fact]
    public async Task A_session_signed_in_with_a_key_has_its_scopes_and_ends_with_it()
    {
        var (id, key) = await _app.MakeKeyAsync("read");
        var answer = await _app.Http.PostAsJsonAsync("/session", new { api_key = key });
        var session = await answer.JsonAsync();
        Assert.Null(session["user"]);
        Assert.Equal("Demo", (string?)session["workspace"]!["name"]);
        var cookie = answer.Header("Set-Cookie").Split(';')[0];

        await _app.Http.SendAsync(new HttpRequestMessage(HttpMethod.Get, "/pipelines").With("Cookie", cookie));
        Assert.Equal(id, _app.Pipelines.Last.Caller!.KeyId);
        var write = new HttpRequestMessage(HttpMethod.Post, "/pipelines").With("Cookie", cookie).With("Origin", _app.Origin);
        await (await _app.Http.SendAsync(write)).ProblemAsync(403, "forbidden");

        await _app.Demo.DeleteAsync($"/api-keys/{id}");
        await (await _app.Http.SendAsync(new HttpRequestMessage(HttpMethod.Get, "/pipelines").With("Cookie", cookie))).ProblemAsync(401, "unauthenticated");
    }

    [Fact]
    public async Task A_wrong_key_signs_nobody_in()
    {
        await (await _app.Http.PostAsJsonAsync("/session", new { api_key = "pk_wrong" })).ProblemAsync(401, "unauthenticated");
        var problem = await (await _app.Http.PostAsJsonAsync("/session", new { })).ProblemAsync(422, "validation");
        Assert.NotNull(problem["errors"]!["/api_key"]);
    }

    [Fact]
    public async Task An_expired_session_is_over()
    {
        var cookie = await _app.SignInAsync();
        await using (var source = Npgsql.NpgsqlDataSource.Create(_app.Database.ConnectionString))
        await using (var expire = source.CreateCommand("update gateway.sessions set expires_at = now() - interval '1 second'"))
        {
            await expire.ExecuteNonQueryAsync();
        }

        await (await _app.Http.SendAsync(new HttpRequestMessage(HttpMethod.Get, "/pipelines").With("Cookie", cookie))).ProblemAsync(401, "unauthenticated");
    }

    [Fact]
    public async Task Only_hashes_are_stored()
    {
        var token = (await _app.SignInAsync()).Split('=')[1];
        var (_, key) = await _app.MakeKeyAsync("read");
        await using var source = Npgsql.NpgsqlDataSource.Create(_app.Database.ConnectionString);
        await using var dump = source.CreateCommand("select string_agg(row::text, ' ') from (select * from gateway.sessions) row union all select string_agg(row::text, ' ') from (select * from gateway.api_keys) row");
        await using var reader = await dump.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            Assert.DoesNotContain(token, reader.GetString(0), StringComparison.Ordinal);
            Assert.DoesNotContain(key, reader.GetString(0), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Outside_development_there_is_no_demo_workspace()
    {
        await using var app = await GatewayApp.StartAsync(environment: "Production");

        await (await app.Http.PostAsync("/session/demo", null)).ProblemAsync(404, "not-found");
        Assert.False((bool)(await (await app.Http.GetAsync("/session")).JsonAsync())["demo_available"]!);
        await (await app.Demo.GetAsync("/pipelines")).ProblemAsync(401, "unauthenticated");
    }
}
