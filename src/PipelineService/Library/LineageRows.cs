using PipelineService.Assets;
using PipelineService.Pipelines;

namespace PipelineService.Library;

/// <summary>What is known around an asset, by id. What was deleted is absent.</summary>
internal sealed class LineageRows
{
    public Dictionary<long, Asset> Assets { get; } = [];

    public Dictionary<long, Output> Outputs { get; } = [];

    public Dictionary<long, Item> Items { get; } = [];

    public Dictionary<long, Step> Steps { get; } = [];

    public Dictionary<long, string> Pipelines { get; } = [];

    public Asset? Asset(long? id) => id is { } known ? Assets.GetValueOrDefault(known) : null;

    public Output? Output(long? id) => id is { } known ? Outputs.GetValueOrDefault(known) : null;

    public Item? Item(long? id) => id is { } known ? Items.GetValueOrDefault(known) : null;
}
