using Contracts.Generation;
using Npgsql;
using NpgsqlTypes;
using PipelineService.Expansion;
using PipelineService.Orchestration;
using PipelineService.Pipelines;
using Providers;
using PipelineService.Storage;

namespace PipelineService.Reuse;

/// <summary>What a run would take over instead of making it.</summary>
/// <param name="AtLeast">Items whose result is there already, as far as their inputs are known before the run: what an enhancer will write is not.</param>
/// <param name="Saves">US dollars less than the estimate, which is the most it will cost.</param>
public sealed record ReuseQuote(long AtLeast, decimal Saves, string SavesDisplay);

/// <summary>Who makes a step, and for how much.</summary>
internal readonly record struct StepPrice(string? Provider, decimal UnitPrice);

/// <summary>
/// Counts what a run would reuse: goes through the expansion in pages, from the inputs on through results that are there already. Reads only.
/// </summary>
internal sealed class ReuseForecast(PipelineDbContext db, NpgsqlDataSource database)
{
    private const int Page = 1000;

    /// <param name="images">Assets of the inputs; null for addresses that have not been fetched.</param>
    /// <param name="price">By step type.</param>
    public async Task<ReuseQuote> OfAsync(
        long tenantId, RunPlan plan, IReadOnlyList<long?> images, Func<string, StepPrice> price, CancellationToken cancellationToken)
    {
        var hashes = await AssetHashes.OfAsync(db, tenantId, images.OfType<long>(), cancellationToken);
        var found = new Dictionary<StepPlan, long>(ReferenceEqualityComparer.Instance);
        if (plan.Steps.FirstOrDefault(step => !step.Skip) is { Parameters: not null } first)
        {
            var items = ItemExpansion.FromInputs(plan, first, 0).Select(item => new Known(item, Hash(item.Image)));
            await LookAsync(first, items);
        }

        var saves = Money.Plain(found.Sum(pair => pair.Value * price(pair.Key.StepType).UnitPrice));
        return new ReuseQuote(found.Values.Sum(), saves, Money.Display(saves));

        string? Hash(int? image) => image is { } index && images[index] is { } asset ? hashes.GetValueOrDefault(asset) : null;

        async Task LookAsync(StepPlan step, IEnumerable<Known> items)
        {
            var keys = new ReuseKey(step.Parameters!);
            var simulated = price(step.StepType).Provider is { } provider && ProviderNames.IsSimulated(provider);
            foreach (var page in items.Where(item => item.Sha256 is not null).Chunk(Page))
            {
                var asked = page.Select(item => (Item: item, Key: keys.Of(item.Item.Input, item.Sha256!, ReuseKey.SeedAsked(item.Item.Input, 0, step.Order, item.Item.Ordinal)))).ToList();
                var stored = await StoredAsync(tenantId, [.. asked.Select(one => one.Key)], simulated, cancellationToken);
                var hits = asked.Select(one => (one.Item, Sha256: stored.GetValueOrDefault(Convert.ToHexString(one.Key)))).Where(hit => hit.Sha256 is not null).ToList();
                found[step] = found.GetValueOrDefault(step) + hits.Count;
                if (hits.Count > 0 && plan.After(step) is { Parameters: not null } next)
                {
                    await LookAsync(next, hits.SelectMany(hit => ItemExpansion.FromOutput(plan, next, Output(hit.Item.Item), 0).Select(item => new Known(item, hit.Sha256))));
                }
            }
        }
    }

    // A generator's items yield one picture each, at the item's own place.
    private static ParentOutput Output(NewItem item) => new(0, "image", item.Ordinal, item.Input.Prompt, item.Input.ImageIndex, item.Input.PromptIndex);

    /// <summary>Content hash of the stored result, by key.</summary>
    private async Task<Dictionary<string, string>> StoredAsync(long tenantId, List<byte[]> keys, bool simulated, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            $"""
            select a.key, s.sha256 from (select distinct key, $3::boolean as simulated from unnest($2) as k (key)) a
            cross join lateral (select f.sha256 from {StoredResults.OfKey} order by o.simulated, o.id desc limit 1) s
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = tenantId });
        command.Parameters.Add(ItemUpdate.Column(keys, key => key, NpgsqlDbType.Bytea));
        command.Parameters.Add(new NpgsqlParameter { Value = simulated });
        var stored = new Dictionary<string, string>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            stored[Convert.ToHexString(reader.GetFieldValue<byte[]>(0))] = reader.GetString(1);
        }

        return stored;
    }

    private readonly record struct Known(NewItem Item, string? Sha256);
}
