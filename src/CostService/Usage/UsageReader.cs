using Npgsql;

namespace CostService.Usage;

/// <summary>Sums up the ledger.</summary>
internal sealed class UsageReader(NpgsqlDataSource database)
{
    public async Task<UsageReport> ReadAsync(long tenantId, UsageQuery query, int maxRows, CancellationToken cancellationToken)
    {
        var key = query.GroupBy switch
        {
            UsageGroup.Day => "to_char(at at time zone 'utc', 'YYYY-MM-DD')",
            UsageGroup.Model => "coalesce(model, step_type)",
            // What the prompt box spends is of no pipeline.
            UsageGroup.Pipeline => "case when pipeline_id = 0 then 'prompts' else pipeline_id::text end",
            UsageGroup.Provider => "provider",
            _ => throw new ArgumentOutOfRangeException(nameof(query)),
        };
        var order = query.GroupBy == UsageGroup.Day ? "1" : "3 desc, 5 desc, 1";
        await using var command = database.CreateCommand($"""
            select {key},
                coalesce(sum(units) filter (where not simulated), 0), trim_scale(coalesce(sum(amount) filter (where not simulated), 0)),
                coalesce(sum(units) filter (where simulated), 0), trim_scale(coalesce(sum(amount) filter (where simulated), 0))
            from ledger where tenant_id = $1 and at >= $2 and at < $3 and (units > 0 or amount > 0)
            group by rollup ({key}) order by grouping({key}) desc, {order} limit $4
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = tenantId });
        command.Parameters.Add(new NpgsqlParameter { Value = query.From });
        command.Parameters.Add(new NpgsqlParameter { Value = query.To });
        command.Parameters.Add(new NpgsqlParameter { Value = maxRows + 1 });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);

        // The row without a key sums up all, those beyond the limit included.
        await reader.ReadAsync(cancellationToken);
        var total = new UsageTotal(reader.GetInt64(1), reader.GetDecimal(2), reader.GetInt64(3), reader.GetDecimal(4));
        var rows = new List<UsageRow>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(new UsageRow(reader.GetString(0), reader.GetInt64(1), reader.GetDecimal(2), reader.GetInt64(3), reader.GetDecimal(4)));
        }

        return new UsageReport(query.From, query.To, query.GroupBy, "USD", total, rows, null);
    }
}
