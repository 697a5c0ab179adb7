using Npgsql;
using NpgsqlTypes;

namespace CostService.Budgets;

/// <summary>
/// Takes the row locks that order money: pipelines first, then tenants, each by id, so that no two transactions wait for each other. Under
/// them held, spent, holds and ledger change together.
/// </summary>
internal static class BudgetRows
{
    /// <summary>Makes missing rows, turns tenants over to <paramref name="month"/>, and locks. The first result has the pipelines (held, spent), the second the tenants.</summary>
    /// <param name="pipelines">Tenant and pipeline ids.</param>
    /// <param name="tenants">Those whose own budget is touched.</param>
    public static void Lock(this NpgsqlBatch batch, IReadOnlyCollection<(long Tenant, long Pipeline)> pipelines, IReadOnlyCollection<long> tenants, DateOnly month)
    {
        long[] owners = [.. pipelines.Select(pipeline => pipeline.Tenant)];
        long[] ids = [.. pipelines.Select(pipeline => pipeline.Pipeline)];
        long[] ofTenants = [.. tenants];
        batch.Add(
            """
            insert into pipeline_budgets (tenant_id, pipeline_id, held, spent)
            select t, p, 0, 0 from unnest($1, $2) as asked (t, p) order by t, p on conflict do nothing
            """,
            owners, ids);
        batch.Add(
            """
            select b.held, b.spent from pipeline_budgets b join unnest($1, $2) as asked (t, p) on b.tenant_id = t and b.pipeline_id = p
            order by b.tenant_id, b.pipeline_id for update of b
            """,
            owners, ids);
        batch.Add(
            """
            insert into tenant_budgets (tenant_id, month, held, spent)
            select t, $2, 0, 0 from unnest($1) as asked (t) order by t on conflict do nothing
            """,
            ofTenants, month);
        batch.Add(
            """
            select b.held, case when b.month = $2 then b.spent else 0 end from tenant_budgets b join unnest($1) as asked (t) on b.tenant_id = t
            order by b.tenant_id for update of b
            """,
            ofTenants, month);
        batch.Add("update tenant_budgets set month = $2, spent = 0 where tenant_id = any($1) and month < $2", ofTenants, month);
    }

    public static void Add(this NpgsqlBatch batch, string sql, params object[] parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in parameters)
        {
            command.Parameters.Add(value switch
            {
                string?[] texts => new NpgsqlParameter { Value = texts, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text },
                _ => new NpgsqlParameter { Value = value },
            });
        }

        batch.BatchCommands.Add(command);
    }
}
