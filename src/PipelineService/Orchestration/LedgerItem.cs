using System.Text.Json;
using Npgsql;
using PipelineService.Pipelines;
using ServiceDefaults;
using ServiceDefaults.Storage;

namespace PipelineService.Orchestration;

/// <summary>An item as the completion sees it, under its row lock.</summary>
internal sealed record LedgerItem(
    long Id, long PipelineId, long StepId, long Ordinal, long? ParentOutputId, ItemStatus Status, int Attempt, int Failures, int Units, bool Cascade,
    bool CancelRequested, decimal QuotedCost, string? ErrorCode, ItemInput Input, DateTimeOffset? DispatchedAt)
{
    public ItemFacts Facts => new(Status, Attempt, Failures, CancelRequested, ErrorCode);

    public bool InFlight => Status is ItemStatus.Dispatched or ItemStatus.Running;

    /// <summary>Locks items in order of id.</summary>
    public static async Task<Dictionary<long, LedgerItem>> LockAsync(LedgerTransaction ledger, long[] tenants, long[] ids, CancellationToken cancellationToken)
    {
        await using var command = ledger.Command(
            """
            select id, pipeline_id, step_id, ordinal, parent_output_id, status, attempt, failures, units, cascade, cancel_requested, quoted_cost, error_code, input, dispatched_at
            from pipeline.items where id = any($1) and tenant_id = any($2) order by id for update
            """,
            ids,
            tenants);
        var items = new Dictionary<long, LedgerItem>(ids.Length);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            items[reader.GetInt64(0)] = Read(reader);
        }

        return items;
    }

    private static LedgerItem Read(NpgsqlDataReader reader) => new(
        reader.GetInt64(0),
        reader.GetInt64(1),
        reader.GetInt64(2),
        reader.GetInt64(3),
        reader.IsDBNull(4) ? null : reader.GetInt64(4),
        SnakeCase.Parse<ItemStatus>(reader.GetString(5)),
        reader.GetInt32(6),
        reader.GetInt32(7),
        reader.GetInt32(8),
        reader.GetBoolean(9),
        reader.GetBoolean(10),
        reader.GetDecimal(11),
        reader.IsDBNull(12) ? null : reader.GetString(12),
        JsonSerializer.Deserialize<ItemInput>(reader.GetString(13), PipelineJson.Options)!,
        reader.IsDBNull(14) ? null : reader.GetFieldValue<DateTimeOffset>(14));
}
