using Contracts.Generation;
using Npgsql;
using NpgsqlTypes;
using PipelineService.Orchestration;

namespace PipelineService.Reuse;

/// <summary>
/// What a tenant's earlier items have yielded. Simulated results are good for simulated providers only, real ones for anybody; an output without its file
/// is none. Results that were themselves taken over are not looked at: the original is.
/// </summary>
internal static class StoredResults
{
    /// <summary>Rows o, f for a row a (key, simulated) of tenant $1.</summary>
    public const string OfKey =
        """
        pipeline.outputs o join pipeline.assets f on f.id = o.asset_id and f.tenant_id = o.tenant_id
        where o.tenant_id = $1 and o.reuse_key = a.key and (a.simulated or not o.simulated)
        """;

    /// <summary>
    /// Results for those items that are still as they were claimed, from files that are kept until the transaction ends. Under the pipeline's lock.
    /// </summary>
    public static async Task<List<ItemResult>> ReadAsync(
        LedgerTransaction ledger, RunHead run, IReadOnlyList<(ClaimedItem Item, bool Simulated)> asked, CancellationToken cancellationToken)
    {
        await using var command = ledger.Command(
            $"""
            select a.id, s.* from unnest($2, $3, $4, $5) as a (id, attempt, key, simulated)
            join pipeline.items i on i.id = a.id and i.tenant_id = $1 and i.attempt = a.attempt and i.status = 'dispatched'
            cross join lateral (
                select o.seed, coalesce(o.provider, ''), o.simulated, f.object_key, f.sha256, f.content_type, f.width, f.height, f.bytes, f.duration_sec, f.poster_key
                from {OfKey}
                order by o.simulated, o.id desc limit 1 for share of f) s
            order by a.id
            """,
            run.TenantId,
            ItemUpdate.Column(asked, one => one.Item.Id, NpgsqlDbType.Bigint),
            ItemUpdate.Column(asked, one => one.Item.Attempt, NpgsqlDbType.Integer),
            ItemUpdate.Column(asked, one => one.Item.ReuseKey!, NpgsqlDbType.Bytea),
            ItemUpdate.Column(asked, one => one.Simulated, NpgsqlDbType.Boolean));
        var items = asked.ToDictionary(one => one.Item.Id, one => one.Item);
        var results = new List<ItemResult>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var item = items[reader.GetInt64(0)];
            results.Add(new ItemResult(
                new ItemRef(item.TenantId, item.PipelineId, item.StepId, item.Id, item.Attempt, run.Epoch),
                [new ProducedOutput(null, Media(reader), reader.IsDBNull(1) ? null : reader.GetInt64(1))],
                null, reader.GetString(2), null, null, reader.GetBoolean(3), Cached: true, ledger.Now, ledger.Now));
        }

        return results;
    }

    private static MediaRef Media(NpgsqlDataReader reader) => new(
        reader.GetString(4), reader.GetString(5), reader.GetString(6), reader.GetInt32(7), reader.GetInt32(8), reader.GetInt64(9),
        reader.IsDBNull(10) ? null : reader.GetDecimal(10), reader.IsDBNull(11) ? null : reader.GetString(11));
}
