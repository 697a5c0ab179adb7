using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PipelineService.Pipelines;
using PipelineService.Tests.Assets;
using static PipelineService.Tests.Assets.AssetsFixture;

namespace PipelineService.Tests.Library;

public sealed class LineageTests(AssetsFixture fixture) : IClassFixture<AssetsFixture>
{
    private readonly long _tenant = LibraryHost.NewTenant();

    private HttpClient Client => field ??= fixture.Host.ClientOf(_tenant);

    [Fact]
    public async Task A_video_leads_back_over_image_and_words_to_the_photo_and_the_photo_on_to_the_video()
    {
        var photo = (long)(await UploadAsync(Client, 800, "me.png"))["id"]!;
        var pipeline = await Ledger.AddPipelineAsync(fixture.Host, _tenant, images: [photo], name: "Launch");
        var enhance = await Ledger.AddStepAsync(fixture.Host, pipeline, "prompt_enhance", 1);
        var image = await Ledger.AddStepAsync(fixture.Host, pipeline, "i2i", 2);
        var video = await Ledger.AddStepAsync(fixture.Host, pipeline, "i2v", 3);
        var (words, _) = await Ledger.AddOutputAsync(fixture.Host, enhance, "red dress", text: "a woman in a flowing red dress", source: photo);
        var (picture, pictureAsset) = await Ledger.AddOutputAsync(
            fixture.Host, image, "a woman in a flowing red dress", await Ledger.StoreAsync(fixture.Host, _tenant, TestPictures.Png(801)), words, photo);
        var (_, clip) = await Ledger.AddOutputAsync(
            fixture.Host, video, "slow push in", await Ledger.StoreAsync(fixture.Host, _tenant, await TestPictures.Mp4Async(), video: true), picture, pictureAsset!.Id);
        await fixture.Host.WithDatabaseAsync(db => db.Items.Where(item => item.StepId == video.Id)
            .ExecuteUpdateAsync(item => item.SetProperty(one => one.Attempt, 3).SetProperty(one => one.ProviderRequestId, "req-9")));

        var up = await LineageAsync(clip!.Id);
        var down = await LineageAsync(photo);

        Assert.Equal(["source", "prompt", "enhanced_prompt", "image", "video"], Kinds(up["chain"]!));
        Assert.Equal("me.png", (string)up["chain"]![0]!["name"]!);
        Assert.Equal(("red dress", "a woman in a flowing red dress"), ((string)up["chain"]![1]!["text"]!, (string)up["chain"]![2]!["text"]!));
        var made = up["chain"]![4]!;
        Assert.Equal((3, "req-9", 42, "Launch"), ((int)made["making"]!["attempts"]!, (string)made["making"]!["provider_request_id"]!, (int)made["seed"]!, (string)made["pipeline_name"]!));
        Assert.Equal(0.084m, (decimal)up["cost"]!);
        Assert.Empty(up["made"]!.AsArray());
        Assert.Equal(["image", "video"], Kinds(down["made"]!));
        Assert.Equal(pictureAsset.Id, (long)down["made"]![1]!["from_asset_id"]!);
    }

    [Fact]
    public async Task It_goes_on_through_a_run_that_took_what_another_made()
    {
        var first = await Ledger.AddPipelineAsync(fixture.Host, _tenant, prompts: ["first"], name: "First");
        var one = await Ledger.AddStepAsync(fixture.Host, first, "i2i", 1);
        var (_, made) = await Ledger.AddOutputAsync(fixture.Host, one, "first words", await Ledger.StoreAsync(fixture.Host, _tenant, TestPictures.Png(810)));
        var second = await Ledger.AddPipelineAsync(fixture.Host, _tenant, images: [made!.Id], name: "Second");
        var two = await Ledger.AddStepAsync(fixture.Host, second, "i2i", 1);
        var (_, last) = await Ledger.AddOutputAsync(fixture.Host, two, "second words", await Ledger.StoreAsync(fixture.Host, _tenant, TestPictures.Png(811)), source: made.Id);

        var chain = (await LineageAsync(last!.Id))["chain"]!;

        Assert.Equal(["prompt", "image", "prompt", "image"], Kinds(chain));
        Assert.Equal(["First", "First", "Second", "Second"], chain.AsArray().Select(node => (string)node!["pipeline_name"]!));
    }

    [Fact]
    public async Task Of_what_was_made_the_first_are_shown_all_are_counted_and_a_filter_finds_them()
    {
        var photo = (long)(await UploadAsync(Client, 830))["id"]!;
        var other = (long)(await UploadAsync(Client, 831))["id"]!;
        var media = await Ledger.StoreAsync(fixture.Host, _tenant, TestPictures.Png(832));
        var ids = new List<long>();
        for (var run = 0; run < 26; run++)
        {
            var pipeline = await Ledger.AddPipelineAsync(fixture.Host, _tenant, images: [photo, other]);
            var image = await Ledger.AddStepAsync(fixture.Host, pipeline, "i2i", 1);
            var video = await Ledger.AddStepAsync(fixture.Host, pipeline, "i2v", 2);
            await Ledger.AddOutputAsync(fixture.Host, image, "of another photo", media, source: other);
            for (var one = 0; one < 2; one++)
            {
                var (output, asset) = await Ledger.AddOutputAsync(fixture.Host, image, "of the photo", media, source: photo);
                var (_, clip) = await Ledger.AddOutputAsync(fixture.Host, video, "of that", media, output, asset!.Id);
                ids.AddRange([asset.Id, clip!.Id]);
            }
        }

        var lineage = await LineageAsync(photo);
        Assert.Equal((100, 104), (lineage["made"]!.AsArray().Count, (int)lineage["made_total"]!));
        var all = await JsonAsync(await Client.GetAsync(new Uri($"/assets/index?made_from={photo}&sort=oldest", UriKind.Relative)));
        Assert.Equal(ids, all["id"]!.AsArray().Select(id => (long)id!));
        Assert.Equal(104, (int)(await JsonAsync(await Client.GetAsync(new Uri($"/assets/facets?made_from={photo}", UriKind.Relative))))["total"]!);
        using var stranger = fixture.Host.ClientOf(LibraryHost.NewTenant());
        Assert.Empty((await JsonAsync(await stranger.GetAsync(new Uri($"/assets?made_from={photo}", UriKind.Relative))))["data"]!.AsArray());
    }

    [Fact]
    public async Task What_was_deleted_since_is_a_gap_with_a_word_and_not_an_error()
    {
        var photo = (long)(await UploadAsync(Client, 820))["id"]!;
        var pipeline = await Ledger.AddPipelineAsync(fixture.Host, _tenant, images: [photo]);
        var step = await Ledger.AddStepAsync(fixture.Host, pipeline, "i2i", 1);
        var (_, made) = await Ledger.AddOutputAsync(fixture.Host, step, "x", await Ledger.StoreAsync(fixture.Host, _tenant, TestPictures.Png(821)), source: photo);
        using var trashed = await Client.DeleteAsync(new Uri($"/assets/{photo}", UriKind.Relative));
        Assert.Equal("trashed", (string)(await LineageAsync(made!.Id))["chain"]![0]!["state"]!);

        using var emptied = await Client.PostAsync(new Uri("/assets/trash/empty", UriKind.Relative), null);
        Assert.Equal(HttpStatusCode.OK, emptied.StatusCode);

        var gap = (await LineageAsync(made.Id))["chain"]![0]!;
        Assert.Equal(("source", "removed", photo), ((string)gap["kind"]!, (string)gap["state"]!, (long)gap["asset_id"]!));
        using var other = fixture.Host.ClientOf(LibraryHost.NewTenant());
        await UploadTests.ProblemAsync(await other.GetAsync(new Uri($"/assets/{made.Id}/lineage", UriKind.Relative)), HttpStatusCode.NotFound);
    }

    private async Task<JsonNode> LineageAsync(long id)
    {
        using var answer = await Client.GetAsync(new Uri($"/assets/{id}/lineage", UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await JsonAsync(answer);
    }

    private static IEnumerable<string> Kinds(JsonNode nodes) => nodes.AsArray().Select(node => (string)node!["kind"]!);
}
