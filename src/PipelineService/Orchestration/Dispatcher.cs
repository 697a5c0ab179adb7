using Npgsql;
using PipelineService.Traffic;
using ServiceDefaults.Storage;

namespace PipelineService.Orchestration;

/// <summary>
/// Sends queued items of one lane, as many as its window holds. One process a lane does it, by an advisory lock; when that process or its connection
/// dies another takes over. A crash anywhere leaves rows that the next claim or the end of a lease picks up.
/// </summary>
internal sealed class Dispatcher(
    string lane, DatabaseAddress address, RunHeads heads, LaneSender sender, LanePace pace, LaneRoutes routes, DispatchSignal signal, OrchestrationOptions options,
    DispatchOptions tenants, TimeProvider time, ILogger<Dispatcher> logger) : BackgroundService
{
    private const int MostSending = 4;
    /// <summary>Claims in one round, when the first ones find less that is due than is queued.</summary>
    private const int MostDivisions = 4;

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
        await using var connection = new NpgsqlConnection(ForClaims(address.AsService));
        await connection.OpenAsync(cancellationToken);
        await using (var command = new NpgsqlCommand("select pg_try_advisory_lock(hashtextextended($1, 0))", connection) { Parameters = { new() { Value = "dispatch:" + lane } } })
        {
            if (await command.ExecuteScalarAsync(cancellationToken) is not true)
            {
                return;
            }
        }

        logger.LaneTaken(lane);
        var sending = new List<Task>();
        while (true)
        {
            var claim = await ClaimAsync(connection, cancellationToken);
            if (claim is not null)
            {
                // Money and broker of one claim go on while the next one is made.
                sending.Add(SendAsync(claim, cancellationToken));
                while (sending.Count >= MostSending)
                {
                    await Task.WhenAny(sending);
                    sending.RemoveAll(task => task.IsCompleted);
                }
            }

            // A claim took what there was, or filled the room: what changes that gives the signal.
            if (claim is not { MayHaveMore: true })
            {
                await signal.WaitAsync(lane, LookEvery, cancellationToken);
            }
        }
    }

    // Claims are not waited for on the disk: one that a crash of the database forgets is made again, with the same attempts, which the workers know.
    private static string ForClaims(string service)
    {
        var claims = new NpgsqlConnectionStringBuilder(service) { Pooling = false };
        claims.Options += " -c synchronous_commit=off";
        return claims.ConnectionString;
    }

    // One pipeline's money or broker holds up no other's.
    private Task SendAsync(LaneClaim claim, CancellationToken cancellationToken) =>
        Task.WhenAll(claim.Items.GroupBy(item => item.PipelineId).Select(group => SendAsync(claim.Runs[group.Key], [.. group], cancellationToken)));

    private async Task SendAsync(RunHead run, IReadOnlyList<ClaimedItem> items, CancellationToken cancellationToken)
    {
        try
        {
            await sender.SendAsync(lane, run, await heads.StepsAsync(run, cancellationToken), items, cancellationToken);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException && !cancellationToken.IsCancellationRequested)
        {
            // What did not leave stays dispatched until its lease runs out.
            logger.LaneWaits(lane, exception.Message);
        }
    }

    /// <summary>Null when there is nothing to send, or no room.</summary>
    private async Task<LaneClaim?> ClaimAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var now = time.GetUtcNow();
        var (queues, runs) = await QueuesAsync(connection, transaction, cancellationToken);
        var window = pace.Window(lane);
        var room = window - queues.Sum(queue => queue.InFlight);
        var routed = await routes.OfAsync(connection, transaction, lane, queues, cancellationToken);
        var shares = DispatchPlan.Divide(routed?.Queues ?? queues, room, tenants, routed?.Rooms);
        if (routed is not null)
        {
            routes.Tell(routed);
        }

        if (shares.Count == 0)
        {
            return null;
        }

        if (shares.Sum(share => share.Count) == room)
        {
            pace.Filled(lane);
        }

        var items = new List<ClaimedItem>();
        var tookAll = false;
        for (var division = 0; division < MostDivisions && shares.Count > 0; division++)
        {
            var claimed = await ClaimedItem.ClaimAsync(connection, transaction, lane, shares, now, options.DispatchLease, cancellationToken);
            items.AddRange(claimed);
            tookAll = claimed.Count == shares.Sum(share => share.Count);
            if (tookAll)
            {
                break;
            }

            // What is queued but not due yet left its share empty: that room is the others'.
            if (routed is not null)
            {
                routed.Took(shares, share => claimed.Count(item => item.IsOf(share)));
                shares = DispatchPlan.Divide(routed.Queues, room - items.Count, tenants, routed.Rooms);
                continue;
            }

            queues = DispatchPlan.After(queues, shares, claimed.GroupBy(item => item.PipelineId).ToDictionary(group => group.Key, group => group.Count()));
            shares = DispatchPlan.Divide(queues, room - items.Count, tenants);
        }

        await transaction.CommitAsync(cancellationToken);
        logger.Dispatched(items.Count, lane, window);
        return items.Count == 0 ? null : new LaneClaim(items, runs, MayHaveMore: !tookAll && shares.Count > 0);
    }

    // Locked, so that a pause that has committed is seen: nothing is sent after it.
    private async Task<(List<WaitingQueue> Queues, Dictionary<long, RunHead> Runs)> QueuesAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            select q.tenant_id, q.pipeline_id, case when q.held then 0 else q.queued end, q.in_flight, q.virtual_time, p.version, p.epoch, p.budget_usd, p.trace_parent, p.reuse
            from pipeline.dispatch_queues q join pipeline.pipelines p on p.id = q.pipeline_id and p.tenant_id = q.tenant_id
            where q.lane = $1 and (q.in_flight > 0 or (q.queued > 0 and not q.held)) order by q.pipeline_id for update of q
            """,
            connection,
            transaction)
        { Parameters = { new() { Value = lane } } };
        var queues = new List<WaitingQueue>();
        var runs = new Dictionary<long, RunHead>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var (tenant, pipeline) = (reader.GetInt64(0), reader.GetInt64(1));
            queues.Add(new WaitingQueue(tenant, pipeline, reader.GetInt32(2), reader.GetInt32(3), reader.GetDouble(4)));
            runs[pipeline] = new RunHead(
                tenant, pipeline, reader.GetInt32(5), reader.GetInt64(6), reader.IsDBNull(7) ? null : reader.GetDecimal(7), reader.IsDBNull(8) ? null : reader.GetString(8),
                reader.GetBoolean(9));
        }

        return (queues, runs);
    }

    private sealed record LaneClaim(IReadOnlyList<ClaimedItem> Items, IReadOnlyDictionary<long, RunHead> Runs, bool MayHaveMore);
}
