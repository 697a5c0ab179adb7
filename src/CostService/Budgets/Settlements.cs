using Contracts.Costs;
using CostService.Prices;
using Npgsql;
using Providers.Catalog;

namespace CostService.Budgets;

/// <summary>Books what ended attempts cost, once each, and frees what was held for them: one transaction for the whole batch.</summary>
internal sealed class Settlements(NpgsqlDataSource database, TimeProvider time, ILogger<Settlements> logger)
{
    public async Task SettleAsync(IReadOnlyList<ItemSettlement> settlements, CancellationToken cancellationToken)
    {
        var items = Distinct(settlements);
        if (items.Count == 0)
        {
            return;
        }

        // The tenants of simulated items too: a hold may have been real where its result came from the demo renderer.
        List<(long Tenant, long Pipeline)> pipelines = [.. items.Select(item => (item.TenantId, item.PipelineId)).Distinct()];
        List<long> tenants = [.. items.Select(item => item.TenantId).Distinct()];
        while (true)
        {
            var month = Ledger.Month(time.GetUtcNow());
            if (await TrySettleAsync(items, pipelines, tenants, month, cancellationToken))
            {
                return;
            }

            await BudgetRows.PrepareAsync(database, pipelines, tenants, month, cancellationToken);
        }
    }

    /// <returns>False, and nothing done, when a budget has no row yet or is of an earlier month.</returns>
    private async Task<bool> TrySettleAsync(
        List<ItemSettlement> items, List<(long Tenant, long Pipeline)> pipelines, List<long> tenants, DateOnly month, CancellationToken cancellationToken)
    {
        await using var batch = database.CreateBatch();
        batch.Lock(pipelines, tenants);
        batch.Add(LedgerSql.Settle,
        [
            .. Columns(items), new DateTimeOffset(month, TimeOnly.MinValue, TimeSpan.Zero),
            tenants.ToArray(), month,
        ]);
        var above = new List<(long Tenant, long Item, int Attempt, decimal Amount, decimal Quoted)>();
        var ready = false;
        await using (var reader = await batch.ExecuteReaderAsync(cancellationToken))
        {
            await reader.NextResultAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                ready = reader.GetBoolean(0);
                if (!reader.IsDBNull(1))
                {
                    above.Add((reader.GetInt64(1), reader.GetInt64(2), reader.GetInt32(3), reader.GetDecimal(4), reader.GetDecimal(5)));
                }
            }
        }

        above.ForEach(item => logger.AboveQuote(item.Tenant, item.Item, item.Attempt, item.Amount, item.Quoted));
        return ready;
    }

    /// <summary>One of each attempt, the dearest: a statement cannot touch a row twice.</summary>
    private static List<ItemSettlement> Distinct(IReadOnlyList<ItemSettlement> settlements) =>
    [
        .. settlements.GroupBy(item => (item.TenantId, item.ItemId, item.Attempt))
            .Select(same => same.MaxBy(item => item.Amount)!)
            .OrderBy(item => item.TenantId).ThenBy(item => item.ItemId).ThenBy(item => item.Attempt),
    ];

    private static object[] Columns(List<ItemSettlement> items) =>
    [
        items.Select(item => item.TenantId).ToArray(),
        items.Select(item => item.PipelineId).ToArray(),
        items.Select(item => item.StepId).ToArray(),
        items.Select(item => item.ItemId).ToArray(),
        items.Select(item => item.Attempt).ToArray(),
        items.Select(item => item.StepType).ToArray(),
        items.Select(item => item.Model).ToArray(),
        items.Select(item => item.Provider).ToArray(),
        items.Select(item => item.Units).ToArray(),
        items.Select(item => CostFormula.Round(item.Amount)).ToArray(),
        items.Select(item => CostFormula.Round(item.Quoted)).ToArray(),
        items.Select(item => item.Simulated).ToArray(),
        items.Select(item => item.At.ToUniversalTime()).ToArray(),
    ];
}
