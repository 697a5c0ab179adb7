using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using PipelineService.Expansion;
using PipelineService.Pipelines;
using PipelineService.Reuse;
using ServiceDefaults;

namespace PipelineService.Orchestration;

/// <summary>Streams an expansion into the ledger: one COPY, whatever its length, without holding the list.</summary>
internal static class ItemWriter
{
    public static readonly IReadOnlyDictionary<long, string> NoHashes = new Dictionary<long, string>();

    private const string Copy =
        """
        copy pipeline.items (tenant_id, pipeline_id, step_id, ordinal, parent_output_id, lane, status, attempt, failures, crashes, priority, input,
            source_asset_id, cascade, units, quoted_cost, actual_cost, cancel_requested, simulated, queued_at, reuse_key) from stdin (format binary)
        """;

    /// <summary>Writes items as queued and returns how many. The caller counts them in (step, dispatch queue) in the same transaction.</summary>
    /// <param name="asset">The source picture of an item; null for a prompt set that has none.</param>
    /// <param name="hashes">Content of the source pictures, by asset: identical requests are known by it.</param>
    public static async Task<int> WriteAsync(
        NpgsqlConnection connection, Step step, IEnumerable<NewItem> items, Func<NewItem, long?> asset, IReadOnlyDictionary<long, string> hashes, bool cascade,
        DateTimeOffset now, CancellationToken cancellationToken)
    {
        var lane = Contracts.Generation.StepTypes.Lane(step.StepType);
        var quoted = step.UnitPrice * step.UnitsPerItem;
        var keys = step.Resolved is { } parameters ? new ReuseKey(parameters) : null;
        var count = 0;
        await using var writer = await connection.BeginBinaryImportAsync(Copy, cancellationToken);
        foreach (var item in items)
        {
            await writer.StartRowAsync(cancellationToken);
            await writer.WriteAsync(step.TenantId, NpgsqlDbType.Bigint, cancellationToken);
            await writer.WriteAsync(step.PipelineId, NpgsqlDbType.Bigint, cancellationToken);
            await writer.WriteAsync(step.Id, NpgsqlDbType.Bigint, cancellationToken);
            await writer.WriteAsync(item.Ordinal, NpgsqlDbType.Bigint, cancellationToken);
            await Nullable(writer, item.ParentOutputId, cancellationToken);
            await writer.WriteAsync(lane, NpgsqlDbType.Text, cancellationToken);
            await writer.WriteAsync("queued", NpgsqlDbType.Text, cancellationToken);
            await writer.WriteAsync(1, NpgsqlDbType.Integer, cancellationToken);
            await writer.WriteAsync(0, NpgsqlDbType.Integer, cancellationToken);
            await writer.WriteAsync(0, NpgsqlDbType.Integer, cancellationToken);
            await writer.WriteAsync(0, NpgsqlDbType.Integer, cancellationToken);
            await writer.WriteAsync(JsonSerializer.Serialize(item.Input, PipelineJson.Options), NpgsqlDbType.Jsonb, cancellationToken);
            var source = asset(item);
            await Nullable(writer, source, cancellationToken);
            await writer.WriteAsync(cascade, NpgsqlDbType.Boolean, cancellationToken);
            await writer.WriteAsync(step.UnitsPerItem, NpgsqlDbType.Integer, cancellationToken);
            await writer.WriteAsync(quoted, NpgsqlDbType.Numeric, cancellationToken);
            await writer.WriteAsync(0m, NpgsqlDbType.Numeric, cancellationToken);
            await writer.WriteAsync(false, NpgsqlDbType.Boolean, cancellationToken);
            await writer.WriteAsync(false, NpgsqlDbType.Boolean, cancellationToken);
            await writer.WriteAsync(now.UtcDateTime, NpgsqlDbType.TimestampTz, cancellationToken);
            await (Key(keys, step, item, source, hashes) is { } key ? writer.WriteAsync(key, NpgsqlDbType.Bytea, cancellationToken) : writer.WriteNullAsync(cancellationToken));
            count++;
        }

        await writer.CompleteAsync(cancellationToken);
        return count;
    }

    /// <summary>The same as a statement, for the few items that follow from a batch of results.</summary>
    public static NpgsqlBatchCommand Insert(
        Step step, IReadOnlyList<NewItem> items, Func<NewItem, long?> asset, IReadOnlyDictionary<long, string> hashes, DateTimeOffset now)
    {
        var keys = step.Resolved is { } parameters ? new ReuseKey(parameters) : null;
        return LedgerTransaction.Statement(
            """
            insert into pipeline.items (tenant_id, pipeline_id, step_id, lane, units, quoted_cost, queued_at, ordinal, parent_output_id, input, source_asset_id,
                reuse_key, status, attempt, failures, crashes, priority, cascade, actual_cost, cancel_requested, simulated)
            select $1, $2, $3, $4, $5, $6, $7, i.*, 'queued', 1, 0, 0, 0, true, 0, false, false from unnest($8, $9, $10, $11, $12) as i
            """,
            step.TenantId, step.PipelineId, step.Id, Contracts.Generation.StepTypes.Lane(step.StepType), step.UnitsPerItem, step.UnitPrice * step.UnitsPerItem, now,
            ItemUpdate.Column(items, item => item.Ordinal, NpgsqlDbType.Bigint),
            ItemUpdate.Column(items, item => item.ParentOutputId, NpgsqlDbType.Bigint),
            ItemUpdate.Column(items, item => JsonSerializer.Serialize(item.Input, PipelineJson.Options), NpgsqlDbType.Jsonb),
            ItemUpdate.Column(items, asset, NpgsqlDbType.Bigint),
            ItemUpdate.Column(items, item => Key(keys, step, item, asset(item), hashes), NpgsqlDbType.Bytea));
    }

    private static byte[]? Key(ReuseKey? keys, Step step, NewItem item, long? source, IReadOnlyDictionary<long, string> hashes) =>
        keys is not null && source is { } id && hashes.TryGetValue(id, out var sha256)
            ? keys.Of(item.Input, sha256, ReuseKey.SeedAsked(item.Input, step.PipelineId, step.StepOrder, item.Ordinal))
            : null;

    private static Task Nullable(NpgsqlBinaryImporter writer, long? value, CancellationToken cancellationToken) =>
        value is { } number ? writer.WriteAsync(number, NpgsqlDbType.Bigint, cancellationToken) : writer.WriteNullAsync(cancellationToken);
}
