using Contracts.Generation;
using Npgsql;
using NpgsqlTypes;
using PipelineService.Pipelines;
using ServiceDefaults.Storage;

namespace PipelineService.Orchestration;

/// <summary>The new state of one item; a batch is one statement.</summary>
internal sealed record ItemUpdate(
    long Id, ItemStatus Status, int Attempt, int Failures, decimal AddedCost, string? Provider, string? RequestId, bool Simulated, string? ErrorCode, string? ErrorMessage,
    bool? ErrorRetryable, DateTimeOffset? DueAt, DateTimeOffset? StartedAt, DateTimeOffset? FinishedAt)
{
    public static ItemUpdate Ended(LedgerItem item, ItemResult result, ItemStatus status, decimal cost) => new(
        item.Id, status, result.Item.Attempt, item.Failures, cost, result.Provider, result.ProviderRequestId, result.Simulated,
        Code(result.Failure, status), status == ItemStatus.Failed ? result.Failure?.Message : null, status == ItemStatus.Failed ? result.Failure?.Kind.IsRetryable() : null,
        null, result.StartedAt, result.FinishedAt);

    public static ItemUpdate Requeued(LedgerItem item, ItemResult result, ResultDecision decision, DateTimeOffset now) => new(
        item.Id, ItemStatus.Queued, item.Attempt + 1, item.Failures + (decision.CountsAsFailure ? 1 : 0), 0m, result.Provider, result.ProviderRequestId, result.Simulated,
        Code(result.Failure, ItemStatus.Failed), result.Failure?.Message, true, decision.DueIn > TimeSpan.Zero ? now + decision.DueIn : null, null, null);

    /// <summary>A late result's cost; everything else stays.</summary>
    public static ItemUpdate Charged(LedgerItem item, decimal cost) => new(
        item.Id, item.Status, item.Attempt, item.Failures, cost, null, null, false, item.ErrorCode, null, null, null, null, null)
    { OnlyCost = true };

    private bool OnlyCost { get; init; }

    /// <summary>One update an item, in order: a statement would write only one of several. The last state holds, and all costs are added.</summary>
    public static IReadOnlyList<ItemUpdate> Merged(IReadOnlyList<ItemUpdate> updates) =>
        [.. updates.GroupBy(update => update.Id).Select(ofItem => ofItem.Aggregate((before, then) => (then.OnlyCost ? before : then) with { AddedCost = before.AddedCost + then.AddedCost }))];

    /// <summary>The statement that writes them; at most one an item.</summary>
    public static NpgsqlBatchCommand Write(IReadOnlyList<ItemUpdate> updates) => LedgerTransaction.Statement(
            """
            update pipeline.items i set
                actual_cost = i.actual_cost + u.cost,
                status = case when u.only_cost then i.status else u.status end,
                attempt = case when u.only_cost then i.attempt else u.attempt end,
                failures = case when u.only_cost then i.failures else u.failures end,
                provider = coalesce(u.provider, i.provider),
                provider_request_id = coalesce(u.request_id, i.provider_request_id),
                simulated = i.simulated or u.simulated,
                error_code = case when u.only_cost then i.error_code else u.error_code end,
                error_message = case when u.only_cost then i.error_message else u.error_message end,
                error_retryable = case when u.only_cost then i.error_retryable else u.error_retryable end,
                due_at = case when u.only_cost then i.due_at else u.due_at end,
                lease_until = case when u.only_cost then i.lease_until end,
                started_at = case when u.only_cost then i.started_at else coalesce(u.started_at, i.started_at) end,
                finished_at = case when u.only_cost then i.finished_at else u.finished_at end
            from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
                as u (id, status, attempt, failures, cost, provider, request_id, simulated, error_code, error_message, error_retryable, due_at, started_at, finished_at, only_cost)
            where i.id = u.id
            """,
            Column(updates, update => update.Id, NpgsqlDbType.Bigint),
            Column(updates, update => update.Status.Word(), NpgsqlDbType.Text),
            Column(updates, update => update.Attempt, NpgsqlDbType.Integer),
            Column(updates, update => update.Failures, NpgsqlDbType.Integer),
            Column(updates, update => update.AddedCost, NpgsqlDbType.Numeric),
            Column(updates, update => update.Provider, NpgsqlDbType.Text),
            Column(updates, update => update.RequestId, NpgsqlDbType.Text),
            Column(updates, update => update.Simulated, NpgsqlDbType.Boolean),
            Column(updates, update => update.ErrorCode, NpgsqlDbType.Text),
            Column(updates, update => update.ErrorMessage, NpgsqlDbType.Text),
            Column(updates, update => update.ErrorRetryable, NpgsqlDbType.Boolean),
            Column(updates, update => update.DueAt?.UtcDateTime, NpgsqlDbType.TimestampTz),
            Column(updates, update => update.StartedAt?.UtcDateTime, NpgsqlDbType.TimestampTz),
            Column(updates, update => update.FinishedAt?.UtcDateTime, NpgsqlDbType.TimestampTz),
            Column(updates, update => update.OnlyCost, NpgsqlDbType.Boolean));

    /// <summary>One column of a set as an array parameter.</summary>
    internal static NpgsqlParameter Column<TRow, TValue>(IEnumerable<TRow> rows, Func<TRow, TValue> value, NpgsqlDbType type) =>
        new() { Value = rows.Select(value).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | type };

    private static string? Code(ItemFailure? failure, ItemStatus status) =>
        failure is null || status != ItemStatus.Failed ? null : SnakeCase.Word(failure.Kind);
}
