using Contracts.Costs;
using CostService.Budgets;
using CostService.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;
using ServiceDefaults.Storage;
using Testing;
using Xunit;

namespace CostService.Tests.Budgets;

/// <summary>The schema on a real PostgreSQL. Each test takes ids of its own, so that tests do not meet.</summary>
public sealed class LedgerFixture : IAsyncLifetime
{
    private readonly TestDatabase _database = TestDatabase.Fresh();
    private long _lastId;

    internal NpgsqlDataSource Source { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        var address = new DatabaseAddress(_database.ConnectionString, CostDbContext.Schema, poolSize: 16);
        await new DatabaseMigrator<CostDbContext>(address, TimeProvider.System, NullLogger<DatabaseMigrator<CostDbContext>>.Instance).MigrateAsync(CancellationToken.None);
        Source = new NpgsqlDataSourceBuilder(address.AsService).Build();
    }

    public async Task DisposeAsync()
    {
        await Source.DisposeAsync();
        await _database.DisposeAsync();
    }

    internal Books NewBooks(decimal? tenantMonthly = null) => new(Source, Interlocked.Add(ref _lastId, 1_000_000), tenantMonthly);
}

/// <summary>One tenant with one pipeline, and the clock of its ledger.</summary>
internal sealed class Books
{
    private readonly NpgsqlDataSource _source;

    public Books(NpgsqlDataSource source, long firstId, decimal? tenantMonthly)
    {
        (_source, Tenant, Pipeline) = (source, firstId, firstId + 1);
        var options = Options.Create(new BudgetOptions { TenantMonthlyUsd = tenantMonthly, HoldTtl = TimeSpan.FromHours(1) });
        Ledger = new Ledger(source, options, Clock);
        Settlements = new Settlements(source, Clock, NullLogger<Settlements>.Instance);
    }

    public SettableClock Clock { get; } = new(new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero));

    public long Tenant { get; }

    public long Pipeline { get; }

    public Ledger Ledger { get; }

    public Settlements Settlements { get; }

    public Task<Grant> ReserveAsync(decimal? cap, decimal each, IEnumerable<long> items, int attempt = 1, bool simulated = false, long? pipeline = null) =>
        Ledger.ReserveAsync(
            new Reservation(Tenant, pipeline ?? Pipeline, cap, simulated, [.. items.Select(item => new HoldRequest(new Attempt(Tenant + item, attempt), each))]),
            CancellationToken.None);

    public Task ReleaseAsync(params long[] items) =>
        Ledger.ReleaseAsync(Tenant, Pipeline, [.. items.Select(item => new Attempt(Tenant + item, 1))], CancellationToken.None);

    public Task SettleAsync(params ItemSettlement[] settlements) => Settlements.SettleAsync(settlements, CancellationToken.None);

    public ItemSettlement Settlement(long item, decimal amount, decimal quoted = 1, int attempt = 1, bool simulated = false, int? units = null) => new(
        Tenant, Pipeline, Pipeline + 1, Tenant + item, attempt, "i2v", "kling", simulated ? "local" : "fal", units ?? (amount > 0 ? 1 : 0), amount, quoted, simulated, Clock.GetUtcNow());

    public Task<(decimal Held, decimal Spent)> SpendAsync() => Ledger.SpendAsync(Tenant, Pipeline, CancellationToken.None);

    public Task<MonthlyBudget> MonthAsync() => Ledger.MonthAsync(Tenant, CancellationToken.None);

    public Task<(decimal Held, decimal Spent)> TenantAsync() => PairAsync("select held, spent from tenant_budgets where tenant_id = $1");

    /// <summary>What held and spent have to be: the sums of the rows they stand for.</summary>
    public Task<(decimal Held, decimal Spent)> SumsAsync() => PairAsync(
        "select (select coalesce(sum(amount), 0) from holds where tenant_id = $1), (select coalesce(sum(amount), 0) from ledger where tenant_id = $1)");

    public async Task<List<(int Attempt, decimal Amount, bool AboveQuote)>> EntriesAsync(long item)
    {
        await using var command = _source.CreateCommand("select attempt, amount, above_quote from ledger where tenant_id = $1 and item_id = $2 order by attempt");
        command.Parameters.Add(new NpgsqlParameter { Value = Tenant });
        command.Parameters.Add(new NpgsqlParameter { Value = Tenant + item });
        await using var reader = await command.ExecuteReaderAsync();
        var entries = new List<(int, decimal, bool)>();
        while (await reader.ReadAsync())
        {
            entries.Add((reader.GetInt32(0), reader.GetDecimal(1), reader.GetBoolean(2)));
        }

        return entries;
    }

    public IEnumerable<long> Items(Grant grant) => grant.Granted.Select(attempt => attempt.ItemId - Tenant);

    private async Task<(decimal, decimal)> PairAsync(string sql)
    {
        await using var command = _source.CreateCommand(sql);
        command.Parameters.Add(new NpgsqlParameter { Value = Tenant });
        await using var reader = await command.ExecuteReaderAsync();
        return await reader.ReadAsync() ? (reader.GetDecimal(0), reader.GetDecimal(1)) : (0, 0);
    }
}

internal sealed class SettableClock(DateTimeOffset now) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = now;

    public override DateTimeOffset GetUtcNow() => Now;
}
