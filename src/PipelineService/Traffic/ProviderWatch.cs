using Contracts.Generation;
using Npgsql;
using PipelineService.Orchestration;
using PipelineService.Pipelines;
using Providers;
using Providers.Keys;
using Providers.Traffic;
using ServiceDefaults.Storage;

namespace PipelineService.Traffic;

/// <summary>
/// Says of running pipelines whose items wait for a provider that it is so, and that it is over; pauses those that have waited too long. Looks at the
/// ledger only while a provider is to be left alone, or shortly after.
/// </summary>
internal sealed class ProviderWatch(
    RouteTraffic traffic, WorkspaceKeys keys, NpgsqlDataSource database, LedgerCommit commit, RunEffects effects, TrafficOptions options, TimeProvider time, ILogger<ProviderWatch> logger)
    : PeriodicWork(Every, time, logger)
{
    private const int LookAnyway = 20;
    private const int MostMoved = 5000;
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(500);
    private readonly Dictionary<long, DateTimeOffset> _waitingSince = [];
    private int _idle = LookAnyway;

    protected override async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        await traffic.FreshAsync();
        var awaited = traffic.Known.Select(route => (Route: route, View: traffic.Look(route))).Where(entry => ProviderWaits.IsWorthSaying(entry.View))
            .ToDictionary(entry => entry.Route, entry => entry.View);
        _idle = awaited.Count > 0 || _waitingSince.Count > 0 ? 0 : _idle + 1;
        // Another process may have left pipelines that say they wait.
        if (_idle % LookAnyway != 0)
        {
            return;
        }

        var runs = await RunsAsync([.. awaited.Keys], cancellationToken);
        foreach (var over in _waitingSince.Keys.Except(runs.Where(run => run.Awaits.Count > 0).Select(run => run.PipelineId)).ToList())
        {
            _waitingSince.Remove(over);
        }

        foreach (var run in runs)
        {
            if (run.Awaits.Any(route => IsOut(awaited[route])))
            {
                await MoveAsync(run, cancellationToken);
            }

            if (Decide(run, awaited) is { } decide)
            {
                await ApplyAsync(run, decide, cancellationToken);
            }
        }
    }

    /// <summary>Null when it says already how things stand.</summary>
    private Func<RunState, RunDecision>? Decide(AwaitingRun run, Dictionary<RouteKey, RouteView> awaited)
    {
        if (run.Awaits.Count == 0)
        {
            return run.SaysSo ? PipelineDecisions.ProviderBack : null;
        }

        _waitingSince.TryAdd(run.PipelineId, Now);
        var down = run.Awaits.Select(route => awaited[route]).Where(IsOut).ToList();

        if (down.Count > 0 && Now - down.Min(view => view.Since) >= options.PauseAfter && Now - _waitingSince[run.PipelineId] >= options.PauseAfter)
        {
            // Counted from when this run began to wait: one that is told to go on gets as long again.
            _waitingSince.Remove(run.PipelineId);
            return PipelineDecisions.ProviderDown;
        }

        return run.SaysSo ? null : PipelineDecisions.ProviderAwaited;
    }

    private static bool IsOut(RouteView view) => view.Mood is RouteMood.Down or RouteMood.Trying;

    /// <summary>What waits for a provider that is out is asked of who stands by, where somebody does who is not out as well.</summary>
    private Task<bool> MoveAsync(AwaitingRun run, CancellationToken cancellationToken) => commit.RunAsync(
        async ledger =>
        {
            if (await RunTransaction.LoadAsync(ledger, run.TenantId, run.PipelineId, cancellationToken) is not { } loaded)
            {
                return false;
            }

            foreach (var step in loaded.Steps.Where(step => step is { Status: StepStatus.Running, Open: > 0, Fallbacks.Count: > 0 } && run.Awaits.Contains(ProviderWaits.RouteOf(step, keys))))
            {
                if (step.Fallbacks!.FirstOrDefault(other => !IsOut(traffic.Look(keys.Route(step.TenantId, other.Provider, other.Resolved.Model)))) is { } other)
                {
                    var dearer = await MovedItem.MoveWaitingAsync(ledger, step, other, MostMoved, cancellationToken);
                    step.CostEstimate += dearer;
                    loaded.Pipeline.CostEstimate += dearer;
                }
            }

            return true;
        },
        cancellationToken);

    private Task<bool> ApplyAsync(AwaitingRun run, Func<RunState, RunDecision> decide, CancellationToken cancellationToken) => commit.RunAsync(
        async ledger =>
        {
            if (await RunTransaction.LoadAsync(ledger, run.TenantId, run.PipelineId, cancellationToken) is { } loaded)
            {
                await effects.ApplyAsync(loaded, decide(await loaded.StateAsync(cancellationToken)), cancellationToken);
            }

            return true;
        },
        cancellationToken);

    // A run waits for what its steps ask, and for what a retry asked instead; the few of those stand in an index of their own.
    private async Task<List<AwaitingRun>> RunsAsync(RouteKey[] awaited, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            with awaited as (select * from unnest($1, $2, $7) as a (provider, model, tenant_id)),
            own as (select * from unnest($8, $9) as o (tenant_id, provider)),
            queue as (
                select q.tenant_id, q.pipeline_id, q.lane, (q.queued > 0 and not q.held) or (q.in_flight > 0 and p.status_reason is not distinct from $5) as waits,
                       p.status_reason is not distinct from $5 as says_so
                from pipeline.dispatch_queues q join pipeline.pipelines p on p.id = q.pipeline_id and p.tenant_id = q.tenant_id and p.status = 'running'
                where (q.queued > 0 and not q.held) or p.status_reason = $5),
            waiting as (
                select q.pipeline_id, a.provider, a.model, a.tenant_id from queue q
                join unnest($3, $4) as l (lane, step_type) on l.lane = q.lane
                join pipeline.pipeline_steps s on s.pipeline_id = q.pipeline_id and s.tenant_id = q.tenant_id and s.step_type = l.step_type
                join awaited a on a.provider = lower(coalesce(s.provider, $6)) and a.model = coalesce(s.resolved::jsonb->>'model', '')
                    and a.tenant_id = coalesce((select o.tenant_id from own o where o.tenant_id = q.tenant_id and o.provider = a.provider), 0)
                where q.waits and (q.says_so or exists (select 1 from pipeline.items i where i.pipeline_id = q.pipeline_id and i.lane = q.lane and i.open and i.status = 'queued' and i.resolved is null))
                union
                select q.pipeline_id, a.provider, a.model, a.tenant_id from queue q
                join pipeline.items i on i.pipeline_id = q.pipeline_id and i.lane = q.lane and i.open and i.status = 'queued' and i.resolved is not null
                join awaited a on a.provider = lower(i.served_by) and a.model = i.resolved::jsonb->>'model'
                    and a.tenant_id = coalesce((select o.tenant_id from own o where o.tenant_id = q.tenant_id and o.provider = a.provider), 0)
                where q.waits)
            select q.tenant_id, q.pipeline_id, bool_or(q.says_so), array_agg(distinct case when w.tenant_id > 0 then 't' || w.tenant_id || ':' else '' end || w.provider || '/' || w.model) filter (where w.provider is not null)
            from queue q left join waiting w on w.pipeline_id = q.pipeline_id
            where w.provider is not null or q.says_so
            group by q.tenant_id, q.pipeline_id order by q.pipeline_id
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = awaited.Select(route => route.Provider).ToArray() });
        command.Parameters.Add(new NpgsqlParameter { Value = awaited.Select(route => route.Model).ToArray() });
        command.Parameters.Add(new NpgsqlParameter { Value = StepTypes.InOrder.Select(StepTypes.Lane).ToArray() });
        command.Parameters.Add(new NpgsqlParameter { Value = StepTypes.InOrder.ToArray() });
        command.Parameters.Add(new NpgsqlParameter { Value = SnakeCase.Word(StatusReason.Provider) });
        command.Parameters.Add(new NpgsqlParameter { Value = ProviderNames.Local });
        command.Parameters.Add(new NpgsqlParameter { Value = awaited.Select(route => route.TenantId ?? 0).ToArray() });
        var own = keys.All;
        command.Parameters.Add(new NpgsqlParameter { Value = own.Select(key => key.TenantId).ToArray() });
        command.Parameters.Add(new NpgsqlParameter { Value = own.Select(key => key.Provider).ToArray() });
        var runs = new List<AwaitingRun>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            runs.Add(new AwaitingRun(
                reader.GetInt64(0), reader.GetInt64(1), reader.GetBoolean(2),
                reader.IsDBNull(3) ? [] : [.. reader.GetFieldValue<string[]>(3).Select(RouteKey.Parse)]));
        }

        return runs;
    }

    /// <param name="SaysSo">Its status already names a provider.</param>
    /// <param name="Awaits">The routes that it waits for.</param>
    private sealed record AwaitingRun(long TenantId, long PipelineId, bool SaysSo, IReadOnlyList<RouteKey> Awaits);
}
