using Contracts.Costs;
using CostService.Prices;
using Npgsql;

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

        var month = Ledger.Month(time.GetUtcNow());
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection);

        // The tenants of simulated items too: a hold may have been real where its result came from the demo renderer.
        batch.Lock([.. items.Select(item => (item.TenantId, item.PipelineId)).Distinct()], [.. items.Select(item => item.TenantId).Distinct()], month);
        batch.Add(LedgerSql.Settle, [.. Columns(items), new DateTimeOffset(month, TimeOnly.MinValue, TimeSpan.Zero)]);
        await using (var reader = await batch.ExecuteReaderAsync(cancellationToken))
        {
            await reader.NextResultAsync(cancellationToken);
            await reader.NextResultAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                logger.AboveQuote(reader.GetInt64(0), reader.GetInt64(1), reader.GetInt32(2), reader.GetDecimal(3), reader.GetDecimal(4));
            }
        }

        await transaction.CommitAsync(cancellationToken);
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
