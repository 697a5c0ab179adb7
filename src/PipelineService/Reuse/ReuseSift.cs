using Contracts.Generation;
using Microsoft.Extensions.Options;
using Npgsql;
using NpgsqlTypes;
using PipelineService.Orchestration;
using PipelineService.Pipelines;
using Providers;

namespace PipelineService.Reuse;

/// <summary>
/// For runs that reuse results, between the claim of items and the holding of money: what an identical item of the tenant has yielded is taken at no
/// cost, what an identical one is just making is waited for, and only the rest is sent. In sets, whatever the number of items.
/// </summary>
internal sealed class ReuseSift(NpgsqlDataSource database, LedgerCommit commit, Completion completion, IOptions<ReuseOptions> options, TimeProvider time)
{
    /// <returns>The items that have to be made.</returns>
    public async Task<IReadOnlyList<ClaimedItem>> SiftAsync(
        string lane, RunHead run, IReadOnlyList<Step> steps, IReadOnlyList<ClaimedItem> items, CancellationToken cancellationToken)
    {
        var asked = items.Where(item => item.ReuseKey is not null)
            .Select(item => new Asked(item, ProviderNames.IsSimulated(item.ServedBy ?? steps.Single(step => step.Id == item.StepId).Provider ?? ProviderNames.Local)))
            .ToList();
        if (!run.Reuse || asked.Count == 0)
        {
            return items;
        }

        // Who goes first is settled before anybody looks for results: when the one before has ended meanwhile, its result is there to be seen.
        var first = await GoFirstAsync(run.TenantId, asked, cancellationToken);
        var stored = await StoredAsync(run.TenantId, asked, cancellationToken);
        var busy = await BusyAsync(run.TenantId, lane, [.. asked.Where(one => !stored.Contains(one.Item.Id))], cancellationToken);
        var moves = asked.ToLookup(one => ReuseDecision.Of(
            stored.Contains(one.Item.Id), first.Contains(one.Item.Id), busy.TryGetValue(Text(one.Item), out var other) && other.Elsewhere));

        await TakeAsync(lane, run, [.. moves[ReuseMove.Take]], cancellationToken);
        await WaitAsync(lane, run, [.. moves[ReuseMove.Wait].Select(one => one.Item)], busy, cancellationToken);
        var gone = moves[ReuseMove.Take].Concat(moves[ReuseMove.Wait]).Select(one => one.Item.Id).ToHashSet();
        return [.. items.Where(item => !gone.Contains(item.Id))];
    }

    /// <summary>Of identical items the one that has the claim, or takes it over from one that is no longer in flight.</summary>
    private async Task<HashSet<long>> GoFirstAsync(long tenantId, List<Asked> asked, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            with asked as (
                select distinct on (a.key) a.key, a.id from unnest($2, $3) as a (key, id)
                left join pipeline.reuse_claims c on c.tenant_id = $1 and c.reuse_key = a.key
                order by a.key, (c.item_id = a.id) desc nulls last, a.id)
            insert into pipeline.reuse_claims as c (tenant_id, reuse_key, item_id) select $1, key, id from asked order by key
            on conflict (tenant_id, reuse_key) do update set item_id = excluded.item_id
            where c.item_id = excluded.item_id or not exists (
                select 1 from pipeline.items i where i.id = c.item_id and i.tenant_id = c.tenant_id and i.reuse_key = c.reuse_key and i.status in ('dispatched', 'running'))
            returning c.item_id
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = tenantId });
        command.Parameters.Add(ItemUpdate.Column(asked, one => one.Item.ReuseKey!, NpgsqlDbType.Bytea));
        command.Parameters.Add(ItemUpdate.Column(asked, one => one.Item.Id, NpgsqlDbType.Bigint));
        return await IdsAsync(command, cancellationToken);
    }

    private async Task<HashSet<long>> StoredAsync(long tenantId, List<Asked> asked, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            $"""
            select a.id from unnest($2, $3, $4) as a (id, key, simulated)
            where exists (select 1 from {StoredResults.OfKey})
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = tenantId });
        Add(command, asked);
        return await IdsAsync(command, cancellationToken);
    }

    /// <summary>How long identical items have been in flight, by key, and whether in runs that do not reuse results.</summary>
    private async Task<Dictionary<string, Other>> BusyAsync(long tenantId, string lane, List<Asked> asked, CancellationToken cancellationToken)
    {
        var busy = new Dictionary<string, Other>();
        if (asked.Count == 0)
        {
            return busy;
        }

        await using var command = database.CreateCommand(
            $"""
            select c.reuse_key, i.dispatched_at, false from pipeline.reuse_claims c join pipeline.items i on i.id = c.item_id and i.status in ('dispatched', 'running')
            where c.tenant_id = $1 and c.reuse_key = any($3)
            union all
            select i.reuse_key, i.dispatched_at, true from pipeline.dispatch_queues q join pipeline.pipelines p on p.id = q.pipeline_id and p.tenant_id = q.tenant_id and not p.reuse
            cross join lateral ({InFlight.Of("q")}) i
            where q.lane = $2 and q.tenant_id = $1 and q.in_flight > 0 and i.reuse_key = any($3)
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = tenantId });
        command.Parameters.Add(new NpgsqlParameter { Value = lane });
        command.Parameters.Add(ItemUpdate.Column(asked, one => one.Item.ReuseKey!, NpgsqlDbType.Bytea));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var key = Convert.ToHexString(reader.GetFieldValue<byte[]>(0));
            var since = reader.IsDBNull(1) ? time.GetUtcNow() : reader.GetFieldValue<DateTimeOffset>(1);
            var known = busy.GetValueOrDefault(key, new Other(since, false));
            busy[key] = new Other(since < known.Since ? since : known.Since, known.Elsewhere || reader.GetBoolean(2));
        }

        return busy;
    }

    /// <summary>Stored results end these items as any result would: outputs and follow-ups of their own, at no cost.</summary>
    private Task TakeAsync(string lane, RunHead run, List<Asked> asked, CancellationToken cancellationToken) => asked.Count == 0
        ? Task.CompletedTask
        : commit.RunAsync(
            async ledger =>
            {
                // The pipeline's lock first: whoever deletes or cancels it takes that one first, too.
                await ledger.ExecuteAsync("select 1 from pipeline.pipelines where id = $1 and tenant_id = $2 for update", cancellationToken, run.PipelineId, run.TenantId);
                var results = await StoredResults.ReadAsync(ledger, run, [.. asked.Select(one => (one.Item, one.Simulated))], cancellationToken);
                await completion.ApplyAsync(ledger, results, cancellationToken);
                await ledger.ExecuteAsync(
                    "update pipeline.items set reused = true where tenant_id = $1 and id = any($2)",
                    cancellationToken, run.TenantId, results.Select(result => result.Item.ItemId).ToArray());

                // A file that was deleted a moment ago: whoever wanted it looks again.
                var taken = results.Select(result => result.Item.ItemId).ToHashSet();
                await LedgerMoves.GiveBackAsync(
                    ledger, lane, run.TenantId, run.PipelineId, [.. asked.Select(one => one.Item.Id).Where(id => !taken.Contains(id))], null, cancellationToken);
                return true;
            },
            cancellationToken);

    private Task WaitAsync(
        string lane, RunHead run, List<ClaimedItem> items, Dictionary<string, Other> busy, CancellationToken cancellationToken)
    {
        if (items.Count == 0)
        {
            return Task.CompletedTask;
        }

        var now = time.GetUtcNow();
        var due = now + items.Min(item => ReuseDecision.WaitFor(busy.TryGetValue(Text(item), out var other) ? now - other.Since : TimeSpan.Zero, options.Value));
        return commit.RunAsync(
            async ledger =>
            {
                await LedgerMoves.GiveBackAsync(ledger, lane, run.TenantId, run.PipelineId, [.. items.Select(item => item.Id)], due, cancellationToken);
                return true;
            },
            cancellationToken);
    }

    private static void Add(NpgsqlCommand command, List<Asked> asked)
    {
        command.Parameters.Add(ItemUpdate.Column(asked, one => one.Item.Id, NpgsqlDbType.Bigint));
        command.Parameters.Add(ItemUpdate.Column(asked, one => one.Item.ReuseKey!, NpgsqlDbType.Bytea));
        command.Parameters.Add(ItemUpdate.Column(asked, one => one.Simulated, NpgsqlDbType.Boolean));
    }

    private static async Task<HashSet<long>> IdsAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        var ids = new HashSet<long>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            ids.Add(reader.GetInt64(0));
        }

        return ids;
    }

    private static string Text(ClaimedItem item) => Convert.ToHexString(item.ReuseKey!);

    /// <param name="Simulated">Its provider is simulated, so results of such are good enough for it.</param>
    private readonly record struct Asked(ClaimedItem Item, bool Simulated);

    /// <param name="Elsewhere">In a run that does not reuse results.</param>
    private readonly record struct Other(DateTimeOffset Since, bool Elsewhere);
}
