using System.Diagnostics;
using Contracts.Generation;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using PipelineService.Pipelines;
using PipelineService.Storage;
using ServiceDefaults.Storage;

namespace PipelineService.Orchestration;

/// <summary>
/// Sends queued items of one lane, as many as its window holds. One process a lane does it, by an advisory lock; when that process or its connection
/// dies another takes over. A crash anywhere leaves rows that the next claim or the end of a lease picks up.
/// </summary>
internal sealed class Dispatcher(
    string lane, DatabaseAddress address, IServiceScopeFactory scopes, LaneSender sender, LaneRates rates, DispatchSignal signal, OrchestrationOptions options, DispatchOptions tenants,
    TimeProvider time, ILogger<Dispatcher> logger) : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan TryLeadEvery = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await LeadAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                logger.LaneWaits(lane, exception.Message);
            }

            await Task.Delay(TryLeadEvery, time, stoppingToken);
        }
    }

    /// <summary>Dispatches while this process holds the lane's lock; returns when somebody else does.</summary>
    private async Task LeadAsync(CancellationToken cancellationToken)
    {
        // The lock lives and dies with this connection, and every claim is made on it: who has lost the lock cannot claim.
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(address.AsService) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await using (var command = new NpgsqlCommand("select pg_try_advisory_lock(hashtextextended($1, 0))", connection) { Parameters = { new() { Value = "dispatch:" + lane } } })
        {
            if (await command.ExecuteScalarAsync(cancellationToken) is not true)
            {
                return;
            }
        }

        logger.LaneTaken(lane);
        while (true)
        {
            if (await DispatchAsync(connection, cancellationToken) == 0)
            {
                await signal.WaitAsync(lane, LookEvery, cancellationToken);
            }
        }
    }

    private async Task<int> DispatchAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var items = await ClaimAsync(connection, cancellationToken);
        if (items.Count == 0)
        {
            return 0;
        }

        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PipelineDbContext>();
        var ids = items.Select(item => item.PipelineId).Distinct().ToArray();
        var pipelines = await db.Pipelines.AsNoTracking().Where(pipeline => ids.Contains(pipeline.Id)).ToDictionaryAsync(pipeline => pipeline.Id, cancellationToken);
        var steps = (await db.Steps.AsNoTracking().Where(step => ids.Contains(step.PipelineId)).OrderBy(step => step.StepOrder).ToListAsync(cancellationToken))
            .ToLookup(step => step.PipelineId);
        await Task.WhenAll(items.GroupBy(item => item.PipelineId)
            .Where(group => pipelines.ContainsKey(group.Key))
            .Select(group => sender.SendAsync(lane, pipelines[group.Key], [.. steps[group.Key]], [.. group], cancellationToken)));
        return items.Count;
    }

    private async Task<List<ClaimedItem>> ClaimAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var now = time.GetUtcNow();
        var queues = await QueuesAsync(connection, transaction, cancellationToken);
        var window = DispatchPlan.Window(rates.PerSecond(lane), options);
        var shares = DispatchPlan.Divide(queues, window - queues.Sum(queue => queue.InFlight), tenants);
        if (shares.Count == 0)
        {
            return [];
        }

        var items = await ClaimedItem.ClaimAsync(connection, transaction, lane, shares, now, options.DispatchLease, cancellationToken);
        await CountAsync(connection, transaction, items, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        logger.Dispatched(items.Count, lane, window);
        return items;
    }

    // Locked, so that a pause that has committed is seen: nothing is sent after it.
    private async Task<List<WaitingQueue>> QueuesAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            select tenant_id, pipeline_id, case when held then 0 else queued end, in_flight, virtual_time from pipeline.dispatch_queues
            where lane = $1 and (in_flight > 0 or (queued > 0 and not held)) order by pipeline_id for update
            """,
            connection,
            transaction)
        { Parameters = { new() { Value = lane } } };
        var queues = new List<WaitingQueue>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            queues.Add(new WaitingQueue(reader.GetInt64(0), reader.GetInt64(1), reader.GetInt32(2), reader.GetInt32(3), reader.GetDouble(4)));
        }

        return queues;
    }

    private async Task CountAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, List<ClaimedItem> items, CancellationToken cancellationToken)
    {
        var counts = items.GroupBy(item => item.PipelineId).ToDictionary(group => group.Key, group => group.Count());
        await using var command = new NpgsqlCommand(
            """
            update pipeline.dispatch_queues q set queued = greatest(q.queued - d.count, 0), in_flight = q.in_flight + d.count, virtual_time = q.virtual_time + d.count
            from unnest($1, $2) as d (pipeline_id, count) where q.lane = $3 and q.pipeline_id = d.pipeline_id
            """,
            connection,
            transaction)
        {
            Parameters = { new() { Value = counts.Keys.ToArray() }, new() { Value = counts.Values.ToArray() }, new() { Value = lane } },
        };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
