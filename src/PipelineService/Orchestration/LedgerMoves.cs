using Contracts.Costs;
using Npgsql;
using PipelineService.Pipelines;

namespace PipelineService.Orchestration;

/// <summary>Moves of many items at once: cancel, and giving back what did not leave.</summary>
internal static class LedgerMoves
{
    private const int ReleasesPerMessage = 500;

    /// <summary>
    /// What is queued or sent ends now; what runs is asked to stop and ends with its result. The database counts; only what was sent, which is never
    /// more than a lane's window, is read, because its money goes back.
    /// </summary>
    public static async Task CancelOpenAsync(RunTransaction run, IReadOnlyList<long> stepIds, CancellationToken cancellationToken)
    {
        await using (var command = run.Ledger.Command(
            """
            with hit as (
                select id, status from pipeline.items
                where tenant_id = $1 and pipeline_id = $4 and step_id = any($2) and open and (status = 'queued' or status = 'dispatched') order by id for update),
            moved as (
                update pipeline.items i set status = 'cancelled', finished_at = $3, lease_until = null, error_code = null, error_message = null
                from hit where i.id = hit.id
                returning i.id, i.step_id, i.attempt, i.units, hit.status = 'dispatched' as sent, i.quoted_cost, i.resolved->>'model' as model)
            select step_id, sent, count(*)::int, sum(units)::int, null::bigint, 0, 0.0, null from moved group by step_id, sent
            union all
            select step_id, true, 0, 0, id, attempt, quoted_cost, model from moved where sent
            """,
            run.Pipeline.TenantId, stepIds.ToArray(), run.Now, run.Pipeline.Id))
        {
            var released = new List<ItemSettlement>(ReleasesPerMessage);
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                var step = run.Step(reader.GetInt64(0));
                if (reader.IsDBNull(4))
                {
                    var (sent, items) = (reader.GetBoolean(1), reader.GetInt32(2));
                    step.Open -= items;
                    step.Cancelled += reader.GetInt32(3);
                    run.Queue(step, sent ? 0 : -items, sent ? -items : 0);
                    continue;
                }

                released.Add(new ItemSettlement(
                    step.TenantId, step.PipelineId, step.Id, reader.GetInt64(4), reader.GetInt32(5), step.StepType,
                    reader.IsDBNull(7) ? step.Resolved?.Model : reader.GetString(7), step.Provider ?? string.Empty, 0, 0m, reader.GetDecimal(6), false, run.Now));
                if (released.Count == ReleasesPerMessage)
                {
                    run.Publish(new SettleItems([.. released]));
                    released.Clear();
                }
            }

            if (released.Count > 0)
            {
                run.Publish(new SettleItems(released));
            }
        }

        await run.Ledger.ExecuteAsync(
            "update pipeline.items set cancel_requested = true where tenant_id = $1 and step_id = any($2) and status = 'running'",
            cancellationToken, run.Pipeline.TenantId, stepIds.ToArray());
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
