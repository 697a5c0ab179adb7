using System.Text.Json;
using Contracts.Generation;
using NpgsqlTypes;
using PipelineService.Expansion;
using PipelineService.Pipelines;
using PipelineService.Pipelines.Drafts;
using PipelineService.Progress;
using PipelineService.Reuse;
using Providers.Catalog;
using ServiceDefaults;

namespace PipelineService.Orchestration;

/// <summary>New items beside finished ones, at their places and with what a person changed: one for each item, however many of its outputs were named.</summary>
internal static class RedoMoves
{
    private const int Page = 1000;

    public static async Task RedoAsync(RunTransaction run, RunPlan plan, RunEffect.Redo redo, ModelCatalog catalog, CancellationToken cancellationToken)
    {
        var step = run.Step(redo.StepId);
        var prices = redo.Terms.Prices.ToDictionary(price => (price.Resolved, price.ServedBy), price => price.UnitPrice);
        var change = redo.Terms.Changes.GetValueOrDefault(step.Id) ?? new ItemChange(null, null, null, null, null);
        var ids = redo.OutputIds.ToArray();
        var after = 0L;
        List<MadeItem> items;
        do
        {
            items = await ReadAsync(run, step, ids, after, cancellationToken);
            if (items.Count == 0)
            {
                break;
            }

            after = items[^1].Id;
            List<NewRow> rows = [.. items.Select(item => New(run, step, item, change, prices, catalog))];
            await WriteAsync(run, step, rows, cancellationToken);
            step.Open += rows.Count;
            run.Queue(step, queued: rows.Count, inFlight: 0);
            var units = items.Sum(item => item.Units);
            Downstream.Add(run.Pipeline, run.Steps, plan, step, units, cascade: true);

            // Counted at the step's price just now; they may have another.
            var dearer = rows.Sum(row => row.QuotedCost) - (units * step.UnitPrice);
            step.CostEstimate += dearer;
            run.Pipeline.CostEstimate += dearer;
        }
        while (items.Count == Page);

        // Others hear of it, so that nobody who has not heard makes the same anew once more.
        step.Version++;
        run.Add(ProgressEvents.ReviewChanged(step.TenantId, step.PipelineId, step.Id, step.Version));
        await run.Ledger.ExecuteAsync(
            "update pipeline.outputs set redone = true, review_version = $4 where tenant_id = $1 and step_id = $2 and id = any($3)",
            cancellationToken, step.TenantId, step.Id, ids, step.Version);
    }

    private static async Task<List<MadeItem>> ReadAsync(RunTransaction run, Step step, long[] outputs, long after, CancellationToken cancellationToken)
    {
        await using var command = run.Ledger.Command(
            """
            select i.id, i.units, i.quoted_cost, i.input, i.resolved::text, i.served_by, a.sha256
            from pipeline.items i left join pipeline.assets a on a.id = i.source_asset_id and a.tenant_id = i.tenant_id
            where i.tenant_id = $1 and i.step_id = $2 and i.id > $4
                and i.id in (select o.item_id from pipeline.outputs o where o.tenant_id = $1 and o.step_id = $2 and o.id = any($3))
            order by i.id limit $5
            """,
            step.TenantId, step.Id, outputs, after, Page);
        var items = new List<MadeItem>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            items.Add(new MadeItem(
                reader.GetInt64(0), reader.GetInt32(1), reader.GetDecimal(2), Read<ItemInput>(reader.GetString(3)), reader.IsDBNull(4) ? null : reader.GetString(4),
                reader.IsDBNull(5) ? null : reader.GetString(5), reader.IsDBNull(6) ? null : reader.GetString(6)));
        }

        return items;
    }

    private static NewRow New(
        RunTransaction run, Step step, MadeItem item, ItemChange change, Dictionary<(string? Resolved, string? ServedBy), decimal> prices, ModelCatalog catalog)
    {
        var resolved = change.Resolved ?? (item.Resolved is { } own ? Read<GenerationParameters>(own) : null);
        var asked = resolved ?? step.Resolved;
        var input = change.Of(item.Input, asked is null ? null : catalog.Find(asked.Model)?.Capabilities.PromptMaxChars);
        if (change.Seed is null)
        {
            input = input with { Seed = Random.Shared.NextInt64(StepChecks.MaxSeed) };
        }

        return new NewRow(
            item.Id, Write(input), resolved is null ? null : Write(resolved), change.Resolved is null ? item.ServedBy : change.Provider,
            prices.TryGetValue((item.Resolved, item.ServedBy), out var price) ? item.Units * price : item.QuotedCost,
            asked is not null && item.Sha256 is { } source ? new ReuseKey(asked).Of(input, source, seedAsked: true) : null);
    }

    private static async Task WriteAsync(RunTransaction run, Step step, IReadOnlyList<NewRow> rows, CancellationToken cancellationToken) => await run.Ledger.ExecuteAsync(
        """
        insert into pipeline.items (tenant_id, pipeline_id, step_id, ordinal, parent_output_id, lane, status, attempt, failures, crashes, priority, input,
            source_asset_id, cascade, units, quoted_cost, actual_cost, cancel_requested, simulated, queued_at, resolved, served_by, reuse_key)
        select i.tenant_id, i.pipeline_id, i.step_id, i.ordinal, i.parent_output_id, i.lane, 'queued', 1, 0, 0, i.priority, c.input,
            i.source_asset_id, true, i.units, c.quoted_cost, 0, false, false, $3, c.resolved, c.served_by, c.reuse_key
        from unnest($4, $5, $6, $7, $8, $9) as c (id, input, resolved, served_by, quoted_cost, reuse_key)
        join pipeline.items i on i.id = c.id
        where i.tenant_id = $1 and i.step_id = $2
        """,
        cancellationToken, step.TenantId, step.Id, run.Now,
        ItemUpdate.Column(rows, row => row.Source, NpgsqlDbType.Bigint),
        ItemUpdate.Column(rows, row => row.Input, NpgsqlDbType.Jsonb),
        ItemUpdate.Column(rows, row => row.Resolved, NpgsqlDbType.Jsonb),
        ItemUpdate.Column(rows, row => row.ServedBy, NpgsqlDbType.Text),
        ItemUpdate.Column(rows, row => row.QuotedCost, NpgsqlDbType.Numeric),
        ItemUpdate.Column(rows, row => row.ReuseKey, NpgsqlDbType.Bytea));

    private static T Read<T>(string json) => JsonSerializer.Deserialize<T>(json, PipelineJson.Options)!;

    private static string Write<T>(T value) => JsonSerializer.Serialize(value, PipelineJson.Options);

    private sealed record MadeItem(long Id, int Units, decimal QuotedCost, ItemInput Input, string? Resolved, string? ServedBy, string? Sha256);

    private sealed record NewRow(long Source, string Input, string? Resolved, string? ServedBy, decimal QuotedCost, byte[]? ReuseKey);
}
