using Npgsql;
using Providers.NoOp;
using Testing;
using Testing.Studio;

namespace Chaos.Tests;

/// <summary>What has to be true of a run that has ended, whatever went wrong meanwhile. Each finding is a sentence.</summary>
public sealed class Invariants(RunningStudio studio, Broker broker, ChaosPlan plan, ChaosRun run)
{
    // What settles by itself, each from its own cause, gets this long.
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);
    private readonly List<string> _broken = [];

    /// <summary>Numbers that have to come out as 0, with what they count.</summary>
    private static readonly IReadOnlyList<(string What, string Sql)> Nothing =
    [
        ("items that have not ended", "select count(*) from pipeline.items where pipeline_id = $1 and status not in ('succeeded', 'failed', 'cancelled')"),
        ("items with a lease", "select count(*) from pipeline.items where pipeline_id = $1 and lease_until is not null"),
        ("items cancelled, though nobody cancelled", "select count(*) from pipeline.items where pipeline_id = $1 and status = 'cancelled'"),
        ("items that failed otherwise than refused", "select count(*) from pipeline.items where pipeline_id = $1 and status = 'failed' and error_code <> 'content_refused'"),
        ("items of prompts that are to succeed, but failed", "select count(*) from pipeline.items where pipeline_id = $1 and status = 'failed' and input->>'prompt' not like '%[fail:%'"),
        ("succeeded items without exactly their outputs",
            "select count(*) from pipeline.items i where pipeline_id = $1 and status = 'succeeded' and units <> (select count(*) from pipeline.outputs o where o.item_id = i.id)"),
        ("outputs of items that did not succeed",
            "select count(*) from pipeline.outputs o join pipeline.items i on i.id = o.item_id where i.pipeline_id = $1 and i.status <> 'succeeded'"),
        ("outputs without their file in the library",
            "select count(*) from pipeline.outputs o where pipeline_id = $1 and type <> 'prompt' and not exists (select 1 from pipeline.assets a where a.id = o.asset_id and a.output_id = o.id)"),
        ("files of a run in the library that are nobody's output",
            "select count(*) from pipeline.assets a where pipeline_id = $1 and not exists (select 1 from pipeline.outputs o where o.asset_id = a.id)"),
        ("outputs followed by another number of items than one, before the last step",
            """
            select count(*) from pipeline.outputs o join pipeline.pipeline_steps s on s.id = o.step_id
            where o.pipeline_id = $1 and s.step_order < (select max(step_order) from pipeline.pipeline_steps where pipeline_id = $1)
                and (select count(*) from pipeline.items i where i.parent_output_id = o.id) <> case s.step_type when 'prompt_enhance' then 10 else 1 end
            """),
        ("steps whose counters are not their items",
            """
            select count(*) from pipeline.pipeline_steps s where pipeline_id = $1 and (open <> 0 or status <> 'completed'
                or succeeded <> (select count(*) from pipeline.outputs o where o.step_id = s.id)
                or failed <> (select coalesce(sum(units), 0) from pipeline.items i where i.step_id = s.id and i.status = 'failed')
                or total <> succeeded + failed
                or cost_actual <> (select coalesce(sum(actual_cost), 0) from pipeline.items i where i.step_id = s.id))
            """),
        ("pipelines whose cost is not that of their items",
            "select count(*) from pipeline.pipelines p where id = $1 and cost_actual <> (select sum(actual_cost) from pipeline.items i where i.pipeline_id = p.id)"),
        ("numbers in the dispatch queues", "select coalesce(sum(queued + in_flight), 0) from pipeline.dispatch_queues where pipeline_id = $1"),
        ("gaps in the numbers of events",
            "select count(*) from (select number, row_number() over (order by number) as n from pipeline.events where pipeline_id = $1) e where number <> n"),
        ("events behind the pipeline's own count", "select last_event - (select count(*) from pipeline.events e where e.pipeline_id = p.id) from pipeline.pipelines p where id = $1"),
        ("events in another order for the tenant than for the pipeline",
            """
            select count(*) from (select number, lag(number) over (order by tenant_number) as before from pipeline.events where pipeline_id = $1) e where before > number
            """),
        ("events that are older than the one before them by more than the clocks' grain",
            "select count(*) from (select at, lag(at) over (order by number) as before from pipeline.events where pipeline_id = $1) e where before > at + interval '30 seconds'"),
        ("outputs without exactly one output_ready event",
            """
            select count(*) from pipeline.outputs o where pipeline_id = $1 and 1 <> (
                select count(*) from pipeline.events e where e.pipeline_id = $1 and e.event = 'output_ready' and (e.data->>'output_id')::bigint = o.id)
            """),
        ("output_ready events of nothing",
            """
            select count(*) from pipeline.events e where e.pipeline_id = $1 and e.event = 'output_ready'
                and not exists (select 1 from pipeline.outputs o where o.id = (e.data->>'output_id')::bigint)
            """),
        ("events after the end", "select count(*) from pipeline.events e where pipeline_id = $1 and event = 'output_ready' and number > (select max(number) from pipeline.events where pipeline_id = $1 and event = 'pipeline_status')"),
    ];

    /// <summary>The same, for what is brought about after the run's end: money, queues, jobs.</summary>
    private static readonly IReadOnlyList<(string What, string Sql)> NothingSoon =
    [
        ("jobs that have not ended", "select count(*) from worker.provider_jobs where pipeline_id = $1 and state in ('submitting', 'submitted')"),
        ("messages in an outbox", "select count(*) from pipeline.outbox where $1 = $1"),
        ("holds left", "select count(*) from cost.holds where pipeline_id = $1"),
        ("money held", "select count(*) from cost.pipeline_budgets where pipeline_id = $1 and held <> 0"),
        ("succeeded items without exactly one charge",
            """
            select count(*) from pipeline.items i where pipeline_id = $1 and status = 'succeeded'
                and 1 <> (select count(*) from cost.ledger l where l.item_id = i.id and l.tenant_id = i.tenant_id and l.amount > 0)
            """),
        ("charges that are not their item's",
            """
            select count(*) from cost.ledger l join pipeline.items i on i.id = l.item_id and i.tenant_id = l.tenant_id
            where l.pipeline_id = $1 and l.amount > 0 and (i.status <> 'succeeded' or i.attempt <> l.attempt or i.actual_cost <> l.amount)
            """),
        ("pipelines charged another sum than they cost",
            "select count(*) from pipeline.pipelines p where id = $1 and cost_actual <> (select coalesce(sum(amount), 0) from cost.ledger l where l.pipeline_id = p.id)"),
        ("pipelines whose budget row is not their ledger",
            "select count(*) from cost.pipeline_budgets b where pipeline_id = $1 and spent <> (select coalesce(sum(amount), 0) from cost.ledger l where l.pipeline_id = b.pipeline_id)"),
        ("transactions left open, or waiting for a lock",
            """
            select count(*) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and $1 = $1
                and ((state like 'idle in transaction%' and state_change < now() - interval '1 second') or wait_event_type = 'Lock')
            """),
        ("rows that somebody holds locked",
            "select (select count(*) from pipeline.items where pipeline_id = $1) - (select count(*) from (select id from pipeline.items where pipeline_id = $1 for update skip locked) free)"),
    ];

    /// <summary>Everything that is not as it has to be; empty when all is well.</summary>
    public async Task<IReadOnlyList<string>> FindAsync()
    {
        var status = (await studio.Client.GetAsync($"/pipelines/{run.Id}"))["status"]!.GetValue<string>();
        if (status != "completed")
        {
            _broken.Add($"The pipeline is {status}.");
        }

        foreach (var (what, sql) in Nothing)
        {
            Expect(what, await studio.CountAsync(sql, run.Id));
        }

        foreach (var (what, sql) in NothingSoon)
        {
            Expect(what, await SoonNothingAsync(async () => await studio.CountAsync(sql, run.Id)));
        }

        await QueuesAsync();
        await SubmitsAsync();
        return _broken;
    }

    private void Expect(string what, long count)
    {
        if (count != 0)
        {
            _broken.Add($"{count} {what}.");
        }
    }

    // Heartbeats come as long as workers have something in hand, which they have not.
    private async Task QueuesAsync()
    {
        await SoonNothingAsync(async () => (await broker.QueuesAsync()).Sum(row => row.Ready + row.Unsettled));
        foreach (var (queue, ready, unsettled) in await broker.QueuesAsync())
        {
            Expect($"messages left in {queue} ({unsettled} of them handed out)", ready + unsettled);
        }
    }

    /// <summary>Every submit is some attempt's; a paid one happened once, where that matters.</summary>
    private async Task SubmitsAsync()
    {
        var submits = NoOpJournal.Read(studio.JournalPath);
        var attempts = new Dictionary<string, (string State, string Key)>();
        await using (var connection = await studio.ConnectAsync())
        await using (var command = new NpgsqlCommand("select request_key, state from worker.provider_jobs where pipeline_id = $1", connection))
        {
            command.Parameters.Add(new NpgsqlParameter { Value = run.Id });
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                attempts[reader.GetString(0)] = (reader.GetString(1), reader.GetString(0));
            }
        }

        long Of(string state, Func<int, bool> wrong) => attempts.Values.Count(job => job.State == state && wrong(submits.GetValueOrDefault(job.Key)));
        Expect("attempts that succeeded without a submit", Of("done", count => count < 1));
        Expect("attempts with a known failure and no submit", Of("failed", count => count < 1));
        if (plan.ResubmitNever)
        {
            Expect("attempts that were bought twice", Of("done", count => count > 1) + Of("failed", count => count > 1) + Of("unknown", count => count > 1));
        }

        // Each succeeded item was submitted by its last attempt; all other submits were reported: as failed, or as of unknown outcome.
        var items = await studio.CountAsync("select count(*) from pipeline.items where pipeline_id = $1 and status = 'succeeded' and lane <> 'enhance'", run.Id);
        var (done, failed, unknown) = (attempts.Values.Count(job => job.State == "done"), attempts.Values.Count(job => job.State == "failed"), attempts.Values.Count(job => job.State == "unknown"));
        if (done != items)
        {
            _broken.Add($"{done} attempts succeeded at the provider, but {items} items did.");
        }

        var all = attempts.Values.Sum(job => Math.Min(1, submits.GetValueOrDefault(job.Key)));
        var neverLeft = Of("unknown", count => count == 0);
        if (all != items + failed + unknown - neverLeft)
        {
            _broken.Add($"{all} submits, but {items} items, {failed} known failures and {unknown} unknown outcomes, of which {neverLeft} never left.");
        }

        if (unknown != run.Unknown)
        {
            _broken.Add($"{unknown} attempts ended as unknown, but {run.Unknown} were reported.");
        }
    }

    private static async Task<long> SoonNothingAsync(Func<Task<long>> count)
    {
        try
        {
            return await Eventually.GetAsync(count, found => found == 0, Settling, Look);
        }
        catch (TimeoutException)
        {
            return await count();
        }
    }
}
