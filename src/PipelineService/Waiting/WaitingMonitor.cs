using System.Collections.Frozen;
using Npgsql;
using NpgsqlTypes;
using PipelineService.Orchestration;
using Providers.Keys;
using Providers.Traffic;

namespace PipelineService.Waiting;

/// <summary>
/// Once a second: writes the service times that this process measured, and looks at what all processes know. So neither a batch of results nor an event
/// asks the database how long things take.
/// </summary>
internal sealed class WaitingMonitor(
    NpgsqlDataSource database, ServiceTimes times, RouteTraffic traffic, WorkspaceKeys keys, DispatchOptions shares, OrchestrationOptions options, TimeProvider time, ILogger<WaitingMonitor> logger)
    : PeriodicWork(Every, time, logger)
{
    private const int SweepEvery = 60;
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    private volatile WaitingNow _now = WaitingNow.Nothing(shares, options.MinWindow);
    private int _rounds;

    /// <summary>As of about a second ago.</summary>
    public WaitingNow Latest => _now;

    /// <summary>With the queues of these lanes as they are now.</summary>
    public async Task<WaitingNow> NowAsync(IReadOnlyCollection<string> lanes, CancellationToken cancellationToken)
    {
        var now = _now;
        return lanes.Count == 0 ? now : new WaitingNow(now.Means, now.Lanes, await QueuesAsync([.. lanes], cancellationToken), now.Shares, now.DefaultSlots) { Shut = Shut(), Keys = keys };
    }

    protected override async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        await WriteAsync(times.Take(), cancellationToken);
        _now = await LookAsync(cancellationToken);
        if (_rounds++ % SweepEvery == 0)
        {
            await SweepAsync(cancellationToken);
        }
    }

    private async Task WriteAsync(IReadOnlyCollection<ServiceTimes.Sum> sums, CancellationToken cancellationToken)
    {
        if (sums.Count == 0)
        {
            return;
        }

        // In order of their keys, so that two processes never wait for each other.
        var models = sums.GroupBy(sum => sum.Key).Select(group => (group.Key, Count: group.Sum(sum => sum.Count), Seconds: group.Sum(sum => sum.Seconds)))
            .OrderBy(row => row.Key.Provider, StringComparer.Ordinal).ThenBy(row => row.Key.Model, StringComparer.Ordinal).ThenBy(row => row.Key.Variant, StringComparer.Ordinal).ToList();
        var lanes = sums.GroupBy(sum => sum.Lane).Select(group => (Lane: group.Key, Count: group.Sum(sum => sum.Count), Seconds: group.Sum(sum => sum.Seconds)))
            .OrderBy(row => row.Lane, StringComparer.Ordinal).ToList();
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(Command(
            """
            insert into pipeline.model_durations as d (provider, model, variant, count, mean_sec, updated_at)
            select *, $6 from unnest($1, $2, $3, $4, $5)
            on conflict (provider, model, variant) do update set
                mean_sec = (d.mean_sec * least(d.count, 200) + excluded.mean_sec * excluded.count) / (least(d.count, 200) + excluded.count),
                count = least(d.count, 200) + excluded.count, updated_at = excluded.updated_at
            """,
            models.Select(row => row.Key.Provider).ToArray(), models.Select(row => row.Key.Model).ToArray(), models.Select(row => row.Key.Variant).ToArray(),
            models.Select(row => (double)row.Count).ToArray(), models.Select(row => row.Seconds / row.Count).ToArray(), Now));

        // What is older fades within some ten seconds. A lane that had too little to do says little about what it can do, and only until it had enough.
        batch.BatchCommands.Add(Command(
            """
            insert into pipeline.lane_rates as r (lane, items, service_sec, span_sec, "full", updated_at)
            select lane, items, service_sec, greatest($5, 2 * service_sec / items), busy, $6 from unnest($1, $2, $3, $4) as n (lane, items, service_sec, busy)
            on conflict (lane) do update set (items, service_sec, span_sec, "full", updated_at) = (
                select r.items * keep + excluded.items, r.service_sec * keep + excluded.service_sec,
                       r.span_sec * keep + case when keep = 0 then excluded.span_sec else least(gap, excluded.span_sec) end, excluded."full", excluded.updated_at
                from (select gap, case when r."full" = excluded."full" then exp(-gap / 10) else 0 end as keep
                      from (select greatest(0.05, extract(epoch from excluded.updated_at - r.updated_at))::float8 as gap) g) k)
            where excluded."full" or not r."full"
            """,
            lanes.Select(row => row.Lane).ToArray(), lanes.Select(row => (double)row.Count).ToArray(), lanes.Select(row => row.Seconds).ToArray(),
            lanes.Select(row => _now.Queues.GetValueOrDefault(row.Lane)?.Any(queue => queue.Queued > 0) ?? false).ToArray(), Every.TotalSeconds, Now));
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task<WaitingNow> LookAsync(CancellationToken cancellationToken)
    {
        var means = new Dictionary<DurationKey, double>();
        var lanes = new Dictionary<string, LaneFlow>();
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(Command("select provider, model, variant, mean_sec from pipeline.model_durations"));
        batch.BatchCommands.Add(Command("select lane, items / span_sec, service_sec / span_sec from pipeline.lane_rates where span_sec > 0"));
        await using (var reader = await batch.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                means[new DurationKey(reader.GetString(0), reader.GetString(1), reader.GetString(2))] = reader.GetDouble(3);
            }

            await reader.NextResultAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                lanes[reader.GetString(0)] = new LaneFlow(reader.GetDouble(1), reader.GetDouble(2));
            }
        }

        return new WaitingNow(means.ToFrozenDictionary(), lanes, await QueuesAsync([.. Contracts.Generation.Lanes.All], cancellationToken), shares, options.MinWindow) { Shut = Shut(), Keys = keys };
    }

    // Nobody knows when a provider that does not answer will.
    private Dictionary<RouteKey, double> Shut() => traffic.Known.Select(route => (Route: route, View: traffic.Look(route))).Where(entry => entry.View.Mood != RouteMood.Free)
        .ToDictionary(entry => entry.Route, entry => entry.View is { Mood: RouteMood.Throttled, Until: { } until } ? (until - Now).TotalSeconds : double.PositiveInfinity);

    private async Task<IReadOnlyDictionary<string, IReadOnlyList<WaitingQueue>>> QueuesAsync(string[] lanes, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            select lane, tenant_id, pipeline_id, case when held then 0 else queued end, in_flight, virtual_time from pipeline.dispatch_queues
            where lane = any($1) and (in_flight > 0 or (queued > 0 and not held))
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = lanes });
        var queues = new Dictionary<string, IReadOnlyList<WaitingQueue>>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var lane = reader.GetString(0);
            if (!queues.TryGetValue(lane, out var list))
            {
                queues[lane] = list = new List<WaitingQueue>();
            }

            ((List<WaitingQueue>)list).Add(new WaitingQueue(reader.GetInt64(1), reader.GetInt64(2), reader.GetInt32(3), reader.GetInt32(4), reader.GetDouble(5)));
        }

        return queues;
    }

    // Rows of runs that are over would be looked through at every dispatch. One that is retried gets a new row.
    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            delete from pipeline.dispatch_queues where (lane, pipeline_id) in (
                select q.lane, q.pipeline_id from pipeline.dispatch_queues q
                join pipeline.pipelines p on p.id = q.pipeline_id and p.status in ('completed', 'failed', 'cancelled')
                where q.queued = 0 and q.in_flight = 0 limit 1000 for update of q skip locked)
            """);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static NpgsqlBatchCommand Command(string sql, params object[] parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(parameter is DateTimeOffset at
                ? new NpgsqlParameter { Value = at.UtcDateTime, NpgsqlDbType = NpgsqlDbType.TimestampTz }
                : new NpgsqlParameter { Value = parameter });
        }

        return command;
    }
}
