using PipelineService.Pipelines;

namespace PipelineService.Assets;

/// <summary>manifest.json of a download.</summary>
/// <param name="Errors">Assets that were asked for and whose file is gone.</param>
internal sealed record AssetManifest(DateTimeOffset CreatedAt, IReadOnlyList<ManifestEntry> Assets, IReadOnlyList<FileError> Errors);

/// <param name="File">Its name in this archive.</param>
/// <param name="Cost">US dollars; null for uploads.</param>
/// <param name="SourceAssetId">The picture it was made from; null for uploads.</param>
/// <param name="Lineage">The outputs it came from, the nearest first.</param>
internal sealed record ManifestEntry(
    string File,
    long Id,
    string Type,
    string Source,
    string ContentType,
    int Width,
    int Height,
    decimal? DurationSec,
    long Bytes,
    string Sha256,
    long? PipelineId,
    string? PipelineName,
    long? OutputId,
    string? Model,
    string? Provider,
    bool Simulated,
    string? Prompt,
    IReadOnlyDictionary<string, string>? Variation,
    long? Seed,
    decimal? Cost,
    long? SourceAssetId,
    IReadOnlyList<ManifestAncestor> Lineage,
    DateTimeOffset CreatedAt)
{
    /// <param name="outputs">By id: those of the assets and all they came from.</param>
    /// <param name="sources">The picture each item worked on, by item.</param>
    public static ManifestEntry For(
        Asset asset, string file, IReadOnlyDictionary<long, Output> outputs, IReadOnlyDictionary<long, long?> sources, IReadOnlyDictionary<long, string> pipelines)
    {
        var output = Find(asset.OutputId);
        return new ManifestEntry(
            file, asset.Id, asset.Type, asset.Source, asset.ContentType, asset.Width, asset.Height, asset.DurationSec, asset.Bytes, asset.Sha256,
            asset.PipelineId, asset.PipelineId is { } pipeline ? pipelines.GetValueOrDefault(pipeline) : null,
            asset.OutputId, asset.Model, output?.Provider, asset.Simulated, output?.Prompt ?? asset.Prompt, output?.Variation, output?.Seed, output?.Cost,
            SourceOf(output), [.. Ancestors(output)], asset.CreatedAt);

        IEnumerable<ManifestAncestor> Ancestors(Output? of)
        {
            for (var parent = Find(of?.ParentOutputId); parent is not null; parent = Find(parent.ParentOutputId))
            {
                yield return new ManifestAncestor(
                    parent.Id, parent.Type, parent.Text, parent.AssetId, parent.Model, parent.Prompt, parent.Seed, parent.Cost, SourceOf(parent));
            }
        }

        Output? Find(long? id) => id is { } known ? outputs.GetValueOrDefault(known) : null;

        long? SourceOf(Output? of) => of?.ItemId is { } item ? sources.GetValueOrDefault(item) : null;
    }
}

/// <summary>An output on the way to a file: the image a video was made from, the prompt an image was made from.</summary>
internal sealed record ManifestAncestor(
    long OutputId, string Type, string? Text, long? AssetId, string? Model, string? Prompt, long? Seed, decimal Cost, long? SourceAssetId);
