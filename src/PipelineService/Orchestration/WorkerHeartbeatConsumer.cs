using Contracts.Generation;
using MassTransit;
using Npgsql;

namespace PipelineService.Orchestration;

/// <summary>What workers have in hand: shown as running, its leases extended. An item that is over is left alone.</summary>
internal sealed class WorkerHeartbeatConsumer(NpgsqlDataSource database, LanePace pace, OrchestrationOptions options, TimeProvider time) : IConsumer<WorkerHeartbeat>
{
    public async Task Consume(ConsumeContext<WorkerHeartbeat> context)
    {
        var running = context.Message.Running;
        if (running.Count == 0)
        {
            return;
        }

        var now = time.GetUtcNow();
        await using var command = database.CreateCommand(
            """
            with beat as (
                select i.id, b.started_at, i.status from pipeline.items i
                join unnest($1, $2, $3, $4) as b (tenant_id, id, attempt, started_at) on i.id = b.id and i.tenant_id = b.tenant_id and i.attempt = b.attempt
                where i.status in ('dispatched', 'running') order by i.id for update of i skip locked)
            update pipeline.items i set status = 'running', lease_until = $5, started_at = coalesce(i.started_at, beat.started_at)
            from beat where i.id = beat.id
            returning case when beat.status = 'dispatched' then i.started_at - i.dispatched_at end
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = running.Select(item => item.TenantId).ToArray() });
        command.Parameters.Add(new NpgsqlParameter { Value = running.Select(item => item.ItemId).ToArray() });
        command.Parameters.Add(new NpgsqlParameter { Value = running.Select(item => item.Attempt).ToArray() });
        command.Parameters.Add(new NpgsqlParameter { Value = running.Select(item => item.StartedAt.UtcDateTime).ToArray() });
        command.Parameters.Add(new NpgsqlParameter { Value = now + options.RunningLease });
        var waits = new List<TimeSpan>();
        await using (var reader = await command.ExecuteReaderAsync(context.CancellationToken))
        {
            while (await reader.ReadAsync(context.CancellationToken))
            {
                if (!reader.IsDBNull(0))
                {
                    waits.Add(reader.GetTimeSpan(0));
                }
            }
        }

        pace.Waited(context.Message.Lane, waits);
    }
}

internal sealed class WorkerHeartbeatDefinition : ConsumerDefinition<WorkerHeartbeatConsumer>
{
    public WorkerHeartbeatDefinition()
    {
        EndpointName = "worker-heartbeat";
        ConcurrentMessageLimit = 2;
    }
}
