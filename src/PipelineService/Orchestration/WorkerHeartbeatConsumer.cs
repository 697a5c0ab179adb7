using Contracts.Generation;
using MassTransit;
using Npgsql;

namespace PipelineService.Orchestration;

/// <summary>What workers have in hand: shown as running, its leases extended. An item that is over is left alone.</summary>
internal sealed class WorkerHeartbeatConsumer(NpgsqlDataSource database, OrchestrationOptions options, TimeProvider time) : IConsumer<WorkerHeartbeat>
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
                select i.id, b.started_at from pipeline.items i
                join unnest($1, $2, $3, $4) as b (tenant_id, id, attempt, started_at) on i.id = b.id and i.tenant_id = b.tenant_id and i.attempt = b.attempt
                where i.status in ('dispatched', 'running') order by i.id for update of i skip locked)
            update pipeline.items i set status = 'running', lease_until = $5, started_at = coalesce(i.started_at, beat.started_at)
            from beat where i.id = beat.id
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = running.Select(item => item.TenantId).ToArray() });
        command.Parameters.Add(new NpgsqlParameter { Value = running.Select(item => item.ItemId).ToArray() });
        command.Parameters.Add(new NpgsqlParameter { Value = running.Select(item => item.Attempt).ToArray() });
        command.Parameters.Add(new NpgsqlParameter { Value = running.Select(item => item.StartedAt.UtcDateTime).ToArray() });
        command.Parameters.Add(new NpgsqlParameter { Value = now + options.RunningLease });
        await command.ExecuteNonQueryAsync(context.CancellationToken);
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
