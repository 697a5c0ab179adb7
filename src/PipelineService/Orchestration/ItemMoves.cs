using System.Text.Json;
using Contracts.Generation;
using Npgsql;
using NpgsqlTypes;
using PipelineService.Expansion;
using PipelineService.Pipelines;
using PipelineService.Reuse;
using ServiceDefaults;

namespace PipelineService.Orchestration;

/// <summary>Moves of a single item that a person asks for.</summary>
internal static class ItemMoves
{
    /// <summary>A copy of a finished item with another seed. It counts as expected, and so does what follows from it.</summary>
    public static async Task RepeatAsync(RunTransaction run, RunPlan plan, RunEffect.Repeat repeat, CancellationToken cancellationToken)
    {
        var step = run.Step(repeat.StepId);
        await using var command = run.Ledger.Command(
            """
            insert into pipeline.items (tenant_id, pipeline_id, step_id, ordinal, parent_output_id, lane, status, attempt, failures, crashes, priority, input,
                source_asset_id, cascade, units, quoted_cost, actual_cost, cancel_requested, simulated, queued_at, resolved, served_by, reuse_key)
            select tenant_id, pipeline_id, step_id, ordinal, parent_output_id, lane, 'queued', 1, 0, 0, priority, jsonb_set(input, '{seed}', to_jsonb($4::bigint)),
                source_asset_id, $5, units, case when resolved is null then units * $6 else quoted_cost end, 0, false, false, $7, resolved, served_by, $8
            from pipeline.items where tenant_id = $1 and step_id = $2 and id = $3
            returning units
            """,
            step.TenantId, step.Id, repeat.ItemId, repeat.Seed, repeat.Cascade, step.UnitPrice, run.Now,
            new NpgsqlParameter { Value = await KeyAsync(run, step, repeat, cancellationToken) ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlDbType.Bytea });
        var units = (int)(await command.ExecuteScalarAsync(cancellationToken) ?? throw new InvalidOperationException($"Item {repeat.ItemId} is gone."));
        step.Open++;
        run.Queue(step, queued: 1, inFlight: 0);
        Downstream.Add(run.Pipeline, run.Steps, plan, step, units, repeat.Cascade);
    }

    /// <summary>What waits in the queue ends now; what has been sent is asked to stop and ends with its result or its lease.</summary>
    public static async Task CancelAsync(RunTransaction run, RunPlan plan, RunEffect.CancelItem cancel, CancellationToken cancellationToken)
    {
        await using var command = run.Ledger.Command(
            """
            with hit as (select id, status from pipeline.items where tenant_id = $1 and step_id = $2 and id = $3 and status in ('queued', 'dispatched', 'running') for update)
            update pipeline.items i set
                status = case when hit.status = 'queued' then 'cancelled' else i.status end,
                finished_at = case when hit.status = 'queued' then $4 else i.finished_at end,
                due_at = case when hit.status = 'queued' then null else i.due_at end,
                error_code = null, error_message = null, error_retryable = null, cancel_requested = true
            from hit where i.id = hit.id
            returning i.units, i.cascade, hit.status = 'queued'
            """,
            run.Pipeline.TenantId, cancel.StepId, cancel.ItemId, run.Now);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken) || !reader.GetBoolean(2))
        {
            return;
        }

        var (step, units) = (run.Step(cancel.StepId), reader.GetInt32(0));
        step.Open--;
        step.Cancelled += units;
        step.ProgressDue = true;
        run.Queue(step, queued: -1, inFlight: 0);
        Downstream.Change(run.Steps, plan, step, reader.GetBoolean(1) ? -units : 0);
    }

    /// <summary>A repetition is a request with a seed of its own.</summary>
    private static async Task<byte[]?> KeyAsync(RunTransaction run, Step step, RunEffect.Repeat repeat, CancellationToken cancellationToken)
    {
        await using var command = run.Ledger.Command(
            """
            select i.input, i.resolved, a.sha256 from pipeline.items i join pipeline.assets a on a.id = i.source_asset_id and a.tenant_id = i.tenant_id
            where i.tenant_id = $1 and i.step_id = $2 and i.id = $3
            """,
            step.TenantId, step.Id, repeat.ItemId);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken))
        {
            return null;
        }

        var parameters = reader.IsDBNull(1) ? step.Resolved : JsonSerializer.Deserialize<GenerationParameters>(reader.GetString(1), PipelineJson.Options);
        var input = JsonSerializer.Deserialize<ItemInput>(reader.GetString(0), PipelineJson.Options)! with { Seed = repeat.Seed };
        return parameters is null ? null : new ReuseKey(parameters).Of(input, reader.GetString(2), seedAsked: true);
    }
}
