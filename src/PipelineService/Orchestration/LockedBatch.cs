using Contracts.Generation;
using Npgsql;
using PipelineService.Pipelines;
using PipelineService.Storage;

namespace PipelineService.Orchestration;

/// <summary>What a batch of results meets, under its locks, and numbers for what it brings: one exchange, in the ledger's order of locks.</summary>
/// <param name="AssetIds">As many as there are files, ascending.</param>
/// <param name="OutputIds">As many as there are outputs, ascending.</param>
internal sealed record LockedBatch(
    IReadOnlyDictionary<long, RunTransaction> Runs, Dictionary<long, LedgerItem> Items, IReadOnlyList<long> AssetIds, IReadOnlyList<long> OutputIds)
{
    public static async Task<LockedBatch> LoadAsync(LedgerTransaction ledger, IReadOnlyList<ItemResult> results, CancellationToken cancellationToken)
    {
        var (pipelines, steps) = (RowReader<Pipeline>.Of(ledger.Db), RowReader<Step>.Of(ledger.Db));
        var ids = results.Select(result => result.Item.PipelineId).Distinct().ToArray();
        await using var batch = new NpgsqlBatch(ledger.Connection, ledger.Transaction)
        {
            BatchCommands =
            {
                LedgerTransaction.Statement($"select {pipelines.Columns} from pipeline.pipelines where id = any($1) order by id for update", ids),
                LedgerTransaction.Statement($"select {steps.Columns} from pipeline.pipeline_steps where pipeline_id = any($1) order by id for update", ids),
                LedgerItem.Lock([.. results.Select(result => result.Item.TenantId).Distinct()], [.. results.Select(result => result.Item.ItemId).Distinct()]),
                LedgerTransaction.Statement(
                    """
                    select true, nextval(pg_get_serial_sequence('pipeline.assets', 'id')) from generate_series(1, $1)
                    union all select false, nextval(pg_get_serial_sequence('pipeline.outputs', 'id')) from generate_series(1, $2)
                    """,
                    results.Sum(result => result.Outputs.Count(output => output.Media is not null)), results.Sum(result => result.Outputs.Count)),
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        var lockedPipelines = await pipelines.ReadAsync(reader, cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        var lockedSteps = await steps.ReadAsync(reader, cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        var items = await LedgerItem.ReadAsync(reader, cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        var (assetIds, outputIds) = (new List<long>(), new List<long>());
        while (await reader.ReadAsync(cancellationToken))
        {
            (reader.GetBoolean(0) ? assetIds : outputIds).Add(reader.GetInt64(1));
        }

        assetIds.Sort();
        outputIds.Sort();
        ledger.Db.AttachRange(lockedPipelines);
        ledger.Db.AttachRange(lockedSteps);
        return new LockedBatch(RunTransaction.Of(ledger, lockedPipelines, lockedSteps), items, assetIds, outputIds);
    }
}
