using System.Text.Json;
using Contracts.Generation;
using Npgsql;
using NpgsqlTypes;
using PipelineService.Pipelines;
using ServiceDefaults;

namespace PipelineService.Orchestration;

/// <summary>An item that somebody else is asked for from now on, with what was asked before.</summary>
internal sealed record MovedItem(long Id, string Resolved, string ServedBy, decimal QuotedCost, string Earlier)
{
    public static MovedItem To(StepFallback other, Step step, LedgerItem item, ItemResult result)
    {
        var servedBy = string.Equals(step.Provider, result.Provider, StringComparison.OrdinalIgnoreCase) ? null : result.Provider;
        IReadOnlyList<EarlierTerms> earlier = [.. item.Earlier ?? [], new EarlierTerms(result.Item.Attempt, item.Input, item.Resolved, servedBy, item.QuotedCost)];
        return new MovedItem(item.Id, Write(other.Resolved), other.Provider, item.Units * other.UnitPrice, Write(earlier));
    }

    /// <summary>The statement that writes them, after their states.</summary>
    public static NpgsqlBatchCommand Write(IReadOnlyList<MovedItem> items) => LedgerTransaction.Statement(
        """
        update pipeline.items i set resolved = m.resolved, served_by = m.served_by, quoted_cost = m.quoted_cost, earlier = m.earlier, failures = 0, reuse_key = null, due_at = null
        from unnest($1, $2, $3, $4, $5) as m (id, resolved, served_by, quoted_cost, earlier) where i.id = m.id
        """,
        ItemUpdate.Column(items, item => item.Id, NpgsqlDbType.Bigint),
        ItemUpdate.Column(items, item => item.Resolved, NpgsqlDbType.Jsonb),
        ItemUpdate.Column(items, item => item.ServedBy, NpgsqlDbType.Text),
        ItemUpdate.Column(items, item => item.QuotedCost, NpgsqlDbType.Numeric),
        ItemUpdate.Column(items, item => item.Earlier, NpgsqlDbType.Jsonb));

    /// <summary>
    /// Has somebody else asked for the items of a step that wait for a provider which is out: some thousands at most, the others when it is looked at again.
    /// </summary>
    /// <returns>How many US dollars more they are quoted at.</returns>
    public static async Task<decimal> MoveWaitingAsync(LedgerTransaction ledger, Step step, StepFallback other, int most, CancellationToken cancellationToken)
    {
        await using var command = ledger.Command(
            """
            with waiting as (
                select id, units, quoted_cost from pipeline.items
                where step_id = $1 and tenant_id = $2 and open and status = 'queued' and resolved is null order by id limit $6 for update skip locked),
            moved as (
                update pipeline.items i set
                    earlier = coalesce(i.earlier, '[]'::jsonb) || jsonb_build_array(jsonb_build_object(
                        'until_attempt', i.attempt, 'input', i.input, 'resolved', i.resolved, 'served_by', i.served_by, 'quoted_cost', i.quoted_cost)),
                    attempt = i.attempt + 1, failures = 0, resolved = $3, served_by = $4, quoted_cost = i.units * $5, reuse_key = null, due_at = null
                from waiting w where i.id = w.id)
            select coalesce(sum(units * $5 - quoted_cost), 0) from waiting
            """,
            step.Id, step.TenantId, new NpgsqlParameter { Value = Write(other.Resolved), NpgsqlDbType = NpgsqlDbType.Jsonb }, other.Provider, other.UnitPrice, most);
        return (decimal)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private static string Write<T>(T value) => JsonSerializer.Serialize(value, PipelineJson.Options);
}
