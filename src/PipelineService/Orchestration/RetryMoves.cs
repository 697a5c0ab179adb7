using System.Text.Json;
using Contracts.Generation;
using Npgsql;
using NpgsqlTypes;
using PipelineService.Expansion;
using PipelineService.Pipelines;
using PipelineService.Reuse;
using Providers.Catalog;
using ServiceDefaults;

namespace PipelineService.Orchestration;

/// <summary>Failed items (or those a failed step had cancelled) become queued again, as a new attempt: at today's price, and with what a person changed.</summary>
internal static class RetryMoves
{
    private const int Page = 1000;

    private const string Queued =
        """
        status = 'queued', attempt = i.attempt + 1, failures = 0, crashes = 0, cancel_requested = false, due_at = null, lease_until = null,
        dispatched_at = null, started_at = null, finished_at = null, error_code = null, error_message = null, error_retryable = null
        """;

    public static async Task RequeueAsync(RunTransaction run, RunPlan plan, RunEffect.Requeue requeue, ModelCatalog catalog, CancellationToken cancellationToken)
    {
        var changed = requeue.StepIds.Where(step => requeue.Terms?.Changes.ContainsKey(step) == true).ToArray();
        await AsTheyAreAsync(run, plan, requeue, [.. requeue.StepIds.Except(changed)], cancellationToken);
        foreach (var step in changed)
        {
            await ChangedAsync(run, plan, requeue, run.Step(step), requeue.Terms!.Changes[step], catalog, cancellationToken);
        }
    }

    /// <summary>All at once, counted by the database. Where the price has changed, what was quoted before stays known for results that come late.</summary>
    private static async Task AsTheyAreAsync(RunTransaction run, RunPlan plan, RunEffect.Requeue requeue, long[] steps, CancellationToken cancellationToken)
    {
        if (steps.Length == 0)
        {
            return;
        }

        var prices = requeue.Terms?.Prices ?? [];
        await using var command = run.Ledger.Command(
            $"""
            with price as (select * from unnest($6, $7, $8, $9) as p (step_id, resolved, unit_price, served_by)),
            hit as (
                select i.id, i.quoted_cost, coalesce(i.units * p.unit_price, i.quoted_cost) as quote from pipeline.items i
                left join price p on p.step_id = i.step_id and p.resolved::jsonb is not distinct from i.resolved and p.served_by is not distinct from i.served_by
                where i.tenant_id = $1 and i.step_id = any($2) and {Chosen(requeue, "$3", "$5")}
                order by i.id for update of i),
            moved as (
                update pipeline.items i
                set {Queued}, queued_at = $4, quoted_cost = hit.quote,
                    earlier = case when hit.quote = hit.quoted_cost then i.earlier else coalesce(i.earlier, '[]') || jsonb_build_object(
                        'until_attempt', i.attempt, 'input', i.input, 'resolved', i.resolved, 'served_by', i.served_by, 'quoted_cost', i.quoted_cost) end
                from hit where i.id = hit.id
                returning i.step_id, i.units, i.cascade, i.quoted_cost - hit.quoted_cost as dearer)
            select step_id, count(*)::int, sum(units)::int, coalesce(sum(units) filter (where "cascade"), 0)::int, sum(dearer) from moved group by step_id order by step_id
            """,
            run.Pipeline.TenantId, steps, Ids(requeue), run.Now, Reasons(requeue),
            ItemUpdate.Column(prices, price => price.StepId, NpgsqlDbType.Bigint),
            ItemUpdate.Column(prices, price => price.Resolved, NpgsqlDbType.Text),
            ItemUpdate.Column(prices, price => price.UnitPrice, NpgsqlDbType.Numeric),
            ItemUpdate.Column(prices, price => price.ServedBy, NpgsqlDbType.Text));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            Count(run, plan, requeue, run.Step(reader.GetInt64(0)), reader.GetInt32(1), reader.GetInt32(2), reader.GetInt32(3), reader.GetDecimal(4));
        }
    }

    /// <summary>In pages, because every input is made anew.</summary>
    private static async Task ChangedAsync(
        RunTransaction run, RunPlan plan, RunEffect.Requeue requeue, Step step, ItemChange change, ModelCatalog catalog, CancellationToken cancellationToken)
    {
        var prices = requeue.Terms!.Prices.Where(price => price.StepId == step.Id).ToDictionary(price => (price.Resolved, price.ServedBy), price => price.UnitPrice);
        var after = 0L;
        List<FailedItem> items;
        do
        {
            items = await ReadAsync(run, requeue, step, after, cancellationToken);
            if (items.Count == 0)
            {
                return;
            }

            after = items[^1].Id;
            await WriteAsync(run, [.. items.Select(item => New(run, step, item, change, prices, catalog))], cancellationToken);
            Count(
                run, plan, requeue, step, items.Count, items.Sum(item => item.Units), items.Where(item => item.Cascade).Sum(item => item.Units),
                items.Sum(item => Quote(item, prices) - item.QuotedCost));
        }
        while (items.Count == Page);
    }

    private static async Task<List<FailedItem>> ReadAsync(RunTransaction run, RunEffect.Requeue requeue, Step step, long after, CancellationToken cancellationToken)
    {
        await using var command = run.Ledger.Command(
            $"""
            select i.id, i.ordinal, i.attempt, i.units, i.cascade, i.quoted_cost, i.input, i.resolved::text, i.served_by, i.earlier, a.sha256
            from pipeline.items i left join pipeline.assets a on a.id = i.source_asset_id and a.tenant_id = i.tenant_id
            where i.tenant_id = $1 and i.step_id = $2 and {Chosen(requeue, "$3", "$4")} and i.id > $5
            order by i.id limit $6 for update of i
            """,
            run.Pipeline.TenantId, step.Id, Ids(requeue), Reasons(requeue), after, Page);
        var items = new List<FailedItem>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            items.Add(new FailedItem(
                reader.GetInt64(0), reader.GetInt64(1), reader.GetInt32(2), reader.GetInt32(3), reader.GetBoolean(4), reader.GetDecimal(5),
                Read<ItemInput>(reader.GetString(6)), Text(reader, 7), Text(reader, 8), Text(reader, 9) is { } earlier ? Read<List<EarlierTerms>>(earlier) : [], Text(reader, 10)));
        }

        return items;
    }

    private static ChangedItem New(
        RunTransaction run, Step step, FailedItem item, ItemChange change, Dictionary<(string? Resolved, string? ServedBy), decimal> prices, ModelCatalog catalog)
    {
        var before = item.Resolved is { } own ? Read<GenerationParameters>(own) : null;
        var resolved = change.Resolved ?? before;
        var input = change.Of(item.Input, (resolved ?? step.Resolved) is { } parameters ? catalog.Find(parameters.Model)?.Capabilities.PromptMaxChars : null);
        return new ChangedItem(
            item.Id, Write(input), resolved is null ? null : Write(resolved), change.Resolved is null ? item.ServedBy : change.Provider, Quote(item, prices),
            Write<IReadOnlyList<EarlierTerms>>([.. item.Earlier, new EarlierTerms(item.Attempt, item.Input, before, item.ServedBy, item.QuotedCost)]),
            (resolved ?? step.Resolved) is { } asked && item.Sha256 is { } source
                ? new ReuseKey(asked).Of(input, source, ReuseKey.SeedAsked(input, run.Pipeline.Id, step.StepOrder, item.Ordinal))
                : null);
    }

    private static async Task WriteAsync(RunTransaction run, IReadOnlyList<ChangedItem> items, CancellationToken cancellationToken) => await run.Ledger.ExecuteAsync(
        $"""
        update pipeline.items i
        set {Queued}, queued_at = $1, input = c.input, resolved = c.resolved, served_by = c.served_by, quoted_cost = c.quoted_cost, earlier = c.earlier, reuse_key = c.reuse_key
        from unnest($2, $3, $4, $5, $6, $7, $8) as c (id, input, resolved, served_by, quoted_cost, earlier, reuse_key) where i.id = c.id
        """,
        cancellationToken,
        run.Now,
        ItemUpdate.Column(items, item => item.Id, NpgsqlDbType.Bigint),
        ItemUpdate.Column(items, item => item.Input, NpgsqlDbType.Jsonb),
        ItemUpdate.Column(items, item => item.Resolved, NpgsqlDbType.Jsonb),
        ItemUpdate.Column(items, item => item.ServedBy, NpgsqlDbType.Text),
        ItemUpdate.Column(items, item => item.QuotedCost, NpgsqlDbType.Numeric),
        ItemUpdate.Column(items, item => item.Earlier, NpgsqlDbType.Jsonb),
        ItemUpdate.Column(items, item => item.ReuseKey, NpgsqlDbType.Bytea));

    /// <param name="following">Units that lead to follow-up items.</param>
    /// <param name="dearer">US dollars more than quoted before.</param>
    private static void Count(RunTransaction run, RunPlan plan, RunEffect.Requeue requeue, Step step, int items, int units, int following, decimal dearer)
    {
        step.Open += items;
        step.CostEstimate += dearer;
        run.Pipeline.CostEstimate += dearer;
        if (requeue.AlsoCancelled)
        {
            step.Cancelled -= units;
        }
        else
        {
            step.Failed -= units;
            Downstream.Change(run.Steps, plan, step, following);
        }

        run.Queue(step, queued: items, inFlight: 0);
    }

    private static decimal Quote(FailedItem item, Dictionary<(string? Resolved, string? ServedBy), decimal> prices) =>
        prices.TryGetValue((item.Resolved, item.ServedBy), out var price) ? item.Units * price : item.QuotedCost;

    /// <summary>Which of a step's items; the word stands in the statement, so that the index of failed items serves it.</summary>
    private static string Chosen(RunEffect.Requeue requeue, string ids, string reasons) =>
        $"{(requeue.AlsoCancelled ? "i.status = 'cancelled'" : "i.has_failed")} and ({ids}::bigint[] is null or i.id = any({ids})) and ({reasons}::text[] is null or i.error_code = any({reasons}))";

    private static NpgsqlParameter Ids(RunEffect.Requeue requeue) =>
        new() { Value = requeue.ItemIds is { } ids ? ids.ToArray() : DBNull.Value, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint };

    private static NpgsqlParameter Reasons(RunEffect.Requeue requeue) =>
        new() { Value = requeue.Terms?.Reasons is { } codes ? codes.ToArray() : DBNull.Value, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };

    private static string? Text(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    private static T Read<T>(string json) => JsonSerializer.Deserialize<T>(json, PipelineJson.Options)!;

    private static string Write<T>(T value) => JsonSerializer.Serialize(value, PipelineJson.Options);

    private sealed record FailedItem(
        long Id, long Ordinal, int Attempt, int Units, bool Cascade, decimal QuotedCost, ItemInput Input, string? Resolved, string? ServedBy, IReadOnlyList<EarlierTerms> Earlier, string? Sha256);

    private sealed record ChangedItem(
        long Id, string Input, string? Resolved, string? ServedBy, decimal QuotedCost, string Earlier, byte[]? ReuseKey);
}
