using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using PipelineService.Assets;
using static PipelineService.Tests.Assets.AssetsFixture;

namespace PipelineService.Tests.Assets;

public sealed class ImportTests(AssetsFixture fixture) : IClassFixture<AssetsFixture>
{
    private static readonly Uri ImportUri = new("/assets/import", UriKind.Relative);

    private readonly HttpClient _client = fixture.Host.ClientOf(LibraryHost.NewTenant());

    [Fact]
    public async Task Pictures_are_fetched_named_and_stored_once()
    {
        var good = fixture.Pictures.ServeBytes("/folder/a%20cat.png", TestPictures.Png(200));
        var same = fixture.Pictures.ServeBytes("/other.png", TestPictures.Png(200));

        var body = await ImportAsync(HttpStatusCode.Created, good, same);

        var assets = body["data"]!.AsArray();
        Assert.Equal(2, assets.Count);
        Assert.Equal((long)assets[0]!["id"]!, (long)assets[1]!["id"]!);
        Assert.Equal("uploaded", (string)assets[0]!["source"]!);
        Assert.Contains((string)assets[0]!["name"]!, new[] { "a cat.png", "other.png" });
    }

    [Fact]
    public async Task An_address_that_is_no_picture_is_refused_and_the_good_ones_go_on()
    {
        var good = fixture.Pictures.ServeBytes("/good.png", TestPictures.Png(201));
        var page = fixture.Pictures.ServeBytes("/page.png", "<html>hello</html>"u8.ToArray());
        var missing = new Uri(fixture.Pictures.Address, "/nowhere.png").AbsoluteUri;

        var body = await ImportAsync(HttpStatusCode.Created, page, good, missing, "ftp://example.com/a.png", "not an address", "http://user:secret@example.com/a.png");

        Assert.Single(body["data"]!.AsArray());
        var errors = Errors(body);
        Assert.Equal("This is not a PNG, JPEG or WebP picture.", errors[page]);
        Assert.Equal("The address answered 404 instead of a picture.", errors[missing]);
        Assert.Equal("This is not an http or https address.", errors["ftp://example.com/a.png"]);
        Assert.Equal("This is not an http or https address.", errors["not an address"]);
        Assert.Contains("user name", errors["http://user:secret@example.com/a.png"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://127.0.0.1:{port}/a.png")]
    [InlineData("http://localhost:{port}/a.png")]
    [InlineData("http://[::1]:{port}/a.png")]
    [InlineData("http://[::ffff:127.0.0.1]:{port}/a.png")]
    [InlineData("http://2130706433:{port}/a.png")]
    [InlineData("http://0x7f.1:{port}/a.png")]
    [InlineData("http://0.0.0.0:{port}/a.png")]
    [InlineData("http://10.0.0.1/a.png")]
    [InlineData("http://169.254.169.254/latest/meta-data/")]
    public async Task A_private_address_is_refused_before_anything_is_sent(string url)
    {
        fixture.Internal.ServeBytes("/a.png", TestPictures.Png(202));
        var address = url.Replace("{port}", fixture.Internal.Address.Port.ToString(), StringComparison.Ordinal);

        var problem = await ImportAsync(HttpStatusCode.UnprocessableEntity, address);

        Assert.Equal("The address is not on the public internet.", (string)problem["errors"]!["/urls/0"]![0]!);
        Assert.Equal(0, fixture.Internal.Requests);
    }

    [Fact]
    public async Task A_redirect_to_a_private_address_is_refused()
    {
        var inside = fixture.Internal.ServeBytes("/secret.png", TestPictures.Png(203));
        var direct = fixture.Pictures.Redirect("/to-inside", inside);
        var twice = fixture.Pictures.Redirect("/to-redirect", "/to-inside");
        var file = fixture.Pictures.Redirect("/to-file", "file:///etc/passwd");

        var problem = await ImportAsync(HttpStatusCode.UnprocessableEntity, direct, twice, file);

        Assert.Equal("The address is not on the public internet.", (string)problem["errors"]!["/urls/0"]![0]!);
        Assert.Equal("The address is not on the public internet.", (string)problem["errors"]!["/urls/1"]![0]!);
        Assert.Contains("not an http or https address", (string)problem["errors"]!["/urls/2"]![0]!, StringComparison.Ordinal);
        Assert.Equal(0, fixture.Internal.Requests);
    }

    [Fact]
    public async Task A_redirect_is_followed_and_a_circle_is_not()
    {
        fixture.Pictures.ServeBytes("/end.png", TestPictures.Png(204));
        var hop = fixture.Pictures.Redirect("/hop", "/end.png");
        var circle = fixture.Pictures.Redirect("/circle", "/circle");

        var body = await ImportAsync(HttpStatusCode.Created, hop, circle);

        Assert.Single(body["data"]!.AsArray());
        Assert.Equal("The address redirects more than 5 times.", Errors(body)[circle]);
    }

    [Fact]
    public async Task An_address_that_takes_too_long_or_sends_too_much_is_given_up()
    {
        var silent = fixture.Pictures.Serve("/silent.png", context => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted));
        var announced = fixture.Pictures.Serve("/announced.png", context =>
        {
            context.Response.ContentLength = 26L * 1024 * 1024;
            return context.Response.StartAsync();
        });
        var endless = fixture.Pictures.Serve("/endless.png", async context =>
        {
            var chunk = new byte[1 << 20];
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.Body.WriteAsync(chunk, context.RequestAborted);
            }
        });

        var problem = await ImportAsync(HttpStatusCode.UnprocessableEntity, silent, announced, endless);

        Assert.Equal("The address took longer than 2 seconds.", (string)problem["errors"]!["/urls/0"]![0]!);
        Assert.Equal("The file is larger than 25 MB.", (string)problem["errors"]!["/urls/1"]![0]!);
        Assert.Equal("The file is larger than 25 MB.", (string)problem["errors"]!["/urls/2"]![0]!);
    }

    [Fact]
    public async Task An_empty_list_a_missing_one_and_a_wrong_type_are_told()
    {
        using var empty = await _client.PostAsJsonAsync(ImportUri, new { urls = Array.Empty<string>() });
        using var missing = await _client.PostAsJsonAsync(ImportUri, new { });
        using var wrong = await _client.PostAsJsonAsync(ImportUri, new { urls = "http://example.com" });
        using var broken = await _client.PostAsync(ImportUri, new StringContent("{ nope", Encoding.UTF8, "application/json"));

        Assert.NotNull((await UploadTests.ProblemAsync(empty, HttpStatusCode.UnprocessableEntity))["errors"]!["/urls"]);
        await UploadTests.ProblemAsync(missing, HttpStatusCode.UnprocessableEntity);
        await UploadTests.ProblemAsync(wrong, HttpStatusCode.BadRequest);
        await UploadTests.ProblemAsync(broken, HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_pipeline_can_import_an_address_without_http()
    {
        var importer = fixture.Host.Services.GetRequiredService<AssetImporter>();
        var tenant = LibraryHost.NewTenant();
        var good = await importer.ImportAsync(tenant, fixture.Pictures.ServeBytes("/direct.png", TestPictures.Png(205)), CancellationToken.None);
        var bad = await importer.ImportAsync(tenant, "http://192.168.0.1/a.png", CancellationToken.None);

        Assert.Equal(tenant, Assert.IsType<ImportResult.Imported>(good).Asset.TenantId);
        Assert.Contains("not on the public internet", Assert.IsType<ImportResult.Refused>(bad).Reason, StringComparison.Ordinal);
    }

    private async Task<JsonNode> ImportAsync(HttpStatusCode expected, params string[] urls)
    {
        using var answer = await _client.PostAsJsonAsync(ImportUri, new { urls });
        Assert.Equal(expected, answer.StatusCode);
        return await JsonAsync(answer);
    }

    private static Dictionary<string, string> Errors(JsonNode body) =>
        body["errors"]!.AsArray().ToDictionary(error => (string)error!["file"]!, error => (string)error!["message"]!);
}
