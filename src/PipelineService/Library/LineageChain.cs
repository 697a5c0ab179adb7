using PipelineService.Assets;
using PipelineService.Pipelines;

namespace PipelineService.Library;

/// <summary>Strings ledger rows together: from an asset back to the photo and the words it started with, over as many runs as it went through.</summary>
internal static class LineageChain
{
    /// <summary>Longer ones are cut at their beginning.</summary>
    public const int MaxNodes = 40;

    /// <returns>The first source first, the asset itself last.</returns>
    public static IReadOnlyList<LineageNode> Of(Asset asset, LineageRows rows)
    {
        var chain = new List<LineageNode>();
        var seen = new HashSet<long>();
        for (Asset? current = asset; current is not null && seen.Add(current.Id) && chain.Count < MaxNodes;)
        {
            current = AddRun(current, rows, chain);
        }

        chain.Reverse();
        return chain;
    }

    /// <summary>Adds an asset and what led to it within the run that made it, the last first.</summary>
    /// <returns>The photo the run took, to go on with.</returns>
    private static Asset? AddRun(Asset asset, LineageRows rows, List<LineageNode> chain)
    {
        var output = rows.Output(asset.OutputId);
        chain.Add(Node(asset, output, rows));
        long? photo = null;
        for (; output is not null && chain.Count < MaxNodes; output = rows.Output(output.ParentOutputId))
        {
            var item = rows.Item(output.ItemId);
            var parent = rows.Output(output.ParentOutputId);
            if (item?.SourceAssetId is { } source && source != parent?.AssetId)
            {
                photo = source;
            }

            if (parent is not null)
            {
                chain.Add(Node(rows.Asset(parent.AssetId), parent, rows));
            }
            else if (item is not null && (item.Input.Original ?? item.Input.Prompt) is { Length: > 0 } words)
            {
                chain.Add(Words(words, item, rows));
            }
        }

        if (photo is not { } id)
        {
            return null;
        }

        if (rows.Asset(id) is { } known)
        {
            return known;
        }

        chain.Add(Blank("source") with { AssetId = id, State = "removed" });
        return null;
    }

    /// <summary>An output with its file, either of which may be gone.</summary>
    public static LineageNode Node(Asset? asset, Output? output, LineageRows rows)
    {
        var item = rows.Item(output?.ItemId);
        var step = output is null ? null : rows.Steps.GetValueOrDefault(output.StepId);
        var asked = step?.Provider;
        var id = asset?.Id ?? output?.AssetId;
        var pipeline = output?.PipelineId ?? asset?.PipelineId;
        return new LineageNode(
            output?.Type switch { "prompt" => "enhanced_prompt", { } type => type, null => asset?.Source == "generated" ? asset.Type : "source" },
            id, output?.Id ?? asset?.OutputId, item?.SourceAssetId, asset?.Name, output?.Type == "prompt" ? output.Text : null, output?.Prompt ?? asset?.Prompt,
            asset is null ? null : $"/assets/{asset.Id}/thumbnail", asset is null ? null : $"/assets/{asset.Id}/content", asset?.Width, asset?.Height, asset?.DurationSec,
            asset is null && output?.Type != "prompt" ? "removed" : asset?.DeletedAt is null ? "there" : "trashed",
            pipeline, pipeline is { } run ? rows.Pipelines.GetValueOrDefault(run) : null, output?.StepId, output?.Model ?? asset?.Model, output?.Provider,
            output is { Simulated: false, Provider: { } by } && asked is not null && asked != by ? asked : null,
            output?.Simulated ?? asset?.Simulated ?? false, output?.Reused ?? false, output is null ? null : item?.Resolved ?? step?.Resolved, output?.Variation, output?.Seed,
            Money.Plain(output?.Cost ?? asset?.Cost ?? 0m), item is null ? null : Making(item), output?.CreatedAt ?? asset?.CreatedAt);
    }

    private static LineageNode Words(string text, Item item, LineageRows rows) => Blank("prompt") with
    {
        Text = text,
        State = "there",
        PipelineId = item.PipelineId,
        PipelineName = rows.Pipelines.GetValueOrDefault(item.PipelineId),
    };

    private static LineageNode Blank(string kind) => new(
        kind, null, null, null, null, null, null, null, null, null, null, null, "there", null, null, null, null, null, null, false, false, null, null, null, 0m, null, null);

    private static LineageMaking Making(Item item) => new(
        item.Id, item.Attempt, item.Crashes, item.ProviderRequestId, Money.Plain(item.QuotedCost), Money.Plain(item.ActualCost), item.QueuedAt, item.StartedAt, item.FinishedAt,
        [
            .. (item.Earlier ?? []).Select(terms => new EarlierAttempt(
                terms.UntilAttempt, terms.Resolved?.Model, terms.ServedBy, terms.Input.Prompt, terms.Input.Seed, Money.Plain(terms.QuotedCost))),
        ]);
}
