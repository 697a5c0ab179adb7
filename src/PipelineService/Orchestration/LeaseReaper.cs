using Contracts.Generation;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using PipelineService.Pipelines;

namespace PipelineService.Orchestration;

/// <summary>
/// Finds items whose lease has run out. What was only sent is sent again as the same attempt; what was running counts a crash first, and fails with
/// <c>crash_loop</c> after too many. Whether anything is bought again is not decided here: the worker that gets it finds the job of the attempt.
/// </summary>
internal sealed class LeaseReaper(
    NpgsqlDataSource database, LedgerCommit commit, Completion completion, OrchestrationOptions options, TimeProvider time, ILogger<LeaseReaper> logger)
    : PeriodicWork(options.ReapEvery, time, logger)
{
    private const int MostAtOnce = 500;

    protected override async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        var requeued = await commit.RunAsync(ledger => RequeueAsync(ledger, cancellationToken), cancellationToken);
        if (requeued > 0)
        {
            logger.LeasesRanOut(requeued);
        }

        var ended = await HopelessAsync(cancellationToken);
        if (ended.Count > 0)
        {
            await commit.RunAsync(
                async ledger =>
                {
                    await completion.ApplyAsync(ledger, ended, cancellationToken);
                    return true;
                },
                cancellationToken);
        }
    }

    private async Task<int> RequeueAsync(LedgerTransaction ledger, CancellationToken cancellationToken)
    {
        await using var command = ledger.Command(
            $"""
            with lost as (
                select i.id, i.status from pipeline.items i
                where i.id = any (array(select id from {InFlight.All} where lease_until < $1 and not cancel_requested and (status = 'dispatched' or crashes < $2)))
                    and i.status in ('dispatched', 'running') and i.lease_until < $1
                order by i.id limit $3 for update skip locked)
            update pipeline.items i
            set status = 'queued', lease_until = null, crashes = i.crashes + case when lost.status = 'running' then 1 else 0 end
            from lost where i.id = lost.id
            returning i.lane, i.tenant_id, i.pipeline_id
            """,
            ledger.Now, options.MaxCrashes, MostAtOnce);
        var count = 0;
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            ledger.Queues.Add(reader.GetString(0), reader.GetInt64(1), reader.GetInt64(2), queued: 1, inFlight: -1);
            count++;
        }

        return count;
    }

    /// <summary>Results for what nobody will answer for: items that bring their workers down, and cancelled ones whose worker is gone.</summary>
    private async Task<List<ItemResult>> HopelessAsync(CancellationToken cancellationToken)
    {
        var now = Now;
        await using var command = database.CreateCommand(
            $"""
            select tenant_id, pipeline_id, step_id, id, attempt, cancel_requested, coalesce(provider, ''), simulated, coalesce(started_at, $1) from {InFlight.All}
            where lease_until < $1 and (cancel_requested or (status = 'running' and crashes >= $2)) order by id limit $3
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = now });
        command.Parameters.Add(new NpgsqlParameter { Value = options.MaxCrashes });
        command.Parameters.Add(new NpgsqlParameter { Value = MostAtOnce });
        var results = new List<ItemResult>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var item = new ItemRef(reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3), reader.GetInt32(4), 0);
            var failure = reader.GetBoolean(5)
                ? new ItemFailure(FailureKind.Cancelled, "Cancelled while it was running.")
                : new ItemFailure(FailureKind.CrashLoop, $"Its worker stopped {options.MaxCrashes} times while working on it. Try another picture or model, or look into the worker's log.");
            results.Add(new ItemResult(item, [], failure, reader.GetString(6), null, null, reader.GetBoolean(7), false, reader.GetFieldValue<DateTimeOffset>(8), now));
        }

        return results;
    }
}
