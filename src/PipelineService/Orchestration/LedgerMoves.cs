using Contracts.Costs;
using Npgsql;
using PipelineService.Expansion;
using PipelineService.Pipelines;

namespace PipelineService.Orchestration;

/// <summary>Moves of many items at once: cancel and retry.</summary>
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
                where tenant_id = $1 and pipeline_id = $4 and step_id = any($2) and (status = 'queued' or status = 'dispatched') order by id for update),
            moved as (
                update pipeline.items i set status = 'cancelled', finished_at = $3, lease_until = null, error_code = null, error_message = null
                from hit where i.id = hit.id
                returning i.id, i.step_id, i.attempt, i.units, hit.status = 'dispatched' as sent, i.quoted_cost)
            select step_id, sent, count(*)::int, sum(units)::int, null::bigint, 0, 0.0 from moved group by step_id, sent
            union all
            select step_id, true, 0, 0, id, attempt, quoted_cost from moved where sent
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
                    step.TenantId, step.PipelineId, step.Id, reader.GetInt64(4), reader.GetInt32(5), step.StepType, step.Resolved?.Model,
                    step.Provider ?? string.Empty, 0, 0m, reader.GetDecimal(6), false, run.Now));
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

    /// <summary>Failed items (or those a failed step had cancelled) become queued again, as a new attempt. Counted by the database.</summary>
    public static async Task RequeueAsync(RunTransaction run, RunPlan plan, RunEffect.Requeue requeue, CancellationToken cancellationToken)
    {
        // The word stands in the statement, so that the index of failed items serves it.
        await using var command = run.Ledger.Command(
            $"""
            with hit as (
                select id from pipeline.items
                where tenant_id = $1 and step_id = any($2) and status = '{(requeue.AlsoCancelled ? "cancelled" : "failed")}' and ($3::bigint[] is null or id = any($3))
                order by id for update),
            moved as (
                update pipeline.items i
                set status = 'queued', attempt = i.attempt + 1, failures = 0, crashes = 0, cancel_requested = false, due_at = null, lease_until = null,
                    queued_at = $4, dispatched_at = null, started_at = null, finished_at = null, error_code = null, error_message = null, error_retryable = null
                from hit where i.id = hit.id
                returning i.step_id, i.units, i.cascade)
            select step_id, count(*)::int, sum(units)::int, coalesce(sum(units) filter (where "cascade"), 0)::int from moved group by step_id order by step_id
            """,
            run.Pipeline.TenantId,
            requeue.StepIds.ToArray(),
            new NpgsqlParameter { Value = requeue.ItemIds is { } ids ? ids.ToArray() : DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Array | NpgsqlTypes.NpgsqlDbType.Bigint },
            run.Now);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var step = run.Step(reader.GetInt64(0));
            var (items, units) = (reader.GetInt32(1), reader.GetInt32(2));
            step.Open += items;
            if (requeue.AlsoCancelled)
            {
                step.Cancelled -= units;
            }
            else
            {
                step.Failed -= units;
                Downstream.Change(run.Steps, plan, step, reader.GetInt32(3));
            }

            run.Queue(step, queued: items, inFlight: 0);
        }
    }

    /// <summary>A copy of a finished item with another seed. It counts as expected, and so does what follows from it.</summary>
    public static async Task RepeatAsync(RunTransaction run, RunPlan plan, RunEffect.Repeat repeat, CancellationToken cancellationToken)
    {
        var step = run.Step(repeat.StepId);
        await using var command = run.Ledger.Command(
            """
            insert into pipeline.items (tenant_id, pipeline_id, step_id, ordinal, parent_output_id, lane, status, attempt, failures, crashes, priority, input,
                source_asset_id, cascade, units, quoted_cost, actual_cost, cancel_requested, simulated, queued_at)
            select tenant_id, pipeline_id, step_id, ordinal, parent_output_id, lane, 'queued', 1, 0, 0, priority, jsonb_set(input, '{seed}', to_jsonb($4::bigint)),
                source_asset_id, $5, units, units * $6, 0, false, false, $7
            from pipeline.items where tenant_id = $1 and step_id = $2 and id = $3
            returning units
            """,
            step.TenantId, step.Id, repeat.ItemId, repeat.Seed, repeat.Cascade, step.UnitPrice, run.Now);
        var units = (int)(await command.ExecuteScalarAsync(cancellationToken) ?? throw new InvalidOperationException($"Item {repeat.ItemId} is gone."));
        step.Open++;
        run.Queue(step, queued: 1, inFlight: 0);
        Downstream.Add(run.Pipeline, run.Steps, plan, step, units, repeat.Cascade);
    }

    /// <summary>Claimed items that did not leave are queued again, as the same attempt.</summary>
    public static async Task GiveBackAsync(
        LedgerTransaction ledger, string lane, long tenantId, long pipelineId, long[] itemIds, DateTimeOffset? dueAt, CancellationToken cancellationToken)
    {
        var count = await ledger.ExecuteAsync(
            """
            with hit as (select id from pipeline.items where tenant_id = $1 and id = any($2) and status = 'dispatched' order by id for update)
            update pipeline.items i set status = 'queued', lease_until = null, dispatched_at = null, due_at = $3 from hit where i.id = hit.id
            """,
            cancellationToken, tenantId, itemIds, new NpgsqlParameter { Value = (object?)dueAt ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.TimestampTz });
        ledger.Queues.Add(lane, tenantId, pipelineId, queued: count, inFlight: -count);
    }
}
