using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PipelineService.Assets;
using PipelineService.Tests.Assets;
using static PipelineService.Tests.Assets.AssetsFixture;

namespace PipelineService.Tests.Library;

public sealed class LibraryTests(AssetsFixture fixture) : IClassFixture<AssetsFixture>
{
    private readonly long _tenant = LibraryHost.NewTenant();

    private HttpClient Client => field ??= fixture.Host.ClientOf(_tenant);

    [Fact]
    public async Task Every_filter_leaves_what_it_says_and_the_index_agrees_with_the_list()
    {
        var ids = await SeedAsync();
        using var made = await Client.PostAsJsonAsync(Path("/collections"), new { name = "Golden hour" });
        var collection = (long)(await JsonAsync(made))["id"]!;
        await PutAsync(new { ids = new[] { ids[0], ids[3] }, star = true, add_tags = new[] { "launch", "red" }, add_to = new[] { collection } });
        await PutAsync(new { ids = new[] { ids[3], ids[4] }, rating = 4 });

        foreach (var (query, expected) in new (string, long[])[]
        {
            ("", [ids[5], ids[4], ids[3], ids[2], ids[1], ids[0]]),
            ("type=video", [ids[5], ids[4]]),
            ("source=uploaded", [ids[1], ids[0]]),
            ("model=kling-image", [ids[3], ids[2]]),
            ("starred=true", [ids[3], ids[0]]),
            ("tag=red", [ids[3], ids[0]]),
            ($"collection_id={collection}", [ids[3], ids[0]]),
            ("min_rating=4", [ids[4], ids[3]]),
            ("min_rating=5", []),
            ("q=DRESS", [ids[4], ids[3], ids[2]]),
            ("q=100%25", [ids[5]]),
            ("q=first.png", [ids[0]]),
            ("type=image&tag=launch&q=dress", [ids[3]]),
            ("sort=oldest", [ids[0], ids[1], ids[2], ids[3], ids[4], ids[5]]),
            ("sort=cost", [ids[5], ids[4], ids[3], ids[2], ids[1], ids[0]]),
            ("sort=rating", [ids[4], ids[3], ids[5], ids[2], ids[1], ids[0]]),
            ("sort=name", [ids[0], ids[2], ids[3], ids[1], ids[4], ids[5]]),
        })
        {
            Assert.Equal((query, string.Join(' ', expected)), (query, string.Join(' ', await PagesAsync("/assets", query, 200))));
            Assert.Equal((query, string.Join(' ', expected)), (query, string.Join(' ', await PagesAsync("/assets", query, 2))));
            Assert.Equal((query, string.Join(' ', expected)), (query, string.Join(' ', await IndexAsync(query, 4))));
        }
    }

    [Fact]
    public async Task Facets_count_each_choice_under_the_other_filters()
    {
        var ids = await SeedAsync();
        await PutAsync(new { ids = new[] { ids[2], ids[4] }, star = true, add_tags = new[] { "red" }, rating = 3 });

        var all = await JsonAsync(await Client.GetAsync(Path("/assets/facets")));
        var videos = await JsonAsync(await Client.GetAsync(Path("/assets/facets?type=video&starred=true")));

        Assert.Equal((6, 2, 2), ((int)all["total"]!, (int)all["starred"]!, (int)all["ratings"]![2]!["count"]!));
        Assert.Equal(["image 4", "video 2"], Counts(all["types"]!));
        Assert.Equal(["kling 2", "kling-image 2"], Counts(all["models"]!));
        Assert.Equal(["red 2"], Counts(all["tags"]!));
        Assert.Equal((1, 1), ((int)videos["total"]!, (int)videos["starred"]!));
        Assert.Equal(["image 1", "video 1"], Counts(videos["types"]!));
        Assert.Equal("kling 1", Assert.Single(Counts(videos["models"]!)));
    }

    [Fact]
    public async Task An_output_and_its_file_have_one_rating_whoever_gives_it()
    {
        var pipeline = await Ledger.AddPipelineAsync(fixture.Host, _tenant);
        var step = await Ledger.AddStepAsync(fixture.Host, pipeline, "i2i", 1);
        var (output, asset) = await Ledger.AddOutputAsync(fixture.Host, step, "red dress", await Ledger.StoreAsync(fixture.Host, _tenant, TestPictures.Png(700)));

        await PutAsync(new { ids = new[] { asset!.Id }, rating = 5 });
        Assert.Equal(5, await fixture.Host.WithDatabaseAsync(db => db.Outputs.Where(row => row.Id == output.Id).Select(row => row.Rating).SingleAsync()));

        await fixture.Host.WithDatabaseAsync(db => db.Outputs.Where(row => row.Id == output.Id).ExecuteUpdateAsync(row => row.SetProperty(one => one.Rating, 2)));
        Assert.Equal(2, (int)(await JsonAsync(await Client.GetAsync(Path($"/assets/{asset.Id}"))))["rating"]!);

        await PutAsync(new { ids = new[] { asset.Id }, rating = 0 });
        Assert.Null((await JsonAsync(await Client.GetAsync(Path($"/assets/{asset.Id}"))))["rating"]);
    }

    [Fact]
    public async Task Marks_are_all_put_or_none_and_every_fault_is_told()
    {
        var ids = await SeedAsync();
        using var other = fixture.Host.ClientOf(LibraryHost.NewTenant());
        using var theirs = await other.PostAsJsonAsync(Path("/collections"), new { name = "Theirs" });
        var collection = (long)(await JsonAsync(theirs))["id"]!;

        using var answer = await Client.PutAsJsonAsync(Path("/assets"), new { ids = new[] { ids[0] }, star = true, rating = 6, add_tags = new[] { "" }, add_to = new[] { collection } });

        var errors = (await UploadTests.ProblemAsync(answer, HttpStatusCode.UnprocessableEntity))["errors"]!.AsObject();
        Assert.Equal(["/add_tags/0", "/add_to/0", "/rating"], errors.Select(error => error.Key).Order());
        Assert.False((bool)(await JsonAsync(await Client.GetAsync(Path($"/assets/{ids[0]}"))))["starred"]!);
    }

    [Fact]
    public async Task Collections_are_made_renamed_filled_and_deleted_and_their_assets_stay()
    {
        var ids = await SeedAsync();
        using var made = await Client.PostAsJsonAsync(Path("/collections"), new { name = " Light study " });
        var id = (long)(await JsonAsync(made))["id"]!;
        using var twice = await Client.PostAsJsonAsync(Path("/collections"), new { name = "light STUDY" });
        await PutAsync(new { ids = new[] { ids[1], ids[2] }, add_to = new[] { id } });
        using var trashed = await Client.DeleteAsync(Path($"/assets/{ids[2]}"));
        using var renamed = await Client.PutAsJsonAsync(Path($"/collections/{id}"), new { name = "Light" });
        using var other = fixture.Host.ClientOf(LibraryHost.NewTenant());

        await UploadTests.ProblemAsync(twice, HttpStatusCode.Conflict);
        var listed = Assert.Single((await JsonAsync(await Client.GetAsync(Path("/collections"))))["data"]!.AsArray())!;
        Assert.Equal(("Light", 1, $"/assets/{ids[1]}/thumbnail"), ((string)listed["name"]!, (int)listed["assets"]!, (string)listed["cover_url"]!));
        Assert.Equal([id], (await JsonAsync(await Client.GetAsync(Path($"/assets/{ids[1]}"))))["collections"]!.AsArray().Select(one => (long)one!));
        await UploadTests.ProblemAsync(await other.DeleteAsync(Path($"/collections/{id}")), HttpStatusCode.NotFound);

        using var deleted = await Client.DeleteAsync(Path($"/collections/{id}"));

        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        Assert.Empty((await JsonAsync(await Client.GetAsync(Path($"/assets/{ids[1]}"))))["collections"]!.AsArray());
    }

    /// <summary>Two uploads, two images and two videos, in that order.</summary>
    private async Task<long[]> SeedAsync()
    {
        (string Name, string Type, string? Model, string? Prompt, decimal? Cost)[] rows =
        [
            ("first.png", "image", null, null, null), ("photo.png", "image", null, null, null),
            ("image-1.jpg", "image", "kling-image", "a red dress", 0.028m), ("image-2.jpg", "image", "kling-image", "a blue dress", 0.028m),
            ("video-1.mp4", "video", "kling", "the Dress turns", 0.35m), ("video-2.mp4", "video", "kling", "100% slow", 0.70m),
        ];
        return await fixture.Host.WithDatabaseAsync(async db =>
        {
            var ids = new List<long>();
            foreach (var (name, type, model, prompt, cost) in rows)
            {
                var asset = new Asset
                {
                    TenantId = _tenant, Type = type, Source = model is null ? "uploaded" : "generated", Name = name, ContentType = type == "image" ? "image/png" : "video/mp4",
                    Width = 640, Height = 480, DurationSec = type == "video" ? 5.04m : null, Bytes = 1000, Sha256 = $"{Guid.NewGuid():N}{Guid.NewGuid():N}", ObjectKey = $"t/{Guid.NewGuid():N}",
                    Model = model, Prompt = prompt, Cost = cost, CreatedAt = TimeProvider.System.GetUtcNow(),
                };
                db.Add(asset);
                await db.SaveChangesAsync();
                ids.Add(asset.Id);
            }

            return ids.ToArray();
        });
    }

    private async Task PutAsync(object body)
    {
        using var answer = await Client.PutAsJsonAsync(Path("/assets"), body);
        Assert.True(answer.StatusCode == HttpStatusCode.NoContent, await answer.Content.ReadAsStringAsync());
    }

    private async Task<List<long>> PagesAsync(string path, string query, int limit)
    {
        var ids = new List<long>();
        for (string? cursor = null; ;)
        {
            var page = await JsonAsync(await Client.GetAsync(Path($"{path}?{query}&limit={limit}{(cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}")}")));
            ids.AddRange(page["data"]!.AsArray().Select(asset => (long)asset!["id"]!));
            if ((cursor = (string?)page["next_cursor"]) is null)
            {
                return ids;
            }
        }
    }

    private async Task<List<long>> IndexAsync(string query, int limit)
    {
        var ids = new List<long>();
        for (string? cursor = null; ;)
        {
            var part = await JsonAsync(await Client.GetAsync(Path($"/assets/index?{query}&limit={limit}{(cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}")}")));
            ids.AddRange(part["id"]!.AsArray().Select(id => (long)id!));
            Assert.All(part["shape"]!.AsArray(), shape => Assert.Equal(640, (int)part["shapes"]![(int)shape!]!["width"]!));
            if ((cursor = (string?)part["next_cursor"]) is null)
            {
                return ids;
            }
        }
    }

    private static IEnumerable<string> Counts(JsonNode facets) => facets.AsArray().Select(one => $"{(string)one!["value"]!} {(int)one["count"]!}");

    private static Uri Path(string path) => new(path, UriKind.Relative);
}
