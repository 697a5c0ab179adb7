using System.IO.Compression;
using System.Text.Json;
using Media;
using Microsoft.EntityFrameworkCore;
using PipelineService.Pipelines;
using PipelineService.Storage;
using ServiceDefaults;

namespace PipelineService.Assets;

/// <summary>Streams chosen assets as a ZIP. Media is stored as it is, since it does not shrink; nothing is written to disk on the way.</summary>
internal sealed class AssetDownload(PipelineDbContext db, IObjectStore store, TimeProvider time)
{
    private const string ManifestName = "manifest.json";

    // an image from a prompt, a video from an image; reruns hang beside, not below
    private const int MaxGenerations = 4;

    private static readonly JsonSerializerOptions Indented = new(PipelineJson.Options) { WriteIndented = true };

    /// <summary>Everything that is asked of the database, so that the stream itself needs none.</summary>
    public async Task<IReadOnlyList<PlannedFile>> PlanAsync(long tenantId, long[] ids, CancellationToken cancellationToken)
    {
        var assets = await db.Assets.AsNoTracking()
            .Where(asset => asset.TenantId == tenantId && ids.Contains(asset.Id)).OrderBy(asset => asset.Id).ToListAsync(cancellationToken);
        var outputs = await OutputsAsync(tenantId, [.. assets.Select(asset => asset.OutputId).OfType<long>()], cancellationToken);
        var items = outputs.Values.Select(output => output.ItemId).OfType<long>().Distinct().ToArray();
        var sources = await db.Items
            .Where(item => item.TenantId == tenantId && items.Contains(item.Id))
            .ToDictionaryAsync(item => item.Id, item => item.SourceAssetId, cancellationToken);
        var pipelineIds = assets.Select(asset => asset.PipelineId).OfType<long>().Distinct().ToArray();
        var pipelines = await db.Pipelines
            .Where(pipeline => pipeline.TenantId == tenantId && pipelineIds.Contains(pipeline.Id))
            .ToDictionaryAsync(pipeline => pipeline.Id, pipeline => pipeline.Name, cancellationToken);

        var names = new ArchiveNames(ManifestName);
        return [.. assets.Select(asset => new PlannedFile(asset.ObjectKey, ManifestEntry.For(asset, names.Unique(asset.Name), outputs, sources, pipelines)))];
    }

    public async Task WriteAsync(IReadOnlyList<PlannedFile> files, Stream output, CancellationToken cancellationToken)
    {
        await using var late = new LateWriteStream(output);
        await using (var archive = await ZipArchive.CreateAsync(late, ZipArchiveMode.Create, leaveOpen: true, null, cancellationToken))
        {
            await AddFilesAsync(archive, files, cancellationToken);
        }

        await late.FlushAsync(cancellationToken);
    }

    private async Task AddFilesAsync(ZipArchive archive, IReadOnlyList<PlannedFile> files, CancellationToken cancellationToken)
    {
        var written = new List<ManifestEntry>(files.Count);
        var errors = new List<FileError>();
        foreach (var (key, entry) in files)
        {
            await using var content = await store.OpenReadAsync(key, cancellationToken);
            if (content is null)
            {
                errors.Add(new FileError(entry.File, "It was deleted while the archive was made."));
                continue;
            }

            var packed = archive.CreateEntry(entry.File, CompressionLevel.NoCompression);
            packed.LastWriteTime = entry.CreatedAt;
            await using var target = await packed.OpenAsync(cancellationToken);
            await content.CopyToAsync(target, cancellationToken);
            written.Add(entry);
        }

        var manifest = archive.CreateEntry(ManifestName, CompressionLevel.Fastest);
        manifest.LastWriteTime = time.GetUtcNow();
        await using var json = await manifest.OpenAsync(cancellationToken);
        await JsonSerializer.SerializeAsync(json, new AssetManifest(time.GetUtcNow(), written, errors), Indented, cancellationToken);
    }

    private async Task<Dictionary<long, Output>> OutputsAsync(long tenantId, long[] ids, CancellationToken cancellationToken)
    {
        var found = new Dictionary<long, Output>();
        for (var generation = 0; ids.Length > 0 && generation < MaxGenerations; generation++)
        {
            var rows = await db.Outputs.AsNoTracking().Where(output => output.TenantId == tenantId && ids.Contains(output.Id)).ToListAsync(cancellationToken);
            rows.ForEach(row => found[row.Id] = row);
            ids = [.. rows.Select(row => row.ParentOutputId).OfType<long>().Where(id => !found.ContainsKey(id)).Distinct()];
        }

        return found;
    }
}

/// <param name="Key">In the object store.</param>
internal sealed record PlannedFile(string Key, ManifestEntry Entry);
