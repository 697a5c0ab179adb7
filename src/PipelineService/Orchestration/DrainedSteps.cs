using Contracts.Pipelines;

namespace PipelineService.Orchestration;

/// <summary>
/// Tells a pipeline again that its step has nothing left to do, when nothing came of it for a while: the message that said so may have been lost with
/// the broker's queues, and no result would ever follow to say it again.
/// </summary>
internal sealed class DrainedSteps(LedgerCommit commit, OrchestrationOptions options, TimeProvider time, ILogger<DrainedSteps> logger)
    : PeriodicWork(options.DrainedAfter, time, logger)
{
    private const int MostAtOnce = 500;

    protected override Task RunOnceAsync(CancellationToken cancellationToken) => commit.RunAsync(
        async ledger =>
        {
            // What comes before the current step has ended; behind a review that rolls a later one may be the last that works. A paused pipeline looks at its steps when it goes on.
            await using var command = ledger.Command(
                """
                select p.correlation_id, p.tenant_id, p.id, s.id from pipeline.pipelines p
                join pipeline.pipeline_steps c on c.id = p.current_step_id
                join pipeline.pipeline_steps s on s.pipeline_id = p.id and (s.id = c.id or c.status = 'review')
                where p.status = 'running' and s.status = 'running' and s.open = 0 and p.updated_at < $1 order by p.id, s.id limit $2
                """,
                ledger.Now - options.DrainedAfter, MostAtOnce);
            var drained = new List<StepDrained>();
            await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
            {
                while (await reader.ReadAsync(cancellationToken))
                {
                    drained.Add(new StepDrained(reader.GetGuid(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3)));
                }
            }

            drained.ForEach(message => ledger.Publish(message.TenantId, message));
            return drained.Count;
        },
        cancellationToken);
}
