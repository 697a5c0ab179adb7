using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PipelineService.Assets;
using PipelineService.Pipelines;
using static PipelineService.Tests.Assets.AssetsFixture;

namespace PipelineService.Tests.Assets;

public sealed class SelectionTests(AssetsFixture fixture) : IClassFixture<AssetsFixture>
{
    private readonly long _tenant = LibraryHost.NewTenant();

    private HttpClient Client => field ??= fixture.Host.ClientOf(_tenant);

    [Fact]
    public async Task What_is_deleted_leaves_the_library_and_can_still_be_seen_and_restored()
    {
        var asset = await UploadAsync(Client, 399);
        using var gone = await Client.DeleteAsync(One(asset));
        using var again = await Client.DeleteAsync(One(asset));
        using var content = await Client.GetAsync(new Uri((string)asset["url"]!, UriKind.Relative));
        using var thumbnail = await Client.GetAsync(new Uri((string)asset["thumbnail_url"]!, UriKind.Relative));
        var told = await JsonAsync(await Client.GetAsync(One(asset)));

        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NoContent), (gone.StatusCode, again.StatusCode));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (content.StatusCode, thumbnail.StatusCode));
        Assert.NotNull(told["deleted_at"]);
        Assert.DoesNotContain((long)asset["id"]!, await IdsAsync("/assets"));
        Assert.Equal([(long)asset["id"]!], await IdsAsync("/assets?trashed=true"));

        var restored = await JsonAsync(await Client.PostAsJsonAsync(new Uri("/assets/restore", UriKind.Relative), new { ids = new[] { (long)asset["id"]! } }));

        Assert.Equal([(long)asset["id"]!], restored["restored"]!.AsArray().Select(id => (long)id!));
        Assert.Contains((long)asset["id"]!, await IdsAsync("/assets"));
        Assert.Empty(await IdsAsync("/assets?trashed=true"));
    }

    [Fact]
    public async Task The_same_bytes_again_bring_a_trashed_picture_back()
    {
        var asset = await UploadAsync(Client, 398);
        using var gone = await Client.DeleteAsync(One(asset));

        var again = await UploadAsync(Client, 398);

        Assert.Equal((long)asset["id"]!, (long)again["id"]!);
        Assert.Null(again["deleted_at"]);
    }

    [Fact]
    public async Task The_sweeper_removes_only_what_has_been_in_the_trash_for_long_enough()
    {
        var old = await UploadAsync(Client, 396);
        var young = await UploadAsync(Client, 397);
        foreach (var asset in new[] { old, young })
        {
            using var gone = await Client.DeleteAsync(One(asset));
        }

        var id = (long)old["id"]!;
        await fixture.Host.WithDatabaseAsync(db => db.Assets.Where(row => row.Id == id && row.TenantId == _tenant)
            .ExecuteUpdateAsync(row => row.SetProperty(asset => asset.DeletedAt, TimeProvider.System.GetUtcNow() - TimeSpan.FromDays(31))));
        await fixture.Host.Services.GetServices<IHostedService>().OfType<TrashSweeper>().Single().SweepAsync(CancellationToken.None);

        Assert.Equal(HttpStatusCode.NotFound, (await Client.GetAsync(One(old))).StatusCode);
        Assert.Empty(FilesOf(old));
        Assert.Equal(HttpStatusCode.OK, (await Client.GetAsync(One(young))).StatusCode);
    }

    [Fact]
    public async Task Emptying_the_trash_removes_row_file_and_thumbnails()
    {
        var asset = await UploadAsync(Client, 400);
        using (await Client.GetAsync(new Uri($"/assets/{(long)asset["id"]!}/thumbnail", UriKind.Relative)))
        {
            Assert.Equal(2, FilesOf(asset).Count);
        }

        using var gone = await Client.DeleteAsync(One(asset));
        var emptied = await EmptyAsync();
        using var again = await Client.DeleteAsync(One(asset));
        using var content = await Client.GetAsync(new Uri((string)asset["url"]!, UriKind.Relative));

        Assert.Equal(HttpStatusCode.NoContent, gone.StatusCode);
        Assert.Equal(0, (int)emptied["left"]!);
        await UploadTests.ProblemAsync(again, HttpStatusCode.NotFound);
        await UploadTests.ProblemAsync(content, HttpStatusCode.NotFound);
        Assert.Empty(FilesOf(asset));
    }

    [Fact]
    public async Task A_file_that_another_asset_names_stays()
    {
        var upload = await UploadAsync(Client, 401);
        var pipeline = await Ledger.AddPipelineAsync(fixture.Host, _tenant);
        var step = await Ledger.AddStepAsync(fixture.Host, pipeline, "i2i", 1);
        var (output, made) = await Ledger.AddOutputAsync(fixture.Host, step, "same", await Ledger.StoreAsync(fixture.Host, _tenant, TestPictures.Png(401)));

        using var first = await Client.DeleteAsync(One(upload));
        Assert.Equal(HttpStatusCode.NoContent, first.StatusCode);
        await EmptyAsync();
        Assert.Single(FilesOf(upload));

        using var last = await Client.DeleteAsync(new Uri($"/assets/{made!.Id}", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NoContent, last.StatusCode);
        await EmptyAsync();
        Assert.Empty(FilesOf(upload));
        Assert.Null(await fixture.Host.WithDatabaseAsync(db => db.Outputs.Where(row => row.Id == output.Id).Select(row => row.AssetId).SingleAsync()));
    }

    [Theory]
    [InlineData(PipelineStatus.Pending, false)]
    [InlineData(PipelineStatus.Running, false)]
    [InlineData(PipelineStatus.Paused, false)]
    [InlineData(PipelineStatus.Completed, true)]
    [InlineData(PipelineStatus.Failed, true)]
    [InlineData(PipelineStatus.Cancelled, true)]
    public async Task What_an_unfinished_pipeline_needs_stays(PipelineStatus status, bool deletable)
    {
        var taken = await UploadAsync(Client, 410 + (int)status);
        var pipeline = await Ledger.AddPipelineAsync(fixture.Host, _tenant, status, images: [(long)taken["id"]!], name: "Red dress");
        var step = await Ledger.AddStepAsync(fixture.Host, pipeline, "i2i", 1);
        var (_, made) = await Ledger.AddOutputAsync(fixture.Host, step, "x", await Ledger.StoreAsync(fixture.Host, _tenant, TestPictures.Png(420 + (int)status)));

        using var input = await Client.DeleteAsync(One(taken));
        using var output = await Client.DeleteAsync(new Uri($"/assets/{made!.Id}", UriKind.Relative));

        if (deletable)
        {
            Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NoContent), (input.StatusCode, output.StatusCode));
        }
        else
        {
            Assert.Contains("'Red dress'", (string)(await UploadTests.ProblemAsync(input, HttpStatusCode.Conflict))["detail"]!, StringComparison.Ordinal);
            await UploadTests.ProblemAsync(output, HttpStatusCode.Conflict);
        }
    }

    [Fact]
    public async Task Many_are_deleted_at_once_and_what_is_needed_is_kept_and_named()
    {
        var free = await UploadAsync(Client, 430);
        var needed = await UploadAsync(Client, 431);
        await Ledger.AddPipelineAsync(fixture.Host, _tenant, PipelineStatus.Running, images: [(long)needed["id"]!]);

        using var answer = await Client.PostAsJsonAsync(new Uri("/assets/delete", UriKind.Relative), new { ids = new[] { (long)free["id"]!, (long)needed["id"]!, (long)free["id"]! } });

        var body = await JsonAsync(answer);
        Assert.Equal([(long)free["id"]!], body["deleted"]!.AsArray().Select(id => (long)id!));
        Assert.Equal((long)needed["id"]!, (long)body["kept"]![0]!["id"]!);
    }

    [Theory]
    [InlineData("/assets/delete")]
    [InlineData("/assets/download")]
    public async Task Unknown_ids_and_those_of_others_are_422_and_nothing_happens(string path)
    {
        var mine = await UploadAsync(Client, 440);
        using var other = fixture.Host.ClientOf(LibraryHost.NewTenant());
        var theirs = await UploadAsync(other, 441);

        using var answer = await Client.PostAsJsonAsync(new Uri(path, UriKind.Relative), new { ids = new[] { (long)mine["id"]!, (long)theirs["id"]!, 999_999_999 } });
        using var empty = await Client.PostAsJsonAsync(new Uri(path, UriKind.Relative), new { ids = Array.Empty<long>() });

        var errors = (await UploadTests.ProblemAsync(answer, HttpStatusCode.UnprocessableEntity))["errors"]!.AsObject();
        Assert.Equal(["/ids/1", "/ids/2"], errors.Select(error => error.Key));
        await UploadTests.ProblemAsync(empty, HttpStatusCode.UnprocessableEntity);
        Assert.Equal(HttpStatusCode.OK, (await Client.GetAsync(One(mine))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await other.GetAsync(One(theirs))).StatusCode);
    }

    [Fact]
    public async Task Uploading_and_deleting_the_same_picture_at_once_never_loses_a_file_that_has_a_row()
    {
        var picture = TestPictures.Png(450);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(async worker =>
        {
            for (var round = 0; round < 6; round++)
            {
                using var upload = await Client.PostAsync(new Uri("/assets", UriKind.Relative), Form(("a.png", picture)));
                if (upload.StatusCode == HttpStatusCode.Created && (await JsonAsync(upload))["data"]!.AsArray() is [{ } asset, ..] && worker % 2 == 0)
                {
                    using var deleted = await Client.DeleteAsync(One(asset));
                    Assert.True(deleted.StatusCode is HttpStatusCode.NoContent or HttpStatusCode.NotFound);
                    await EmptyAsync();
                }
            }
        }));

        var left = await JsonAsync(await Client.GetAsync(new Uri("/assets", UriKind.Relative)));
        foreach (var asset in left["data"]!.AsArray())
        {
            using var content = await Client.GetAsync(new Uri((string)asset!["url"]!, UriKind.Relative));
            Assert.Equal(HttpStatusCode.OK, content.StatusCode);
        }
    }

    [Fact]
    public async Task A_download_is_a_zip_with_unique_names_and_a_manifest_of_how_each_was_made()
    {
        var source = await UploadAsync(Client, 460, "me.png");
        var twin = await UploadAsync(Client, 461, "me.png");
        var pipeline = await Ledger.AddPipelineAsync(fixture.Host, _tenant, images: [(long)source["id"]!], name: "Launch");
        var enhance = await Ledger.AddStepAsync(fixture.Host, pipeline, "prompt_enhance", 1);
        var image = await Ledger.AddStepAsync(fixture.Host, pipeline, "i2i", 2);
        var video = await Ledger.AddStepAsync(fixture.Host, pipeline, "i2v", 3);
        var (words, _) = await Ledger.AddOutputAsync(fixture.Host, enhance, "red dress", text: "a woman in a flowing red dress", source: (long)source["id"]!);
        var (picture, pictureAsset) = await Ledger.AddOutputAsync(
            fixture.Host, image, "a woman in a flowing red dress", await Ledger.StoreAsync(fixture.Host, _tenant, TestPictures.Png(462)), words, (long)source["id"]!);
        var (_, clip) = await Ledger.AddOutputAsync(
            fixture.Host, video, "slow push in", await Ledger.StoreAsync(fixture.Host, _tenant, await TestPictures.Mp4Async(), video: true), picture, pictureAsset!.Id);

        using var answer = await Client.PostAsJsonAsync(
            new Uri("/assets/download", UriKind.Relative), new { ids = new[] { (long)source["id"]!, (long)twin["id"]!, clip!.Id } });

        Assert.Equal("application/zip", answer.Content.Headers.ContentType!.MediaType);
        Assert.EndsWith(".zip", answer.Content.Headers.ContentDisposition!.FileName!, StringComparison.Ordinal);
        using var archive = new ZipArchive(await answer.Content.ReadAsStreamAsync());
        Assert.Equal(["me.png", "me (2).png", clip.Name, "manifest.json"], archive.Entries.Select(entry => entry.FullName));
        Assert.All(archive.Entries.SkipLast(1), entry => Assert.Equal(entry.Length, entry.CompressedLength));
        Assert.Equal(TestPictures.Png(461), Read(archive, "me (2).png"));

        var made = JsonNode.Parse(Read(archive, "manifest.json"))!["assets"]![2]!;
        Assert.Equal(
            (clip.Name, "Launch", "slow push in", 42, 0.028m, pictureAsset.Id),
            ((string)made["file"]!, (string)made["pipeline_name"]!, (string)made["prompt"]!, (int)made["seed"]!, (decimal)made["cost"]!, (long)made["source_asset_id"]!));
        var lineage = made["lineage"]!.AsArray();
        Assert.Equal(["image", "prompt"], lineage.Select(ancestor => (string)ancestor!["type"]!));
        Assert.Equal("a woman in a flowing red dress", (string)lineage[1]!["text"]!);
        Assert.Equal((long)source["id"]!, (long)lineage[0]!["source_asset_id"]!);
    }

    [Fact]
    public async Task A_file_that_is_gone_is_named_in_the_manifest_and_the_rest_is_there()
    {
        var lost = await UploadAsync(Client, 470, "lost.png");
        var kept = await UploadAsync(Client, 471, "kept.png");
        FilesOf(lost).ForEach(File.Delete);

        using var answer = await Client.PostAsJsonAsync(new Uri("/assets/download", UriKind.Relative), new { ids = new[] { (long)lost["id"]!, (long)kept["id"]! } });

        using var archive = new ZipArchive(await answer.Content.ReadAsStreamAsync());
        Assert.Equal(["kept.png", "manifest.json"], archive.Entries.Select(entry => entry.FullName));
        Assert.Equal("lost.png", (string)JsonNode.Parse(Read(archive, "manifest.json"))!["errors"]![0]!["file"]!);
    }

    private async Task<JsonNode> EmptyAsync() => await JsonAsync(await Client.PostAsJsonAsync(new Uri("/assets/trash/empty", UriKind.Relative), new { }));

    private async Task<IReadOnlyList<long>> IdsAsync(string path) =>
        [.. (await JsonAsync(await Client.GetAsync(new Uri(path, UriKind.Relative))))["data"]!.AsArray().Select(asset => (long)asset!["id"]!)];

    private List<string> FilesOf(JsonNode asset) =>
        [.. Directory.EnumerateFiles(Path.Combine(fixture.Host.MediaRoot, "t", _tenant.ToString()), $"{(string)asset["sha256"]!}*", SearchOption.AllDirectories)];

    private static byte[] Read(ZipArchive archive, string name)
    {
        using var content = archive.GetEntry(name)!.Open();
        using var bytes = new MemoryStream();
        content.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static Uri One(JsonNode asset) => new($"/assets/{(long)asset["id"]!}", UriKind.Relative);
}
