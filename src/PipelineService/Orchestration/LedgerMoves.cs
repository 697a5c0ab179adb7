using Contracts.Costs;
using Npgsql;
using PipelineService.Expansion;
using PipelineService.Pipelines;

namespace PipelineService.Orchestration;

/// <summary>Moves of many items at once: cancel and retry.</summary>
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
            returning i.id, i.step_id, i.attempt, i.units, hit.status = 'dispatched', i.quoted_cost
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
                        step.TenantId, step.PipelineId, step.Id, reader.GetInt64(0), reader.GetInt32(2), step.StepType, step.Resolved?.Model,
                        step.Provider ?? string.Empty, 0, 0m, reader.GetDecimal(5), false, run.Now));
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

    /// <summary>Failed items (or those a failed step had cancelled) become queued again, as a new attempt.</summary>
    public static async Task RequeueAsync(RunTransaction run, RunPlan plan, RunEffect.Requeue requeue, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            with hit as (
                select id, status from pipeline.items
                where tenant_id = $1 and step_id = any($2) and status = $3 and ($4::bigint[] is null or id = any($4)) order by id for update)
            update pipeline.items i
            set status = 'queued', attempt = i.attempt + 1, failures = 0, crashes = 0, cancel_requested = false, due_at = null, lease_until = null,
                queued_at = $5, dispatched_at = null, started_at = null, finished_at = null, error_code = null, error_message = null, error_retryable = null
            from hit where i.id = hit.id
            returning i.step_id, i.units, i.cascade
            """,
            run.Ledger.Connection,
            run.Ledger.Transaction)
        {
            Parameters =
            {
                new() { Value = run.Pipeline.TenantId },
                new() { Value = requeue.StepIds.ToArray() },
                new() { Value = requeue.AlsoCancelled ? "cancelled" : "failed" },
                new NpgsqlParameter { Value = requeue.ItemIds is { } ids ? ids.ToArray() : DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Array | NpgsqlTypes.NpgsqlDbType.Bigint },
                new() { Value = run.Now },
            },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var step = run.Step(reader.GetInt64(0));
            var units = reader.GetInt32(1);
            step.Open++;
            if (requeue.AlsoCancelled)
            {
                step.Cancelled -= units;
            }
            else
            {
                step.Failed -= units;
                Downstream.Change(run.Steps, plan, step, reader.GetBoolean(2) ? units : 0);
            }

            run.Queue(step, queued: 1, inFlight: 0);
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
