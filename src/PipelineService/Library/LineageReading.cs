using Microsoft.EntityFrameworkCore;
using PipelineService.Assets;
using PipelineService.Pipelines;
using PipelineService.Storage;

namespace PipelineService.Library;

/// <summary>Reads what lies around an asset in the ledger, a generation at a time, both ways.</summary>
internal sealed class LineageReading(PipelineDbContext db)
{
    private const int MostGenerations = 12;
    private const int MostMade = 100;

    /// <returns>Null when there is no such asset.</returns>
    public async Task<LineageView?> OfAsync(long id, long tenantId, CancellationToken cancellationToken)
    {
        if (await db.Assets.AsNoTracking().SingleOrDefaultAsync(row => row.TenantId == tenantId && row.Id == id, cancellationToken) is not { } asset)
        {
            return null;
        }

        var rows = new LineageRows();
        rows.Assets[id] = asset;
        await ClimbAsync(asset, tenantId, rows, cancellationToken);
        var made = await MadeAsync(id, tenantId, rows, cancellationToken);
        var total = made.Count < MostMade ? made.Count : await MadeFrom.Outputs(db, tenantId, id).CountAsync(cancellationToken);
        await NameAsync(tenantId, rows, cancellationToken);
        var chain = LineageChain.Of(asset, rows);
        return new LineageView(
            id, chain, [.. made.Select(output => LineageChain.Node(rows.Asset(output.AssetId), output, rows))], total,
            Money.Plain(chain.Sum(node => node.Cost)));
    }

    private async Task ClimbAsync(Asset asset, long tenantId, LineageRows rows, CancellationToken cancellationToken)
    {
        long[] wanted = asset.OutputId is { } made ? [made] : [];
        for (var generation = 0; wanted.Length > 0 && generation < MostGenerations; generation++)
        {
            var outputs = await db.Outputs.AsNoTracking().Where(row => row.TenantId == tenantId && wanted.Contains(row.Id)).ToListAsync(cancellationToken);
            outputs.ForEach(row => rows.Outputs[row.Id] = row);
            var items = await ItemsAsync(tenantId, outputs, rows, cancellationToken);
            var files = await FilesAsync(tenantId, [.. outputs.Select(row => row.AssetId), .. items.Select(row => row.SourceAssetId)], rows, cancellationToken);
            wanted =
            [
                .. outputs.Select(row => row.ParentOutputId).Concat(files.Select(file => file.OutputId)).OfType<long>().Distinct().Where(output => !rows.Outputs.ContainsKey(output)),
            ];
        }
    }

    /// <summary>The first of what was made of it, and of what was made of that.</summary>
    private async Task<IReadOnlyList<Output>> MadeAsync(long id, long tenantId, LineageRows rows, CancellationToken cancellationToken)
    {
        var ids = MadeFrom.Outputs(db, tenantId, id).OrderBy(made => made.OutputId).Take(MostMade).Select(made => made.OutputId);
        var made = await db.Outputs.AsNoTracking().Where(output => output.TenantId == tenantId && ids.Contains(output.Id)).OrderBy(output => output.Id).ToListAsync(cancellationToken);
        made.ForEach(output => rows.Outputs[output.Id] = output);
        await ItemsAsync(tenantId, made, rows, cancellationToken);
        await FilesAsync(tenantId, made.Select(output => output.AssetId), rows, cancellationToken);
        return made;
    }

    private async Task<List<Item>> ItemsAsync(long tenantId, IReadOnlyList<Output> outputs, LineageRows rows, CancellationToken cancellationToken)
    {
        var ids = outputs.Select(output => output.ItemId).OfType<long>().Distinct().ToArray();
        var items = ids.Length == 0 ? [] : await db.Items.AsNoTracking().Where(row => row.TenantId == tenantId && ids.Contains(row.Id)).ToListAsync(cancellationToken);
        items.ForEach(row => rows.Items[row.Id] = row);
        return items;
    }

    /// <returns>Those that were not known.</returns>
    private async Task<List<Asset>> FilesAsync(long tenantId, IEnumerable<long?> asked, LineageRows rows, CancellationToken cancellationToken)
    {
        var ids = asked.OfType<long>().Distinct().Where(id => !rows.Assets.ContainsKey(id)).ToArray();
        var files = ids.Length == 0 ? [] : await db.Assets.AsNoTracking().Where(row => row.TenantId == tenantId && ids.Contains(row.Id)).ToListAsync(cancellationToken);
        files.ForEach(row => rows.Assets[row.Id] = row);
        return files;
    }

    private async Task NameAsync(long tenantId, LineageRows rows, CancellationToken cancellationToken)
    {
        var steps = rows.Outputs.Values.Select(output => output.StepId).Distinct().ToArray();
        foreach (var step in await db.Steps.AsNoTracking().Where(row => row.TenantId == tenantId && steps.Contains(row.Id)).ToListAsync(cancellationToken))
        {
            rows.Steps[step.Id] = step;
        }

        var pipelines = rows.Outputs.Values.Select(output => output.PipelineId).Concat(rows.Assets.Values.Select(asset => asset.PipelineId).OfType<long>()).Distinct().ToArray();
        foreach (var pipeline in await db.Pipelines.Where(row => row.TenantId == tenantId && pipelines.Contains(row.Id)).Select(row => new { row.Id, row.Name }).ToListAsync(cancellationToken))
        {
            rows.Pipelines[pipeline.Id] = pipeline.Name;
        }
    }
}
