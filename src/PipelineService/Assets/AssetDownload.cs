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
    public const string ManifestName = "manifest.json";
    public const string Deleted = "It was deleted while the archive was made.";

    // an image from a prompt, a video from an image; reruns hang beside, not below
    private const int MaxGenerations = 4;

    private static readonly JsonSerializerOptions Indented = new(PipelineJson.Options) { WriteIndented = true };

    /// <summary>Everything that is asked of the database, so that the stream itself needs none.</summary>
    public async Task<IReadOnlyList<PlannedFile>> PlanAsync(long tenantId, long[] ids, CancellationToken cancellationToken)
    {
        var assets = await db.Assets.AsNoTracking()
            .Where(asset => asset.TenantId == tenantId && ids.Contains(asset.Id)).OrderBy(asset => asset.Id).ToListAsync(cancellationToken);
        var names = new ArchiveNames(ManifestName);
        return await PlanAsync(tenantId, assets, asset => names.Unique(asset.Name), cancellationToken);
    }

    /// <summary>The same for assets that are known, in their order.</summary>
    /// <param name="name">An asset's name in the archive.</param>
    public async Task<IReadOnlyList<PlannedFile>> PlanAsync(long tenantId, IReadOnlyList<Asset> assets, Func<Asset, string> name, CancellationToken cancellationToken)
    {
        var outputs = await OutputsAsync(tenantId, [.. assets.Select(asset => asset.OutputId).OfType<long>()], cancellationToken);
        var items = outputs.Values.Select(output => output.ItemId).OfType<long>().Distinct().ToArray();
        var sources = await db.Items
            .Where(item => item.TenantId == tenantId && items.Contains(item.Id))
            .ToDictionaryAsync(item => item.Id, item => item.SourceAssetId, cancellationToken);
        var pipelineIds = assets.Select(asset => asset.PipelineId).OfType<long>().Distinct().ToArray();
        var pipelines = await db.Pipelines
            .Where(pipeline => pipeline.TenantId == tenantId && pipelineIds.Contains(pipeline.Id))
            .ToDictionaryAsync(pipeline => pipeline.Id, pipeline => pipeline.Name, cancellationToken);

        return [.. assets.Select(asset => new PlannedFile(asset.ObjectKey, ManifestEntry.For(asset, name(asset), outputs, sources, pipelines)))];
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
        foreach (var file in files)
        {
            if (await AddAsync(archive, store, file, cancellationToken))
            {
                written.Add(file.Entry);
            }
            else
            {
                errors.Add(new FileError(file.Entry.File, Deleted));
            }
        }

        var manifest = archive.CreateEntry(ManifestName, CompressionLevel.Fastest);
        manifest.LastWriteTime = time.GetUtcNow();
        await using var json = await manifest.OpenAsync(cancellationToken);
        await JsonSerializer.SerializeAsync(json, new AssetManifest(time.GetUtcNow(), written, errors), Indented, cancellationToken);
    }

    /// <returns>False when the file is gone.</returns>
    public static async Task<bool> AddAsync(ZipArchive archive, IObjectStore store, PlannedFile file, CancellationToken cancellationToken)
    {
        await using var content = await store.OpenReadAsync(file.Key, cancellationToken);
        if (content is null)
        {
            return false;
        }

        var packed = archive.CreateEntry(file.Entry.File, CompressionLevel.NoCompression);
        packed.LastWriteTime = file.Entry.CreatedAt;
        await using var target = await packed.OpenAsync(cancellationToken);
        await content.CopyToAsync(target, cancellationToken);
        return true;
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
