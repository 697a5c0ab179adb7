using System.IO.Compression;
using System.Net;
using System.Text.Json.Nodes;
using Contracts.Generation;
using Media;
using Media.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PipelineService.Pipelines;
using PipelineService.Tests.Assets;

namespace PipelineService.Tests.Pipelines;

/// <summary>What a pipeline has made so far, at any time.</summary>
[Collection(PipelinesCollection.Name)]
public sealed class DownloadTests(PipelinesHost host)
{
    private readonly TenantClient _tenant = host.NewTenant();

    [Fact]
    public async Task What_is_there_is_downloaded_while_it_runs_and_after_it_was_cancelled()
    {
        var id = await _tenant.StartAsync(images => Requests.Small(images));
        await _tenant.DoAsync(id, "prompt_enhance");
        var none = await DownloadAsync($"/pipelines/{id}/download");
        Assert.Equal(["1-prompt_enhance/prompts.jsonl", "manifest.json"], none.Keys);
        Assert.Equal("woman in red dress, take 1", JsonNode.Parse(Text(none["1-prompt_enhance/prompts.jsonl"]).Split('\n')[0])!.Text("text"));

        var pictures = await MakeAsync(id, 2);
        Assert.Equal("running", (await _tenant.PipelineAsync(id)).Text("status"));
        await CheckAsync(id, pictures);
        await _tenant.PostAsync($"/pipelines/{id}/cancel", null, HttpStatusCode.Accepted);
        await CheckAsync(id, pictures);

        var step = (await _tenant.PipelineAsync(id)).Step("i2i").Id();
        Assert.Equal(3, (await DownloadAsync($"/pipelines/{id}/download?step_id={step}")).Count);
        Assert.Equal(["/step_id"], (await _tenant.GetAsync($"/pipelines/{id}/download?step_id=999999999", HttpStatusCode.UnprocessableEntity)).Faults());
    }

    [Fact]
    public async Task Many_outputs_come_in_pages_each_once_and_a_file_that_is_gone_is_named()
    {
        var id = await _tenant.StartAsync(
            images => new
            {
                inputs = new { images = images.Select(image => new { asset_id = image }), prompts = Enumerable.Range(0, 45).Select(n => $"prompt {n}") },
                steps = new object[] { new { step_type = "i2i", config = new { model = "kling-image", images_per_prompt = 10 } } },
            });
        var pictures = await MakeAsync(id, 450);
        File.Delete(Directory.EnumerateFiles(Path.Combine(host.MediaRoot, "t", $"{_tenant.TenantId}"), $"{pictures[0].Media.Sha256}*", SearchOption.AllDirectories).Single());

        var files = await DownloadAsync($"/pipelines/{id}/download");

        var manifest = JsonNode.Parse(Text(files["manifest.json"]))!;
        Assert.Equal(pictures.Count(picture => picture.Media.Sha256 != pictures[0].Media.Sha256), manifest["assets"]!.AsArray().Count);
        Assert.Equal(files.Keys.Where(name => name != "manifest.json"), manifest["assets"]!.AsArray().Select(file => file!.Text("file")));
        Assert.Equal(450 - manifest["assets"]!.AsArray().Count, manifest["errors"]!.AsArray().Count);
        Assert.StartsWith("1-i2i/image-", manifest["errors"]![0]!.Text("file"), StringComparison.Ordinal);
    }

    private async Task CheckAsync(long id, IReadOnlyList<(MediaRef Media, byte[] Bytes)> pictures)
    {
        var files = await DownloadAsync($"/pipelines/{id}/download");
        var manifest = JsonNode.Parse(Text(files["manifest.json"]))!["assets"]!.AsArray();
        Assert.Equal(2, manifest.Count);
        Assert.All(manifest, (file, index) =>
        {
            Assert.Equal(pictures.Single(picture => picture.Media.Sha256 == file!.Text("sha256")).Bytes, files[file!.Text("file")]);
            Assert.Equal(("kling-image", 0.028m), (file!.Text("model"), file!.Amount("cost")));
            Assert.Equal("prompt", file!["lineage"]![0]!.Text("type"));
        });
    }

    /// <summary>Ends so many images with files that are really there; of a hundred, ten differ.</summary>
    private async Task<List<(MediaRef Media, byte[] Bytes)>> MakeAsync(long id, int count)
    {
        var made = new List<(MediaRef Media, byte[] Bytes)>();
        await Testing.Eventually.HoldsAsync(async () =>
        {
            var step = await host.WithDatabaseAsync(db => db.Steps.AsNoTracking().SingleAsync(row => row.PipelineId == id && row.StepType == "i2i"));
            var items = await host.WithDatabaseAsync(db => db.Items.AsNoTracking()
                .Where(item => item.StepId == step.Id && (item.Status == ItemStatus.Dispatched || item.Status == ItemStatus.Queued)).OrderBy(item => item.Ordinal).Take(count - made.Count).ToListAsync());
            var results = new List<ItemResult>();
            foreach (var item in items)
            {
                var picture = await StoreAsync(TestPictures.Png((int)item.Ordinal % 10));
                made.Add(picture);
                results.Add(Work.Result(step, item, null) with { Outputs = [new ProducedOutput(null, picture.Media, 1)] });
            }

            await Work.ReportAsync(host, results);
            return made.Count == count;
        });
        return made;
    }

    private async Task<(MediaRef Media, byte[] Bytes)> StoreAsync(byte[] bytes)
    {
        var path = Path.Combine(Path.GetTempPath(), $"made-{Guid.NewGuid():N}");
        await File.WriteAllBytesAsync(path, bytes);
        var stored = await host.Services.GetRequiredService<MediaStoring>().StoreImageAsync(_tenant.TenantId, path, CancellationToken.None);
        File.Delete(path);
        return (Assert.IsType<StoringResult.Stored>(stored).Media, bytes);
    }

    /// <summary>Name → content, in the order of the archive.</summary>
    private async Task<Dictionary<string, byte[]>> DownloadAsync(string path)
    {
        using var answer = await _tenant.Http.GetAsync(path);
        Assert.Equal((HttpStatusCode.OK, "application/zip"), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        using var archive = new ZipArchive(await answer.Content.ReadAsStreamAsync());
        return archive.Entries.ToDictionary(entry => entry.FullName, entry =>
        {
            using var content = entry.Open();
            using var bytes = new MemoryStream();
            content.CopyTo(bytes);
            return bytes.ToArray();
        });
    }

    private static string Text(byte[] bytes) => System.Text.Encoding.UTF8.GetString(bytes);
}
