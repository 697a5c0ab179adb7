using Contracts.Generation;
using Providers.Keys;

namespace Providers.Tests.Replicate;

/// <summary>Answers that no honest vendor gives, or seldom.</summary>
public sealed class ReplicateAnswersTests : IDisposable
{
    private const string Token = "r8_SECRET";
    private const string Id = "w0p3yewvwxrmw0d146qv74tgp0";
    private readonly string _folder = Directory.CreateTempSubdirectory("replicate-tests-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Addresses_that_lead_elsewhere_are_not_followed_and_the_token_stays_at_its_origin()
    {
        await using var elsewhere = await StubVendor.StartAsync((_, _) => (200, """{"status":"failed"}"""));
        await using var vendor = await StubVendor.StartAsync((_, path) => (path.EndsWith("/cancel", StringComparison.Ordinal) ? 200 : 201, $$$"""
            {"id":"{{{Id}}}","status":"processing","urls":{"get":"{{{elsewhere.Address}}}v1/predictions/x","cancel":"{{{elsewhere.Address}}}cancel"}}
            """));
        using var rig = Rig(vendor, elsewhere);
        var replicate = Of(rig);

        var handle = Assert.IsType<ProviderResult.Submitted>(await replicate.SubmitAsync(Request(), CancellationToken.None)).Handle;
        Assert.Equal(new ProviderResult.Pending(true), await replicate.PollAsync(handle, Request(), CancellationToken.None));
        await replicate.CancelAsync(handle, 7, CancellationToken.None);

        Assert.Empty(elsewhere.Seen);
        Assert.Equal(["/v1/models/google/nano-banana/predictions", $"/v1/predictions/{Id}", $"/v1/predictions/{Id}/cancel"], vendor.Seen.Select(seen => seen.Path));
        Assert.All(vendor.Seen, seen => Assert.Equal("Bearer " + Token, seen.Authorization));
    }

    [Fact]
    public async Task A_redirect_is_not_followed_with_the_token()
    {
        await using var elsewhere = await StubVendor.StartAsync((_, _) => (200, "{}"));
        await using var vendor = await StubVendor.StartAsync((_, _) => (307, "{}"));
        using var rig = Rig(vendor, elsewhere);

        Assert.Equal(FailureKind.OutcomeUnknown, Assert.IsType<ProviderResult.Failed>(await Of(rig).SubmitAsync(Request(), CancellationToken.None)).Failure.Kind);
        Assert.Single(vendor.Seen);
    }

    [Theory]
    [InlineData(422, """{"title":"Input validation failed","detail":"- input.prompt: SECRET","status":422,"invalid_fields":[{"type":"enum","field":"input.aspect_ratio","description":"SECRET"}]}""",
        FailureKind.InvalidRequest, "input.aspect_ratio: enum")]
    [InlineData(404, """{"detail":"SECRET","status":404}""", FailureKind.InvalidRequest, "does not know this model")]
    [InlineData(403, """{"detail":"SECRET","status":403}""", FailureKind.Unauthorized, "may not use this model")]
    [InlineData(429, """{"detail":"SECRET","status":429,"retry_after":7}""", FailureKind.RateLimited, "asks to wait")]
    [InlineData(500, """{"detail":"SECRET","status":500}""", FailureKind.OutcomeUnknown, "answered 500")]
    [InlineData(201, """{"detail":"SECRET"}""", FailureKind.OutcomeUnknown, "cannot be read")]
    [InlineData(201, "SECRET", FailureKind.OutcomeUnknown, "cannot be read")]
    public async Task A_submit_that_is_not_accepted_is_told_without_a_word_of_the_vendors(int status, string answer, FailureKind kind, string words)
    {
        await using var vendor = await StubVendor.StartAsync((_, _) => (status, answer));
        using var rig = Rig(vendor, vendor);

        var failure = Assert.IsType<ProviderResult.Failed>(await Of(rig).SubmitAsync(Request(), CancellationToken.None)).Failure;

        Assert.Equal(kind, failure.Kind);
        Assert.Contains(words, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET", failure.Message, StringComparison.Ordinal);
        Assert.Single(vendor.Seen);
    }

    [Fact]
    public async Task The_media_host_does_not_get_the_token()
    {
        await using var media = await StubVendor.StartAsync((_, _) => (200, "a picture"));
        await using var vendor = await StubVendor.StartAsync((_, _) => (200, $$"""{"id":"{{Id}}","status":"succeeded","output":["{{media.Address}}out.png"]}"""));
        using var rig = Rig(vendor, media);

        var finished = Assert.IsType<ProviderResult.Finished>(await Of(rig).PollAsync(Id, Request(), CancellationToken.None));

        Assert.Equal(("GET", "/out.png", ""), Assert.Single(media.Seen));
        Assert.Null(finished.BilledUnits);
        Assert.Equal("a picture", await File.ReadAllTextAsync(Assert.Single(finished.Outputs).FilePath!));
        finished.Outputs[0].DeleteFiles();
    }

    [Theory]
    [InlineData("""{"status":"succeeded","output":"http://169.254.169.254/latest"}""", FailureKind.OutcomeUnknown)]
    [InlineData("""{"status":"succeeded","output":"https://replicate.delivery.evil.example/out.png"}""", FailureKind.OutcomeUnknown)]
    [InlineData("""{"status":"succeeded","output":"file:///etc/passwd"}""", FailureKind.OutcomeUnknown)]
    [InlineData("""{"status":"succeeded","output":{"video":"https://replicate.delivery/out.mp4"}}""", FailureKind.OutcomeUnknown)]
    [InlineData("""{"status":"succeeded","output":[7]}""", FailureKind.OutcomeUnknown)]
    [InlineData("""{"status":"succeeded","output":null,"data_removed":true}""", FailureKind.OutcomeUnknown)]
    [InlineData("""{"status":"succeeded","output":null,"data_removed":false}""", FailureKind.BadResponse)]
    [InlineData("""{"status":"succeeded","output":[]}""", FailureKind.BadResponse)]
    [InlineData("""{"status":"succeeded"}""", FailureKind.BadResponse)]
    [InlineData("""{"status":"failed","error":"SECRET words of the user (E005)"}""", FailureKind.ContentRefused)]
    [InlineData("""{"status":"failed","error":{"SECRET":1}}""", FailureKind.BadResponse)]
    [InlineData("""{"status":"aborted"}""", FailureKind.TimedOut)]
    [InlineData("""{"status":"canceled","started_at":null}""", FailureKind.Cancelled)]
    [InlineData("""{"status":"canceled","started_at":"2026-01-01T00:00:00Z"}""", FailureKind.OutcomeUnknown)]
    public async Task An_end_is_what_it_says_and_no_more(string answer, FailureKind kind)
    {
        await using var vendor = await StubVendor.StartAsync((_, _) => (200, answer));
        using var rig = Rig(vendor, vendor);

        var failed = Assert.IsType<ProviderResult.Failed>(await Of(rig).PollAsync(Id, Request(), CancellationToken.None));

        Assert.Equal((kind, Id), (failed.Failure.Kind, failed.RequestId));
        Assert.DoesNotContain("SECRET", failed.Failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_cancelled_from_here_is_cancelled()
    {
        await using var vendor = await StubVendor.StartAsync((_, _) => (200, """{"status":"canceled","started_at":"2026-01-01T00:00:00Z"}"""));
        using var rig = Rig(vendor, vendor);

        await Of(rig).CancelAsync(Id, 7, CancellationToken.None);
        Assert.Equal(FailureKind.Cancelled, Assert.IsType<ProviderResult.Failed>(await Of(rig).PollAsync(Id, Request(), CancellationToken.None)).Failure.Kind);
    }

    [Theory]
    [InlineData(200, """{"status":"resting"}""")]
    [InlineData(200, "[]")]
    [InlineData(200, "<html>")]
    [InlineData(401, """{"detail":"SECRET"}""")]
    [InlineData(404, "<html>")]
    [InlineData(429, """{"detail":"SECRET"}""")]
    [InlineData(500, """{"detail":"SECRET"}""")]
    public async Task A_look_that_tells_nothing_is_repeated(int status, string answer)
    {
        await using var vendor = await StubVendor.StartAsync((_, _) => (status, answer));
        using var rig = Rig(vendor, vendor);

        var exception = await Assert.ThrowsAsync<HttpRequestException>(() => Of(rig).PollAsync(Id, Request(), CancellationToken.None));
        Assert.DoesNotContain("SECRET", exception.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"id":"file1","urls":{"get":"SELF/v1/files/file1?x=1"}}""", "SELF/v1/files/file1?x=1")]
    [InlineData("""{"id":"file1","urls":{"get":"https://evil.example/file1"}}""", "SELF/v1/files/file1")]
    [InlineData("""{"id":"file1"}""", "SELF/v1/files/file1")]
    [InlineData("""{"id":"../file1"}""", null)]
    public async Task Only_a_file_at_Replicate_itself_is_named_in_the_input(string upload, string? expected)
    {
        await using var vendor = await StubVendor.StartAsync((self, path) => path == "/v1/files" ? (201, upload.Replace("SELF/", self.Address.AbsoluteUri, StringComparison.Ordinal)) : (201, $$"""{"id":"{{Id}}"}"""));
        using var rig = new Rig(("Replicate:Token", Token), ("Replicate:BaseUrl", vendor.Address.AbsoluteUri), ("Replicate:InlineBytes", "0"));
        var (url, failure) = await rig.Get<Providers.Replicate.ReplicateUploads>().UrlAsync(7, new VendorKey(Token, Own: false), Source(), "abc", "image/png", CancellationToken.None);

        Assert.Equal(expected?.Replace("SELF/", vendor.Address.AbsoluteUri, StringComparison.Ordinal), url);
        Assert.Equal(expected is null, failure is not null);
    }

    [Fact]
    public async Task A_file_that_ends_sooner_than_it_would_be_used_is_uploaded_anew()
    {
        await using var vendor = await StubVendor.StartAsync((_, _) => (201, """{"id":"file1","expires_at":"2020-01-01T00:00:00Z"}"""));
        using var rig = new Rig(("Replicate:Token", Token), ("Replicate:BaseUrl", vendor.Address.AbsoluteUri), ("Replicate:InlineBytes", "0"));
        var uploads = rig.Get<Providers.Replicate.ReplicateUploads>();

        await uploads.UrlAsync(7, new VendorKey(Token, Own: false), Source(), "abc", "image/png", CancellationToken.None);
        await uploads.UrlAsync(7, new VendorKey(Token, Own: false), Source(), "abc", "image/png", CancellationToken.None);

        Assert.Equal(2, vendor.Seen.Count);
    }

    private static IProvider Of(Rig rig) => rig.Get<ProviderRegistry>().Find(ProviderNames.Replicate)!;

    private static Rig Rig(StubVendor vendor, StubVendor media) =>
        new(("Replicate:Token", Token), ("Replicate:BaseUrl", vendor.Address.AbsoluteUri), ("Replicate:MediaHosts:0", media.Address.Authority));

    private ImageRequest Request() => new(
        7, "image-1", 1, new GenerationParameters("nano-banana", "1:1", Resolution: "1K"), "SECRET words of the user", Ask.NoVariation, Source(), "image/png");

    private string Source()
    {
        var path = Path.Combine(_folder, "source.png");
        File.WriteAllBytes(path, Samples.PngClaiming(300, 300));
        return path;
    }
}
