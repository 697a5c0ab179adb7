using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using static PipelineService.Tests.Assets.AssetsFixture;

namespace PipelineService.Tests.Assets;

public sealed class UploadTests(AssetsFixture fixture) : IClassFixture<AssetsFixture>
{
    private static readonly Uri Assets = new("/assets", UriKind.Relative);

    private readonly HttpClient _client = fixture.Host.ClientOf(LibraryHost.NewTenant());

    [Fact]
    public async Task Many_pictures_of_all_three_formats_are_taken_in_order()
    {
        using var answer = await _client.PostAsync(Assets, Form(
            ("one.png", TestPictures.Png(1)), ("two.jpg", await TestPictures.JpegAsync(2)), ("three.webp", await TestPictures.WebPAsync(3))));

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var body = await JsonAsync(answer);
        Assert.Empty(body["errors"]!.AsArray());
        Assert.Equal(["image/png", "image/jpeg", "image/webp"], Each(body, "content_type"));
        Assert.Equal(["one.png", "two.jpg", "three.webp"], Each(body, "name"));
        var first = body["data"]![0]!;
        Assert.Equal(("image", "uploaded", 96, 64), ((string)first["type"]!, (string)first["source"]!, (int)first["width"]!, (int)first["height"]!));
        Assert.Equal($"/assets/{(long)first["id"]!}/content", (string)first["url"]!);
        Assert.Matches("^[0-9a-f]{64}$", (string)first["sha256"]!);
    }

    [Fact]
    public async Task The_same_bytes_twice_are_one_asset()
    {
        var picture = TestPictures.Png(10);
        using var twice = await _client.PostAsync(Assets, Form(("a.png", picture), ("b.png", picture)));
        using var later = await _client.PostAsync(Assets, Form(("c.png", picture)));

        var first = await JsonAsync(twice);
        var again = await JsonAsync(later);
        Assert.Single(Each(first, "id").Concat(Each(again, "id")).Distinct());
        Assert.Equal(2, first["data"]!.AsArray().Count);
        Assert.Equal("a.png", (string)again["data"]![0]!["name"]!);
    }

    [Fact]
    public async Task The_same_bytes_at_the_same_moment_are_one_asset()
    {
        var pictures = Enumerable.Range(20, 4).Select(seed => TestPictures.Png(seed)).ToArray();
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(round =>
        {
            var order = round % 2 == 0 ? pictures : pictures.Reverse();
            return _client.PostAsync(Assets, Form([.. order.Select((bytes, index) => ($"{index}.png", bytes))]));
        }));

        var ids = new HashSet<string>();
        foreach (var answer in answers)
        {
            Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
            ids.UnionWith(Each(await JsonAsync(answer), "id"));
        }

        Assert.Equal(4, ids.Count);
    }

    [Fact]
    public async Task Two_tenants_with_the_same_bytes_do_not_see_each_other()
    {
        var mine = await UploadAsync(_client, 30);
        using var other = fixture.Host.ClientOf(LibraryHost.NewTenant());
        var theirs = await UploadAsync(other, 30);

        Assert.NotEqual((long)mine["id"]!, (long)theirs["id"]!);
        foreach (var path in new[] { "", "/content", "/thumbnail" })
        {
            using var answer = await other.GetAsync(new Uri($"/assets/{(long)mine["id"]!}{path}", UriKind.Relative));
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
    }

    [Fact]
    public async Task A_bad_file_is_refused_by_name_and_does_not_lose_the_good_ones()
    {
        var jpeg = await TestPictures.JpegAsync(40);
        using var answer = await _client.PostAsync(Assets, Form(
            ("good.png", TestPictures.Png(41)),
            ("notes.png", Encoding.UTF8.GetBytes("just some text, called a picture")),
            ("cut.jpg", jpeg[..(jpeg.Length / 2)]),
            ("dot.png", TestPictures.Png(42, 1, 1)),
            ("huge.png", TestPictures.PngClaiming(30_000, 30_000)),
            ("hollow.png", TestPictures.PngClaiming(200, 200)),
            ("empty.png", []),
            ("late.png", TestPictures.Png(43))));

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var body = await JsonAsync(answer);
        Assert.Equal(["good.png", "late.png"], Each(body, "name"));
        var errors = body["errors"]!.AsArray().ToDictionary(error => (string)error!["file"]!, error => (string)error!["message"]!);
        Assert.Equal(["notes.png", "cut.jpg", "dot.png", "huge.png", "hollow.png", "empty.png"], errors.Keys);
        Assert.Contains("not a PNG, JPEG or WebP", errors["notes.png"], StringComparison.Ordinal);
        Assert.Contains("cut off", errors["cut.jpg"], StringComparison.Ordinal);
        Assert.Contains("1 × 1", errors["dot.png"], StringComparison.Ordinal);
        Assert.Contains("30000 × 30000", errors["huge.png"], StringComparison.Ordinal);
        Assert.Contains("damaged", errors["hollow.png"], StringComparison.Ordinal);
        Assert.Contains("empty", errors["empty.png"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_upload_without_a_good_file_is_a_problem_that_names_each()
    {
        using var answer = await _client.PostAsync(Assets, Form(("a.png", "text"u8.ToArray()), ("b.png", "more text"u8.ToArray())));

        var problem = await ProblemAsync(answer, HttpStatusCode.UnprocessableEntity);
        Assert.StartsWith("a.png: ", (string)problem["errors"]!["/files/0"]![0]!, StringComparison.Ordinal);
        Assert.StartsWith("b.png: ", (string)problem["errors"]!["/files/1"]![0]!, StringComparison.Ordinal);
        Assert.Empty((await _client.GetAsync(Assets) is { } list ? await JsonAsync(list) : null)!["data"]!.AsArray());
    }

    [Fact]
    public async Task A_file_in_another_field_is_refused_and_the_field_is_named()
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(TestPictures.Png(50)), "image", "a.png" } };
        using var answer = await _client.PostAsync(Assets, form);

        var problem = await ProblemAsync(answer, HttpStatusCode.UnprocessableEntity);
        Assert.Contains("'files'", problem["errors"]!["/files/0"]![0]!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_over_the_limit_is_refused_alone()
    {
        var large = new byte[(25 * 1024 * 1024) + 1];
        TestPictures.Png(60).CopyTo(large, 0);
        using var answer = await _client.PostAsync(Assets, Form(("large.png", large), ("small.png", TestPictures.Png(61))));

        var body = await JsonAsync(answer);
        Assert.Equal(["small.png"], Each(body, "name"));
        Assert.Equal("The file is larger than 25 MB.", (string)body["errors"]![0]!["message"]!);
    }

    [Fact]
    public async Task A_body_over_the_limit_is_413()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Assets) { Content = Form(("a.png", new byte[71_000_000])) };
        request.Headers.ExpectContinue = true;
        using var answer = await _client.SendAsync(request);

        await ProblemAsync(answer, HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task What_is_not_multipart_is_415_and_what_is_cut_off_is_400()
    {
        using var json = await _client.PostAsync(Assets, new StringContent("{}", Encoding.UTF8, "application/json"));
        await ProblemAsync(json, HttpStatusCode.UnsupportedMediaType);

        using var cut = new ByteArrayContent("--x\r\nContent-Disposition: form-data; name=\"files\"; filename=\"a.png\"\r\n\r\nabc"u8.ToArray());
        cut.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=x");
        using var broken = await _client.PostAsync(Assets, cut);
        await ProblemAsync(broken, HttpStatusCode.BadRequest);

        using var empty = await _client.PostAsync(Assets, new MultipartFormDataContent());
        Assert.True((int)empty.StatusCode is 400 or 422);
    }

    [Fact]
    public async Task More_files_than_the_limit_are_refused_by_name()
    {
        using var answer = await _client.PostAsync(Assets, Form([.. Enumerable.Range(0, 42).Select(n => ($"{n}.png", TestPictures.Png(70 + (n % 3))))]));

        var body = await JsonAsync(answer);
        Assert.Equal(40, body["data"]!.AsArray().Count);
        Assert.Equal(["40.png", "41.png"], body["errors"]!.AsArray().Select(error => (string)error!["file"]!));
    }

    [Fact]
    public async Task Names_are_made_harmless_and_get_the_extension_of_their_content()
    {
        using var answer = await _client.PostAsync(Assets, Form(
            ("../../etc/passwd", TestPictures.Png(80)), ("photo.jpg", TestPictures.Png(81)), ("C:\\fakepath\\me.PNG", TestPictures.Png(82))));

        Assert.Equal(["passwd.png", "photo.png", "me.PNG"], Each(await JsonAsync(answer), "name"));
    }

    [Fact]
    public async Task A_zip_is_unpacked_and_its_bad_files_are_told_one_by_one()
    {
        var zip = Zip(
            ("beach/one.png", TestPictures.Png(90)), ("beach/two.png", TestPictures.Png(91)), ("readme.txt", "hello"u8.ToArray()),
            ("inner.zip", Zip(("x.png", TestPictures.Png(92)))), ("../../evil.png", TestPictures.Png(93)), ("/abs.png", TestPictures.Png(94)),
            ("__MACOSX/beach/._one.png", [0, 1]), ("beach/.DS_Store", [0]));
        using var answer = await _client.PostAsync(Assets, Form(("holiday.zip", zip)));

        var body = await JsonAsync(answer);
        Assert.Equal(["one.png", "two.png"], Each(body, "name"));
        Assert.Equal(
            ["holiday.zip/readme.txt", "holiday.zip/inner.zip", "holiday.zip/../../evil.png", "holiday.zip//abs.png"],
            body["errors"]!.AsArray().Select(error => (string)error!["file"]!));
    }

    [Fact]
    public async Task A_zip_bomb_is_stopped_by_its_ratio_and_by_its_total()
    {
        using var byRatio = await _client.PostAsync(Assets, Form(("bomb.zip", Zip(("zeros.png", new byte[20 * 1024 * 1024])))));
        var problem = await ProblemAsync(byRatio, HttpStatusCode.UnprocessableEntity);
        Assert.Contains("200 times", problem.ToJsonString(), StringComparison.Ordinal);

        // each part passes the ratio, together they pass the total
        var noisy = new byte[20 * 1024 * 1024];
        new Random(1).NextBytes(noisy.AsSpan(0, noisy.Length / 50));
        using var byTotal = await _client.PostAsync(Assets, Form(("many.zip", Zip([.. Enumerable.Range(0, 4).Select(n => ($"{n}.png", noisy))]))));
        problem = await ProblemAsync(byTotal, HttpStatusCode.UnprocessableEntity);
        Assert.Contains("57 MB at most", problem.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_zip_with_too_many_entries_or_of_another_kind_is_refused_whole()
    {
        using var crowded = await _client.PostAsync(Assets, Form(("crowd.zip", Zip([.. Enumerable.Range(0, 41).Select(n => ($"{n}.txt", Array.Empty<byte>()))]))));
        Assert.Contains("more than 40 entries", (await ProblemAsync(crowded, HttpStatusCode.UnprocessableEntity)).ToJsonString(), StringComparison.Ordinal);

        using var fake = await _client.PostAsync(Assets, Form(("fake.zip", TestPictures.Png(95))));
        Assert.Contains("not a ZIP archive", (await ProblemAsync(fake, HttpStatusCode.UnprocessableEntity)).ToJsonString(), StringComparison.Ordinal);

        var broken = Zip(("a.png", TestPictures.Png(96)));
        broken.AsSpan(30, 200).Fill(0x55);
        using var damaged = await _client.PostAsync(Assets, Form(("broken.zip", broken)));
        await ProblemAsync(damaged, HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task Nothing_is_left_in_the_temporary_folder()
    {
        await UploadAsync(_client, 97);

        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(fixture.Host.MediaRoot, ".incoming")));
    }

    [Fact]
    public async Task Without_a_token_it_is_401()
    {
        using var anonymous = new HttpClient { BaseAddress = fixture.Host.Address };
        using var answer = await anonymous.PostAsync(Assets, Form(("a.png", TestPictures.Png(98))));

        await ProblemAsync(answer, HttpStatusCode.Unauthorized);
    }

    internal static byte[] Zip(params (string Name, byte[] Bytes)[] files)
    {
        using var packed = new MemoryStream();
        using (var archive = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, bytes) in files)
            {
                using var entry = archive.CreateEntry(name).Open();
                entry.Write(bytes);
            }
        }

        return packed.ToArray();
    }

    internal static async Task<JsonNode> ProblemAsync(HttpResponseMessage answer, HttpStatusCode status)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == status, $"{answer.StatusCode}: {text}");
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = JsonNode.Parse(text)!;
        Assert.StartsWith("/problems/", (string)problem["type"]!, StringComparison.Ordinal);
        return problem;
    }

    private static List<string> Each(JsonNode body, string property) => [.. body["data"]!.AsArray().Select(asset => asset![property]!.ToString())];
}
