using System.Text.Json;
using Contracts.Generation;
using Npgsql;
using PipelineService.Pipelines;
using ServiceDefaults;
using ServiceDefaults.Storage;

namespace PipelineService.Orchestration;

/// <summary>An item as the completion sees it, under its row lock.</summary>
internal sealed record LedgerItem(
    long Id, long PipelineId, long StepId, long Ordinal, long? ParentOutputId, ItemStatus Status, int Attempt, int Failures, int Units, bool Cascade,
    bool CancelRequested, decimal QuotedCost, string? ErrorCode, ItemInput Input, DateTimeOffset? DispatchedAt, GenerationParameters? Resolved,
    IReadOnlyList<EarlierTerms>? Earlier, byte[]? ReuseKey)
{
    public ItemFacts Facts => new(Status, Attempt, Failures, CancelRequested, ErrorCode);

    public bool InFlight => Status is ItemStatus.Dispatched or ItemStatus.Running;

    /// <summary>The model it is asked of; null for prompts.</summary>
    public string? Model(Step step) => Asked(step)?.Model;

    /// <summary>What it is asked with; null for prompts.</summary>
    public GenerationParameters? Asked(Step step) => Resolved ?? step.Resolved;

    /// <summary>The item as an attempt was asked to make it.</summary>
    public LedgerItem At(int attempt) => Earlier?.FirstOrDefault(terms => attempt <= terms.UntilAttempt) is { } then
        ? this with { Input = then.Input, Resolved = then.Resolved, QuotedCost = then.QuotedCost, ReuseKey = null }
        : this;

    /// <summary>Locks items in order of id; <see cref="ReadAsync"/> reads what it returns.</summary>
    public static NpgsqlBatchCommand Lock(long[] tenants, long[] ids) => LedgerTransaction.Statement(
            """
            select id, pipeline_id, step_id, ordinal, parent_output_id, status, attempt, failures, units, cascade, cancel_requested, quoted_cost, error_code, input, dispatched_at, resolved,
                earlier, reuse_key
            from pipeline.items where id = any($1) and tenant_id = any($2) order by id for update
            """,
            ids,
            tenants);

    public static async Task<Dictionary<long, LedgerItem>> ReadAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        var items = new Dictionary<long, LedgerItem>();
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
        reader.IsDBNull(14) ? null : reader.GetFieldValue<DateTimeOffset>(14),
        reader.IsDBNull(15) ? null : JsonSerializer.Deserialize<GenerationParameters>(reader.GetString(15), PipelineJson.Options),
        reader.IsDBNull(16) ? null : JsonSerializer.Deserialize<List<EarlierTerms>>(reader.GetString(16), PipelineJson.Options),
        reader.IsDBNull(17) ? null : reader.GetFieldValue<byte[]>(17));
}
