using Microsoft.Extensions.Options;
using Npgsql;
using NpgsqlTypes;

namespace CostService.Budgets;

/// <summary>Moves money: hold, then settle or release, each once an attempt. Every move is one short transaction under the rows of <see cref="BudgetRows"/>.</summary>
internal sealed class Ledger(NpgsqlDataSource database, IOptions<BudgetOptions> options, TimeProvider time)
{
    private readonly BudgetOptions _options = options.Value;

    /// <summary>Holds as many as fit, from the front. What is held or paid already is granted again and held once.</summary>
    public async Task<Grant> ReserveAsync(Reservation asked, CancellationToken cancellationToken)
    {
        if (asked.Holds.Count == 0)
        {
            return new Grant([], null);
        }

        if (await HoldAllAsync(asked, cancellationToken))
        {
            return new Grant([.. asked.Holds.Select(hold => hold.Attempt)], null);
        }

        // Something is in the way: a row that is missing or of another month, or a cap that only some of them fit below.
        IReadOnlyList<(long, long)> pipelines = [(asked.TenantId, asked.PipelineId)];
        IReadOnlyList<long> tenants = asked.Simulated ? [] : [asked.TenantId];
        await BudgetRows.PrepareAsync(database, pipelines, tenants, Month(time.GetUtcNow()), cancellationToken);
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var state = await LookAsync(connection, asked, cancellationToken);
        List<HoldRequest> fresh = [.. asked.Holds.Where(hold => !state.Known.Contains(hold.Attempt))];
        var (count, sum, refusedBy) = BudgetDecision.Grant(
            [.. fresh.Select(hold => hold.Amount)],
            asked.Cap - state.PipelineUsed,
            asked.Simulated ? null : _options.TenantMonthlyUsd - state.TenantUsed);

        await HoldAsync(connection, asked, fresh.GetRange(0, count), sum, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        var granted = fresh.Take(count).Select(hold => hold.Attempt).ToHashSet();
        return new Grant([.. asked.Holds.Select(hold => hold.Attempt).Where(attempt => state.Known.Contains(attempt) || granted.Contains(attempt))], refusedBy);
    }

    /// <summary>Frees holds; what is not held (any more) is nothing to free.</summary>
    public Task ReleaseAsync(long tenantId, long pipelineId, IReadOnlyList<Attempt> attempts, CancellationToken cancellationToken) => attempts.Count == 0
        ? Task.CompletedTask
        : FreeAsync(tenantId, pipelineId, LedgerSql.ReleaseHolds, [Items(attempts), Numbers(attempts)], cancellationToken);

    /// <summary>Frees what was held past its time.</summary>
    /// <returns>How many holds.</returns>
    public async Task<int> ExpireAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var pipelines = new List<(long Tenant, long Pipeline)>();
        await using (var command = database.CreateCommand("select distinct tenant_id, pipeline_id from holds where expires_at <= $1"))
        {
            command.Parameters.Add(new NpgsqlParameter { Value = now });
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                pipelines.Add((reader.GetInt64(0), reader.GetInt64(1)));
            }
        }

        var freed = 0;
        foreach (var (tenant, pipeline) in pipelines)
        {
            freed += await FreeAsync(tenant, pipeline, LedgerSql.ExpireHolds, [now], cancellationToken);
        }

        return freed;
    }

    /// <summary>What a pipeline has held and spent; 0 for one that is not known.</summary>
    public async Task<(decimal Held, decimal Spent)> SpendAsync(long tenantId, long pipelineId, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("select held, spent from pipeline_budgets where tenant_id = $1 and pipeline_id = $2");
        command.Parameters.Add(new NpgsqlParameter { Value = tenantId });
        command.Parameters.Add(new NpgsqlParameter { Value = pipelineId });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? (reader.GetDecimal(0), reader.GetDecimal(1)) : (0, 0);
    }

    /// <summary>What a tenant has held, and spent in the current month (UTC); simulated money is in neither.</summary>
    public async Task<MonthlyBudget> MonthAsync(long tenantId, CancellationToken cancellationToken)
    {
        var month = Month(time.GetUtcNow());
        await using var command = database.CreateCommand("select trim_scale(held), trim_scale(case when month = $2 then spent else 0 end) from tenant_budgets where tenant_id = $1");
        command.Parameters.Add(new NpgsqlParameter { Value = tenantId });
        command.Parameters.Add(new NpgsqlParameter { Value = month });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var (held, spent) = await reader.ReadAsync(cancellationToken) ? (reader.GetDecimal(0), reader.GetDecimal(1)) : (0, 0);
        return MonthlyBudget.Of(month, _options.TenantMonthlyUsd, held, spent);
    }

    private async Task<bool> HoldAllAsync(Reservation asked, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        List<Attempt> attempts = [.. asked.Holds.Select(hold => hold.Attempt)];
        await using var batch = database.CreateBatch();
        batch.Lock([(asked.TenantId, asked.PipelineId)], asked.Simulated ? [] : [asked.TenantId]);
        batch.Add(
            LedgerSql.HoldAll,
            asked.TenantId, asked.PipelineId, asked.Simulated, now + _options.HoldTtl, Items(attempts), Numbers(attempts), asked.Holds.Select(hold => hold.Amount).ToArray(),
            Numeric(asked.Cap), Numeric(_options.TenantMonthlyUsd), Month(now));
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return reader.GetBoolean(0);
    }

    private async Task<(decimal PipelineUsed, decimal TenantUsed, HashSet<Attempt> Known)> LookAsync(
        NpgsqlConnection connection, Reservation asked, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.Lock([(asked.TenantId, asked.PipelineId)], asked.Simulated ? [] : [asked.TenantId]);
        List<Attempt> attempts = [.. asked.Holds.Select(hold => hold.Attempt)];
        batch.Add(
            """
            select b.held + b.spent, coalesce((select t.held + case when t.month = $3 then t.spent else 0 end from tenant_budgets t where t.tenant_id = $1), 0)
            from pipeline_budgets b where b.tenant_id = $1 and b.pipeline_id = $2
            """,
            asked.TenantId, asked.PipelineId, Month(time.GetUtcNow()));
        batch.Add(LedgerSql.KnownAttempts, asked.TenantId, Items(attempts), Numbers(attempts));
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        var (pipelineUsed, tenantUsed) = (reader.GetDecimal(0), reader.GetDecimal(1));
        await reader.NextResultAsync(cancellationToken);
        var known = new HashSet<Attempt>();
        while (await reader.ReadAsync(cancellationToken))
        {
            known.Add(new Attempt(reader.GetInt64(0), reader.GetInt32(1)));
        }

        return (pipelineUsed, tenantUsed, known);
    }

    private async Task HoldAsync(NpgsqlConnection connection, Reservation asked, List<HoldRequest> granted, decimal sum, CancellationToken cancellationToken)
    {
        if (granted.Count == 0)
        {
            return;
        }

        List<Attempt> attempts = [.. granted.Select(hold => hold.Attempt)];
        await using var batch = new NpgsqlBatch(connection);
        batch.Add("update pipeline_budgets set held = held + $3 where tenant_id = $1 and pipeline_id = $2", asked.TenantId, asked.PipelineId, sum);
        if (!asked.Simulated)
        {
            batch.Add("update tenant_budgets set held = held + $2 where tenant_id = $1", asked.TenantId, sum);
        }

        batch.Add(
            LedgerSql.AddHolds,
            asked.TenantId, asked.PipelineId, asked.Simulated, time.GetUtcNow() + _options.HoldTtl,
            Items(attempts), Numbers(attempts), granted.Select(hold => hold.Amount).ToArray());
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task<int> FreeAsync(long tenantId, long pipelineId, string sql, object[] parameters, CancellationToken cancellationToken)
    {
        await using var batch = database.CreateBatch();
        batch.Lock([(tenantId, pipelineId)], [tenantId]);
        batch.Add(sql, [tenantId, pipelineId, .. parameters]);
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return (int)reader.GetInt64(0);
    }

    private static NpgsqlParameter Numeric(decimal? value) => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Numeric };

    internal static DateOnly Month(DateTimeOffset at) => new(at.UtcDateTime.Year, at.UtcDateTime.Month, 1);

    private static long[] Items(IReadOnlyList<Attempt> attempts) => [.. attempts.Select(attempt => attempt.ItemId)];

    private static int[] Numbers(IReadOnlyList<Attempt> attempts) => [.. attempts.Select(attempt => attempt.Number)];
}
