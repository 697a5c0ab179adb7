using Contracts.Costs;
using Npgsql;
using PipelineService.Pipelines;

namespace PipelineService.Orchestration;

/// <summary>Moves of many items at once: cancel, and giving back what did not leave.</summary>
internal static class LedgerMoves
{
    /// <summary>What is queued or sent ends now; what runs is asked to stop and ends with its result.</summary>
    public static async Task CancelOpenAsync(RunTransaction run, IReadOnlyList<long> stepIds, CancellationToken cancellationToken)
    {
        var released = new List<ItemSettlement>();
        await using (var command = new NpgsqlCommand(
            """
            with hit as (
                select id, status from pipeline.items
                where tenant_id = $1 and step_id = any($2) and status in ('queued', 'dispatched') order by id for update)
            update pipeline.items i set status = 'cancelled', finished_at = $3, lease_until = null, error_code = null, error_message = null
            from hit where i.id = hit.id
            returning i.id, i.step_id, i.attempt, i.units, hit.status = 'dispatched', i.quoted_cost, i.resolved->>'model'
            """,
            run.Ledger.Connection,
            run.Ledger.Transaction)
        { Parameters = { new() { Value = run.Pipeline.TenantId }, new() { Value = stepIds.ToArray() }, new() { Value = run.Now } } })
        {
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                var step = run.Step(reader.GetInt64(1));
                var dispatched = reader.GetBoolean(4);
                step.Open--;
                step.Cancelled += reader.GetInt32(3);
                run.Queue(step, dispatched ? 0 : -1, dispatched ? -1 : 0);
                if (dispatched)
                {
                    released.Add(new ItemSettlement(
                        step.TenantId, step.PipelineId, step.Id, reader.GetInt64(0), reader.GetInt32(2), step.StepType,
                        reader.IsDBNull(6) ? step.Resolved?.Model : reader.GetString(6), step.Provider ?? string.Empty, 0, 0m, reader.GetDecimal(5), false, run.Now));
                }
            }
        }

        await run.Ledger.ExecuteAsync(
            "update pipeline.items set cancel_requested = true where tenant_id = $1 and step_id = any($2) and status = 'running'",
            cancellationToken, run.Pipeline.TenantId, stepIds.ToArray());
        foreach (var chunk in released.Chunk(500))
        {
            run.Publish(new SettleItems(chunk));
        }
    }

    /// <summary>Claimed items that did not leave are queued again, as the same attempt. One that a person has cancelled meanwhile ends with its lease.</summary>
    public static async Task GiveBackAsync(
        LedgerTransaction ledger, string lane, long tenantId, long pipelineId, long[] itemIds, DateTimeOffset? dueAt, CancellationToken cancellationToken)
    {
        var count = await ledger.ExecuteAsync(
            """
            with hit as (select id from pipeline.items where tenant_id = $1 and id = any($2) and status = 'dispatched' and not cancel_requested order by id for update)
            update pipeline.items i set status = 'queued', lease_until = null, dispatched_at = null, due_at = $3 from hit where i.id = hit.id
            """,
            cancellationToken, tenantId, itemIds, new NpgsqlParameter { Value = (object?)dueAt ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.TimestampTz });
        ledger.Queues.Add(lane, tenantId, pipelineId, queued: count, inFlight: -count);
    }
}
