using Contracts.Generation;
using Npgsql;
using PipelineService.Orchestration;
using Providers;
using Providers.Keys;
using Providers.Traffic;

namespace PipelineService.Traffic;

/// <summary>
/// What limits of providers leave of a lane's queues. Asks the ledger only while there is a limit: then for the routes of what waits, and for what of them
/// is in flight, over indexes that hold no more than that.
/// </summary>
internal sealed class LaneRoutes(RouteTraffic traffic, WorkspaceKeys keys)
{
    private const string RouteOfStep = "lower(coalesce(s.provider, '')) as provider, coalesce(s.resolved::jsonb->>'model', '') as model";
    private const string RouteOfItem =
        """
        lower(coalesce(case when i.resolved is not null then i.served_by end, s.provider, '')) as provider,
        coalesce(case when i.resolved is not null then i.resolved::jsonb->>'model' end, s.resolved::jsonb->>'model', '') as model
        """;

    /// <summary>Null when nothing of what waits is limited.</summary>
    public async Task<RoutedQueues?> OfAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, string lane, IReadOnlyList<WaitingQueue> queues, CancellationToken cancellationToken)
    {
        await traffic.FreshAsync();
        if (!traffic.Any || queues.All(queue => queue.Queued == 0))
        {
            return null;
        }

        var steps = new Dictionary<long, RouteKey>(queues.Count);
        var own = new List<(long PipelineId, RouteKey Route, int Count)>();
        var inFlight = new Dictionary<RouteKey, int>();
        await using var batch = new NpgsqlBatch(connection, transaction);
        var type = StepTypes.InOrder.Single(type => StepTypes.Lane(type) == lane);
        batch.BatchCommands.Add(Command(
            $"select s.pipeline_id, {RouteOfStep}, s.tenant_id from pipeline.pipeline_steps s where s.pipeline_id = any($1) and s.step_type = $2",
            queues.Select(queue => queue.PipelineId).ToArray(), type));
        batch.BatchCommands.Add(Command(
            $"""
            select i.pipeline_id, {RouteOfItem}, count(*)::int, i.tenant_id from pipeline.items i join pipeline.pipeline_steps s on s.id = i.step_id
            where i.pipeline_id = any($1) and i.lane = $2 and i.open and i.status = 'queued' and i.resolved is not null group by 1, 2, 3, 5
            """,
            queues.Where(queue => queue.Queued > 0).Select(queue => queue.PipelineId).ToArray(), lane));
        batch.BatchCommands.Add(Command(
            $"""
            select {RouteOfItem}, count(*)::int, q.tenant_id from pipeline.dispatch_queues q cross join lateral ({InFlight.Of("q")}) i join pipeline.pipeline_steps s on s.id = i.step_id
            where q.pipeline_id = any($1) and q.lane = $2 group by 1, 2, 4
            """,
            queues.Where(queue => queue.InFlight > 0).Select(queue => queue.PipelineId).ToArray(), lane));
        await using (var reader = await batch.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                steps[reader.GetInt64(0)] = Route(reader, 1, 3);
            }

            await reader.NextResultAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                own.Add((reader.GetInt64(0), Route(reader, 1, 4), reader.GetInt32(3)));
            }

            await reader.NextResultAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                var route = Route(reader, 0, 3);
                inFlight[route] = inFlight.GetValueOrDefault(route) + reader.GetInt32(2);
            }
        }

        var views = steps.Values.Concat(own.Select(part => part.Route)).Distinct().ToDictionary(route => route, traffic.Look);
        if (views.Values.All(view => view.Limit is null))
        {
            return null;
        }

        var parts = own.ToLookup(part => part.PipelineId, part => (part.Route, part.Count));
        return new RoutedQueues(
            [.. queues.SelectMany(queue => steps.TryGetValue(queue.PipelineId, out var step) ? RoutedQueues.Divide(queue, step, [.. parts[queue.PipelineId]]) : [queue])],
            inFlight, views);
    }

    /// <summary>Tells which limits hold something back: only such a limit may grow.</summary>
    public void Tell(RoutedQueues routed)
    {
        foreach (var route in routed.Filled)
        {
            traffic.Filled(route);
        }
    }

    private RouteKey Route(NpgsqlDataReader reader, int column, int tenant) => keys.Route(
        reader.GetInt64(tenant), reader.GetString(column) is { Length: > 0 } name ? name : ProviderNames.Local, reader.GetString(column + 1));

    private static NpgsqlBatchCommand Command(string sql, params object[] parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = parameter });
        }

        return command;
    }
}
