using Npgsql;
using NpgsqlTypes;

namespace CostService.Budgets;

/// <summary>
/// Takes the row locks that order money: pipelines first, then tenants, each by id, so that no two transactions wait for each other. Under
/// them held, spent, holds and ledger change together.
/// </summary>
internal static class BudgetRows
{
    /// <summary>Whether the last <see cref="Lock"/> of the transaction found all rows; a condition for the statements behind it.</summary>
    public const string AllLocked = "current_setting('cost.all_locked')::boolean";

    /// <summary>
    /// Locks the rows that are there and notes whether these are all (<see cref="AllLocked"/>); one result, to be passed over. A statement of its own, so that
    /// what comes behind it in the batch sees all that was committed before the locks were had.
    /// </summary>
    /// <param name="pipelines">Tenant and pipeline ids.</param>
    /// <param name="tenants">Those whose own budget is touched.</param>
    public static void Lock(this NpgsqlBatch batch, IReadOnlyCollection<(long Tenant, long Pipeline)> pipelines, IReadOnlyCollection<long> tenants) => batch.Add(
        """
        select set_config('cost.all_locked', (count(*) = cardinality($1) + cardinality($3))::text, true) from (
            select 1 from (
                select 1 from pipeline_budgets b join unnest($1, $2) as asked (t, p) on b.tenant_id = t and b.pipeline_id = p
                order by b.tenant_id, b.pipeline_id for update of b) as pipelines
            union all
            select 1 from (
                select 1 from tenant_budgets b join unnest($3) as asked (t) on b.tenant_id = t
                order by b.tenant_id for update of b) as tenants) as locked
        """,
        Tenants(pipelines), Pipelines(pipelines), tenants.ToArray());

    /// <summary>Makes missing rows and turns tenants over to <paramref name="month"/>. In a batch of its own: it locks in an order of its own.</summary>
    public static async Task PrepareAsync(
        NpgsqlDataSource database, IReadOnlyCollection<(long Tenant, long Pipeline)> pipelines, IReadOnlyCollection<long> tenants, DateOnly month, CancellationToken cancellationToken)
    {
        await using var batch = database.CreateBatch();
        batch.Add(
            """
            insert into pipeline_budgets (tenant_id, pipeline_id, held, spent)
            select t, p, 0, 0 from unnest($1, $2) as asked (t, p) order by t, p on conflict do nothing
            """,
            Tenants(pipelines), Pipelines(pipelines));
        batch.Add(
            """
            insert into tenant_budgets (tenant_id, month, held, spent)
            select t, $2, 0, 0 from unnest($1) as asked (t) order by t on conflict do nothing
            """,
            tenants.ToArray(), month);
        batch.Add(
            """
            update tenant_budgets b set month = $2, spent = 0
            from (select tenant_id from tenant_budgets where tenant_id = any($1) and month < $2 order by tenant_id for update) as old
            where b.tenant_id = old.tenant_id and b.month < $2
            """,
            tenants.ToArray(), month);
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    public static long[] Tenants(IEnumerable<(long Tenant, long Pipeline)> pipelines) => [.. pipelines.Select(pipeline => pipeline.Tenant)];

    public static long[] Pipelines(IEnumerable<(long Tenant, long Pipeline)> pipelines) => [.. pipelines.Select(pipeline => pipeline.Pipeline)];

    public static void Add(this NpgsqlBatch batch, string sql, params object[] parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in parameters)
        {
            command.Parameters.Add(value switch
            {
                NpgsqlParameter parameter => parameter,
                string?[] texts => new NpgsqlParameter { Value = texts, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text },
                _ => new NpgsqlParameter { Value = value },
            });
        }

        batch.BatchCommands.Add(command);
    }
}
