using System.Net;
using System.Net.Http.Headers;
using PipelineService.Pipelines;
using static PipelineService.Tests.Assets.AssetsFixture;

namespace PipelineService.Tests.Assets;

public sealed class ContentTests(AssetsFixture fixture) : IClassFixture<AssetsFixture>
{
    private readonly long _tenant = LibraryHost.NewTenant();

    private HttpClient Client => field ??= fixture.Host.ClientOf(_tenant);

    [Fact]
    public async Task Content_is_whole_immutable_named_and_not_sniffed()
    {
        var bytes = TestPictures.Png(300);
        var asset = await UploadAsync(Client, 300, "Foto für uns.png");
        using var answer = await Client.GetAsync(Content(asset));

        Assert.Equal(bytes, await answer.Content.ReadAsByteArrayAsync());
        Assert.Equal("image/png", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal($"\"{(string)asset["sha256"]!}\"", answer.Headers.ETag!.Tag);
        Assert.False(answer.Headers.ETag.IsWeak);
        var caching = answer.Headers.CacheControl!;
        Assert.Equal((true, TimeSpan.FromDays(365), "immutable"), (caching.Private, caching.MaxAge, Assert.Single(caching.Extensions).Name));
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("bytes", Assert.Single(answer.Headers.AcceptRanges));
        Assert.Equal(("inline", "Foto für uns.png"), (answer.Content.Headers.ContentDisposition!.DispositionType, answer.Content.Headers.ContentDisposition.FileNameStar));

        using var saved = await Client.GetAsync(new Uri(Content(asset) + "?download=true", UriKind.Relative));
        Assert.Equal("attachment", saved.Content.Headers.ContentDisposition!.DispositionType);
    }

    [Fact]
    public async Task Ranges_are_served_and_impossible_ones_refused()
    {
        var bytes = TestPictures.Png(301);
        var asset = await UploadAsync(Client, 301);

        using var middle = await RangeAsync(asset, new RangeHeaderValue(100, 199));
        Assert.Equal(HttpStatusCode.PartialContent, middle.StatusCode);
        Assert.Equal(bytes[100..200], await middle.Content.ReadAsByteArrayAsync());
        Assert.Equal(new ContentRangeHeaderValue(100, 199, bytes.Length), middle.Content.Headers.ContentRange);

        using var tail = await RangeAsync(asset, new RangeHeaderValue(null, 50));
        Assert.Equal(bytes[^50..], await tail.Content.ReadAsByteArrayAsync());

        using var beyond = await RangeAsync(asset, new RangeHeaderValue(bytes.Length + 10, null));
        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, beyond.StatusCode);
        Assert.Equal(bytes.Length, beyond.Content.Headers.ContentRange!.Length);
    }

    [Fact]
    public async Task What_the_client_has_is_not_sent_again()
    {
        var asset = await UploadAsync(Client, 302);
        using var request = new HttpRequestMessage(HttpMethod.Get, Content(asset));
        request.Headers.IfNoneMatch.Add(new EntityTagHeaderValue($"\"{(string)asset["sha256"]!}\""));
        using var same = await Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.NotModified, same.StatusCode);

        using var head = await Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, Content(asset)));
        Assert.Equal((HttpStatusCode.OK, (long)asset["bytes"]!), (head.StatusCode, head.Content.Headers.ContentLength));

        // a range of another version of the file would mix two files
        using var stale = new HttpRequestMessage(HttpMethod.Get, Content(asset));
        stale.Headers.Range = new RangeHeaderValue(0, 9);
        stale.Headers.IfRange = new RangeConditionHeaderValue(new EntityTagHeaderValue("\"another\""));
        using var whole = await Client.SendAsync(stale);
        Assert.Equal(HttpStatusCode.OK, whole.StatusCode);
    }

    [Fact]
    public async Task A_thumbnail_is_a_small_webp_of_the_next_width()
    {
        using var upload = await Client.PostAsync(new Uri("/assets", UriKind.Relative), Form(("wide.png", TestPictures.Png(303, 600, 300))));
        var asset = (await JsonAsync(upload))["data"]![0]!;
        using var answer = await Client.GetAsync(new Uri($"{(string)asset["thumbnail_url"]!}?w=150", UriKind.Relative));

        var webp = await answer.Content.ReadAsByteArrayAsync();
        Assert.Equal("image/webp", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal(192, BitConverter.ToUInt16(webp, 26) & 0x3FFF);
        Assert.Equal($"\"{(string)asset["sha256"]!}-192\"", answer.Headers.ETag!.Tag);

        using var many = await Client.GetAsync(new Uri($"{(string)asset["thumbnail_url"]!}?w=0", UriKind.Relative));
        Assert.NotNull((await UploadTests.ProblemAsync(many, HttpStatusCode.UnprocessableEntity))["errors"]!["/w"]);
    }

    [Fact]
    public async Task The_thumbnail_of_a_video_is_its_poster()
    {
        var pipeline = await Ledger.AddPipelineAsync(fixture.Host, _tenant);
        var step = await Ledger.AddStepAsync(fixture.Host, pipeline, "i2v", 1);
        var (_, asset) = await Ledger.AddOutputAsync(
            fixture.Host, step, "slow zoom", await Ledger.StoreAsync(fixture.Host, _tenant, await TestPictures.Mp4Async(), video: true));

        using var video = await Client.GetAsync(new Uri($"/assets/{asset!.Id}/content", UriKind.Relative));
        using var poster = await Client.GetAsync(new Uri($"/assets/{asset.Id}/thumbnail", UriKind.Relative));

        Assert.Equal("video/mp4", video.Content.Headers.ContentType!.MediaType);
        Assert.Equal("RIFF"u8.ToArray(), (await poster.Content.ReadAsByteArrayAsync())[..4]);
    }

    [Fact]
    public async Task The_list_is_newest_first_filtered_and_paged()
    {
        var first = await UploadAsync(Client, 310, "first_50%.png");
        var second = await UploadAsync(Client, 311, "second.png");
        var pipeline = await Ledger.AddPipelineAsync(fixture.Host, _tenant, PipelineStatus.Completed);
        var step = await Ledger.AddStepAsync(fixture.Host, pipeline, "i2i", 1);
        var (_, third) = await Ledger.AddOutputAsync(fixture.Host, step, "woman in a RED dress", await Ledger.StoreAsync(fixture.Host, _tenant, TestPictures.Png(312)));
        var (a, b, c) = ((long)first["id"]!, (long)second["id"]!, third!.Id);

        Assert.Equal([c, b, a], await ListAsync(""));
        Assert.Equal([c], await ListAsync("?source=generated"));
        Assert.Equal([b, a], await ListAsync("?source=uploaded&type=image"));
        Assert.Empty(await ListAsync("?type=video"));
        Assert.Equal([c], await ListAsync($"?pipeline_id={pipeline.Id}"));
        Assert.Equal([c], await ListAsync("?model=kling-image"));
        Assert.Equal([c], await ListAsync("?q=red%20DRESS"));
        Assert.Equal([a], await ListAsync("?q=50%25"));
        Assert.Empty(await ListAsync("?q=5_%25"));
        Assert.Equal([c, b, a], await ListAsync("?from=2020-01-01T00:00:00%2B02:00"));
        Assert.Empty(await ListAsync("?to=2020-01-01T00:00:00Z"));

        var page = await JsonAsync(await Client.GetAsync(new Uri("/assets?limit=2", UriKind.Relative)));
        Assert.Equal([c, b], page["data"]!.AsArray().Select(asset => (long)asset!["id"]!));
        await UploadAsync(Client, 313);
        Assert.Equal([a], await ListAsync($"?limit=2&cursor={(string)page["next_cursor"]!}"));
    }

    [Fact]
    public async Task A_list_that_cannot_be_answered_names_every_fault()
    {
        using var answer = await Client.GetAsync(new Uri("/assets?type=song&source=x&limit=201&cursor=-3", UriKind.Relative));

        var errors = (await UploadTests.ProblemAsync(answer, HttpStatusCode.UnprocessableEntity))["errors"]!.AsObject();
        Assert.Equal(["/cursor", "/limit", "/source", "/type"], errors.Select(error => error.Key).Order());
        using var word = await Client.GetAsync(new Uri("/assets?limit=many", UriKind.Relative));
        await UploadTests.ProblemAsync(word, HttpStatusCode.BadRequest);
        using var missing = await Client.GetAsync(new Uri("/assets/999999999", UriKind.Relative));
        await UploadTests.ProblemAsync(missing, HttpStatusCode.NotFound);
    }

    private async Task<List<long>> ListAsync(string query)
    {
        using var answer = await Client.GetAsync(new Uri("/assets" + query, UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return [.. (await JsonAsync(answer))["data"]!.AsArray().Select(asset => (long)asset!["id"]!)];
    }

    private async Task<HttpResponseMessage> RangeAsync(System.Text.Json.Nodes.JsonNode asset, RangeHeaderValue range)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Content(asset));
        request.Headers.Range = range;
        return await Client.SendAsync(request);
    }

    private static Uri Content(System.Text.Json.Nodes.JsonNode asset) => new((string)asset["url"]!, UriKind.Relative);
}
