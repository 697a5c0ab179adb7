using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Media;
using Microsoft.EntityFrameworkCore;
using PipelineService.Pipelines;
using PipelineService.Storage;
using ServiceDefaults;

namespace PipelineService.Assets;

/// <summary>
/// Streams what a pipeline has made so far as a ZIP, whatever state it is in. Rows are read page by page and the manifest is gathered in a temporary
/// file, so that only the archive's own directory grows with the run.
/// </summary>
internal sealed class PipelineDownload(PipelineDbContext db, AssetDownload assets, IObjectStore store, TimeProvider time)
{
    private const int Page = 200;

    /// <param name="steps">Those whose outputs are wanted, in their order.</param>
    public async Task WriteAsync(IReadOnlyList<Step> steps, Stream output, CancellationToken cancellationToken)
    {
        await using var late = new LateWriteStream(output);
        await using var manifest = new FileStream(
            Path.Combine(Path.GetTempPath(), $"manifest-{Guid.NewGuid():N}"), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 64 * 1024, FileOptions.DeleteOnClose);
        await using (var archive = await ZipArchive.CreateAsync(late, ZipArchiveMode.Create, leaveOpen: true, null, cancellationToken))
        {
            var errors = new List<FileError>();
            await WriteAsync(manifest, $"{{\n\"created_at\": {JsonSerializer.Serialize(time.GetUtcNow(), PipelineJson.Options)},\n\"assets\": [");
            var first = true;
            foreach (var step in steps)
            {
                await foreach (var file in FilesAsync(step, cancellationToken))
                {
                    if (await AssetDownload.AddAsync(archive, store, file, cancellationToken))
                    {
                        await WriteAsync(manifest, (first ? "\n" : ",\n") + JsonSerializer.Serialize(file.Entry, PipelineJson.Options));
                        first = false;
                    }
                    else
                    {
                        errors.Add(new FileError(file.Entry.File, AssetDownload.Deleted));
                    }
                }

                await AddPromptsAsync(archive, step, cancellationToken);
            }

            await WriteAsync(manifest, $"\n],\n\"errors\": {JsonSerializer.Serialize(errors, PipelineJson.Options)}\n}}\n");
            manifest.Position = 0;
            var entry = archive.CreateEntry(AssetDownload.ManifestName, CompressionLevel.Fastest);
            entry.LastWriteTime = time.GetUtcNow();
            await using var target = await entry.OpenAsync(cancellationToken);
            await manifest.CopyToAsync(target, cancellationToken);
        }

        await late.FlushAsync(cancellationToken);

        async Task WriteAsync(Stream stream, string text) => await stream.WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken);
    }

    private async IAsyncEnumerable<PlannedFile> FilesAsync(Step step, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var page in PagesAsync(step, cancellationToken))
        {
            var outputs = page.Where(output => output.AssetId is not null).ToDictionary(output => output.AssetId!.Value);
            var ids = outputs.Keys.ToArray();
            var rows = await db.Assets.AsNoTracking().Where(asset => asset.TenantId == step.TenantId && ids.Contains(asset.Id)).ToListAsync(cancellationToken);
            rows.Sort((left, right) => (outputs[left.Id].Ordinal, outputs[left.Id].Id).CompareTo((outputs[right.Id].Ordinal, outputs[right.Id].Id)));
            foreach (var file in await assets.PlanAsync(step.TenantId, rows, asset => Name(step, outputs[asset.Id], asset), cancellationToken))
            {
                yield return file;
            }
        }
    }

    /// <summary>The prompts of an enhancer step, one JSON object a line.</summary>
    private async Task AddPromptsAsync(ZipArchive archive, Step step, CancellationToken cancellationToken)
    {
        if (step.StepType != Contracts.Generation.StepTypes.PromptEnhance || step.Succeeded == 0)
        {
            return;
        }

        var entry = archive.CreateEntry($"{Folder(step)}/prompts.jsonl", CompressionLevel.Fastest);
        entry.LastWriteTime = time.GetUtcNow();
        await using var target = await entry.OpenAsync(cancellationToken);
        await foreach (var page in PagesAsync(step, cancellationToken))
        {
            foreach (var output in page)
            {
                var line = new PromptLine(output.Id, output.Text, output.Prompt, output.ImageIndex, output.Selected);
                await target.WriteAsync(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(line, PipelineJson.Options) + "\n"), cancellationToken);
            }
        }
    }

    private async IAsyncEnumerable<List<Output>> PagesAsync(Step step, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (ordinal, id) = (-1L, 0L);
        List<Output> page;
        do
        {
            page = await db.Outputs.AsNoTracking()
                .Where(output => output.StepId == step.Id && output.TenantId == step.TenantId && (output.Ordinal > ordinal || (output.Ordinal == ordinal && output.Id > id)))
                .OrderBy(output => output.Ordinal).ThenBy(output => output.Id).Take(Page)
                .ToListAsync(cancellationToken);
            if (page.Count > 0)
            {
                yield return page;
                (ordinal, id) = (page[^1].Ordinal, page[^1].Id);
            }
        }
        while (page.Count == Page);
    }

    /// <summary>Sorts as the step is ordered, and is unique by the output's id: no list of names is needed.</summary>
    private static string Name(Step step, Output output, Asset asset) => $"{Folder(step)}/{asset.Type}-{output.Ordinal + 1:00000}-{output.Id}{Path.GetExtension(asset.ObjectKey)}";

    private static string Folder(Step step) => $"{step.StepOrder}-{step.StepType}";

    private sealed record PromptLine(long OutputId, string? Text, string? Prompt, int? ImageIndex, bool Selected);
}
