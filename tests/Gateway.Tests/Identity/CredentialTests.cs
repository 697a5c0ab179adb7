using System.Net;
using System.Net.Http.Json;
using Gateway.Identity;
using Gateway.Tests.Support;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Testing;
using Xunit;

namespace Gateway.Tests.Identity;

public sealed class CredentialTests(GatewayFixture fixture) : IClassFixture<GatewayFixture>
{
    private readonly GatewayApp _app = fixture.App;

    [Fact]
    public async Task Without_a_credential_it_is_401_and_says_how_to_sign_in()
    {
        var answer = await _app.Http.GetAsync("/pipelines");

        await answer.ProblemAsync(401, "unauthenticated");
        Assert.Equal("Bearer realm=\"pipeline\"", answer.Header("WWW-Authenticate"));
    }

    [Theory]
    [InlineData("Bearer pk_unknown")]
    [InlineData("Bearer ")]
    [InlineData("Basic cGs6cGs=")]
    [InlineData("nonsense")]
    public async Task A_bad_credential_is_401_and_reaches_no_service(string header)
    {
        var before = _app.Pipelines.Requests.Count;
        var answer = await _app.Http.SendAsync(new HttpRequestMessage(HttpMethod.Get, "/pipelines").With("Authorization", header));

        await answer.ProblemAsync(401, "unauthenticated");
        Assert.Contains("invalid_token", answer.Header("WWW-Authenticate"), StringComparison.Ordinal);
        Assert.Equal(before, _app.Pipelines.Requests.Count);
    }

    [Fact]
    public async Task A_bad_key_is_not_helped_by_a_good_cookie()
    {
        var cookie = await _app.SignInAsync();
        var request = new HttpRequestMessage(HttpMethod.Get, "/pipelines").With("Authorization", "Bearer pk_unknown").With("Cookie", cookie);

        await (await _app.Http.SendAsync(request)).ProblemAsync(401, "unauthenticated");
    }

    [Fact]
    public async Task An_internal_token_is_no_credential_outside()
    {
        var token = new ServiceDefaults.Identity.InternalToken(GatewayApp.SigningKey, TimeProvider.System).Issue(new(1, null, null, ["read", "run", "admin"]));

        await (await _app.Client(token).GetAsync("/pipelines")).ProblemAsync(401, "unauthenticated");
    }

    [Theory]
    [InlineData("read", "GET", "/pipelines", 200)]
    [InlineData("read", "POST", "/pipelines", 403)]
    [InlineData("read", "PUT", "/pipelines", 403)]
    [InlineData("read", "DELETE", "/pipelines", 403)]
    [InlineData("read", "GET", "/api-keys", 403)]
    [InlineData("run", "GET", "/pipelines", 403)]
    [InlineData("run", "POST", "/pipelines", 200)]
    [InlineData("run", "DELETE", "/pipelines", 200)]
    [InlineData("run", "POST", "/api-keys", 403)]
    [InlineData("run", "PUT", "/providers/fal/key", 403)]
    [InlineData("run", "DELETE", "/providers/fal/key/", 403)]
    [InlineData("admin", "POST", "/providers/fal/check", 403)]
    [InlineData("admin", "GET", "/api-keys", 200)]
    [InlineData("admin", "GET", "/pipelines", 403)]
    public async Task A_key_does_what_its_scope_allows(string scope, string method, string path, int status)
    {
        var (_, key) = await _app.MakeKeyAsync(scope);
        var answer = await _app.Client(key).SendAsync(new HttpRequestMessage(new HttpMethod(method), path));

        Assert.Equal(status, (int)answer.StatusCode);
        if (status == 403)
        {
            var problem = await answer.ProblemAsync(403, "forbidden");
            Assert.Contains($"the key has {scope}", (string)problem["detail"]!, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_revoked_key_is_refused_at_once()
    {
        var (id, key) = await _app.MakeKeyAsync("read");
        using var client = _app.Client(key);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/pipelines")).StatusCode);

        Assert.Equal(HttpStatusCode.NoContent, (await _app.Demo.DeleteAsync($"/api-keys/{id}")).StatusCode);

        await (await client.GetAsync("/pipelines")).ProblemAsync(401, "unauthenticated");
    }

    [Fact]
    public async Task A_key_revoked_at_another_gateway_is_refused_when_the_cache_runs_out()
    {
        await using var other = await GatewayApp.StartAsync(new() { ["Credentials:CacheFor"] = "00:00:00.200" }, database: await TestDatabase.CreateAsync());
        var (id, key) = await other.MakeKeyAsync("read");
        using var client = other.Client(key);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/pipelines")).StatusCode);

        await using (var source = Npgsql.NpgsqlDataSource.Create(other.Database.ConnectionString))
        await using (var revoke = source.CreateCommand($"update gateway.api_keys set revoked_at = now() where id = {id}"))
        {
            await revoke.ExecuteNonQueryAsync();
        }

        await Eventually.HoldsAsync(async () => (await client.GetAsync("/pipelines")).StatusCode == HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task What_is_revoked_while_it_is_looked_up_is_not_remembered()
    {
        var callers = _app.Services.GetRequiredService<KnownCallers>();
        var (_, key) = await _app.MakeKeyAsync("read");
        var credential = new Credential(CredentialKind.Key, Convert.ToHexString(Credential.HashOf(key)));

        var looking = callers.FindAsync(credential, default);
        callers.Forget(_ => true);
        Assert.NotNull(await looking);

        Assert.Null(callers.Remembered(credential));
    }

    [Fact]
    public void Every_endpoint_says_whether_it_is_open()
    {
        var undecided = _app.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null && endpoint.Metadata.GetMetadata<IAuthorizeData>() is null)
            .Select(endpoint => endpoint.RoutePattern.RawText);

        Assert.Empty(undecided);
    }

    [Fact]
    public async Task Secrets_are_never_logged()
    {
        var (_, key) = await _app.MakeKeyAsync("read", "run");
        var cookie = await _app.SignInAsync();
        await _app.Client(key).GetAsync("/pipelines/7");
        var internalToken = _app.Pipelines.Last.Headers["Authorization"]["Bearer ".Length..];
        await _app.Client("pk_a_key_that_nobody_knows").GetAsync("/pipelines");
        await _app.Http.SendAsync(new HttpRequestMessage(HttpMethod.Get, "/session").With("Cookie", cookie));
        var signedIn = await _app.Http.PostAsJsonAsync("/session", new { api_key = key });
        await _app.Client(key).GetAsync("/pipelines/hang-up");

        string[] secrets =
        [
            key, GatewayApp.DemoKey, GatewayApp.SigningKey, "pk_a_key_that_nobody_knows", internalToken,
            cookie.Split('=')[1], signedIn.Header("Set-Cookie").Split('=', ';')[1],
        ];
        var lines = _app.Logs.Lines.ToArray();
        Assert.Contains(lines, line => line.StartsWith("Debug", StringComparison.Ordinal) || line.StartsWith("Trace", StringComparison.Ordinal));
        foreach (var secret in secrets)
        {
            Assert.DoesNotContain(lines, line => line.Contains(secret, StringComparison.Ordinal));
        }
    }
}
