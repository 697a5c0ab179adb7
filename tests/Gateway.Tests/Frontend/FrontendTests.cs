using System.Net;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Frontend;

public sealed class FrontendTests(GatewayFixture fixture) : IClassFixture<GatewayFixture>
{
    private const string Browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
    private readonly GatewayApp _app = fixture.App;

    [Theory]
    [InlineData("/", "start")]
    [InlineData("/playground", "playground")]
    [InlineData("/workflows", "workflows")]
    [InlineData("/workflows/w-1", "workflow")]
    [InlineData("/bulk", "bulk")]
    [InlineData("/jobs", "jobs")]
    [InlineData("/jobs/12", "run")]
    [InlineData("/jobs/12/steps", "run")]
    [InlineData("/jobs/12/review/3", "review")]
    [InlineData("/library", "library")]
    [InlineData("/settings/keys", "settings")]
    public async Task Browsers_get_the_page_at_its_addresses(string path, string page)
    {
        // Whether the session holds is for the app to find out.
        var signedIn = await _app.Http.SendAsync(new HttpRequestMessage(HttpMethod.Get, path).With("Accept", Browser).With("Cookie", "pipeline_session=any"));
        var signedOut = await _app.Http.SendAsync(new HttpRequestMessage(HttpMethod.Get, path).With("Accept", Browser));

        Assert.Contains($"<!-- {page} -->", await signedIn.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("<!-- sign-in -->", await signedOut.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("text/html; charset=utf-8", signedIn.Header("Content-Type"));
        Assert.Equal("no-cache", signedIn.Header("Cache-Control"));
        Assert.Contains("Cookie", signedIn.Header("Vary"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/", "*/*")]
    [InlineData("/", "application/json")]
    [InlineData("/playground", "text/html;q=0, */*")]
    [InlineData("/library", "")]
    public async Task Programs_get_a_problem_there(string path, string accept)
    {
        await (await _app.Http.SendAsync(new HttpRequestMessage(HttpMethod.Get, path).With("Accept", accept))).ProblemAsync(404, "not-found");
    }

    [Theory]
    [InlineData("/playground/x")]
    [InlineData("/nothing")]
    [InlineData("/index.html")]
    [InlineData("/start.html")]
    [InlineData("/static/none.js")]
    [InlineData("/static/../index.html")]
    public async Task Anything_else_is_not_the_page(string path)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_app.Origin + path, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true })).With("Accept", Browser);

        await (await _app.Http.SendAsync(request)).ProblemAsync(404, "not-found");
    }

    [Fact]
    public async Task A_browser_that_asks_for_an_api_address_gets_the_api()
    {
        await (await _app.Http.SendAsync(new HttpRequestMessage(HttpMethod.Get, "/pipelines").With("Accept", Browser))).ProblemAsync(401, "unauthenticated");
    }

    [Fact]
    public async Task Built_files_are_cached_for_ever_and_others_are_asked_for_again()
    {
        var built = await _app.Http.SendAsync(new HttpRequestMessage(HttpMethod.Get, "/static/app.js").With("Accept-Encoding", "gzip"));
        Assert.Equal("public, max-age=31536000, immutable", built.Header("Cache-Control"));
        Assert.Equal("gzip", built.Header("Content-Encoding"));

        Assert.Equal("no-cache", (await _app.Http.GetAsync("/favicon.svg")).Header("Cache-Control"));
    }

    [Theory]
    [InlineData("gzip, deflate, br", "br", "packed with brotli")]
    [InlineData("gzip", "gzip", "packed with gzip")]
    [InlineData("br;q=0, gzip;q=0.5", "gzip", "packed with gzip")]
    [InlineData("identity", "", "as it is")]
    public async Task Files_packed_at_build_time_are_sent_to_who_takes_them(string accepted, string encoding, string body)
    {
        var answer = await _app.Http.SendAsync(new HttpRequestMessage(HttpMethod.Get, "/static/packed.js").With("Accept-Encoding", accepted));

        Assert.Equal(encoding, answer.Header("Content-Encoding"));
        Assert.Equal("text/javascript", answer.Header("Content-Type"));
        Assert.Equal("public, max-age=31536000, immutable", answer.Header("Cache-Control"));
        Assert.Contains("Accept-Encoding", answer.Header("Vary"), StringComparison.Ordinal);
        Assert.Equal(body, await answer.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/static/app.js")]
    [InlineData("/pipelines")]
    [InlineData("/docs")]
    public async Task Every_answer_tells_browsers_to_be_careful(string path)
    {
        var answer = await _app.Http.SendAsync(new HttpRequestMessage(HttpMethod.Get, path).With("Accept", Browser));

        Assert.Contains("default-src 'self'", answer.Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", answer.Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.DoesNotContain("script-src 'self' '", answer.Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.Equal("nosniff", answer.Header("X-Content-Type-Options"));
        Assert.Equal("same-origin", answer.Header("Referrer-Policy"));
        Assert.Equal(string.Empty, answer.Header("Server"));
    }

    [Fact]
    public async Task Without_a_built_page_the_api_works_and_says_where_it_is_described()
    {
        await using var app = await GatewayApp.StartAsync(new() { ["Frontend:Root"] = "/nowhere" });
        var problem = await (await app.Http.SendAsync(new HttpRequestMessage(HttpMethod.Get, "/").With("Accept", Browser))).ProblemAsync(404, "not-found");

        Assert.Contains("/docs", (string)problem["detail"]!, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await app.Demo.GetAsync("/pipelines")).StatusCode);
    }
}
