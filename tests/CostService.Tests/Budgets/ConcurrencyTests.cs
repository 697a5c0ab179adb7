using CostService.Budgets;
using Xunit;

namespace CostService.Tests.Budgets;

/// <summary>Many connections at once: what may never happen is an overspend, a lost or a doubled amount.</summary>
public sealed class ConcurrencyTests(LedgerFixture fixture) : IClassFixture<LedgerFixture>
{
    [Fact]
    public async Task Parallel_reserves_never_hold_more_than_the_cap()
    {
        var books = fixture.NewBooks();

        var grants = await Task.WhenAll(Enumerable.Range(0, 60).Select(batch =>
            books.ReserveAsync(cap: 10, each: 0.35m, items: Enumerable.Range(batch * 5, 5).Select(item => (long)item))));

        Assert.Equal(28, grants.Sum(grant => grant.Granted.Count));
        Assert.Equal((9.8m, 0m), await books.SpendAsync());
        Assert.Equal(await books.SumsAsync(), await books.SpendAsync());
    }

    [Fact]
    public async Task Parallel_pipelines_never_hold_more_than_their_tenants_month()
    {
        var books = fixture.NewBooks(tenantMonthly: 10);

        var grants = await Task.WhenAll(Enumerable.Range(0, 60).Select(batch => books.ReserveAsync(
            cap: 2, each: 0.35m, items: Enumerable.Range(batch * 5, 5).Select(item => (long)item), pipeline: books.Pipeline + batch)));

        Assert.Equal(28, grants.Sum(grant => grant.Granted.Count));
        Assert.Equal((9.8m, 0m), await books.TenantAsync());
    }

    [Fact]
    public async Task The_same_reserve_many_times_at_once_holds_once()
    {
        var books = fixture.NewBooks();

        var grants = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => books.ReserveAsync(cap: 1, each: 0.5m, items: [1, 2, 3])));

        Assert.All(grants, grant => Assert.Equal([1, 2], books.Items(grant)));
        Assert.Equal((1m, 0m), await books.SpendAsync());
    }

    [Fact]
    public async Task The_same_settlement_many_times_at_once_charges_once()
    {
        var books = fixture.NewBooks();
        await books.ReserveAsync(cap: null, each: 0.5m, items: [1, 2]);

        await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => books.SettleAsync(books.Settlement(1, 0.5m), books.Settlement(2, 0.5m))));

        Assert.Equal((0m, 1m), await books.SpendAsync());
        Assert.Equal((0m, 1m), await books.TenantAsync());
    }

    [Fact]
    public async Task Reserves_settlements_and_releases_in_a_tangle_leave_every_sum_right()
    {
        var books = fixture.NewBooks(tenantMonthly: 1000);
        var random = new Random(20261124);
        var moves = Enumerable.Range(0, 300).Select(_ => (Kind: random.Next(5), Item: (long)random.Next(60), Amount: random.Next(0, 4) * 0.123457m)).ToList();

        await Parallel.ForEachAsync(moves, new ParallelOptions { MaxDegreeOfParallelism = 12 }, async (move, _) => await (move.Kind switch
        {
            0 or 1 => books.ReserveAsync(cap: 100, each: 0.2m, items: [move.Item, move.Item + 1, move.Item + 2]),
            2 => books.ReleaseAsync(move.Item, move.Item + 1),
            3 => books.SettleAsync(books.Settlement(move.Item, move.Amount), books.Settlement(move.Item + 1, move.Amount)),
            _ => books.Ledger.ExpireAsync(CancellationToken.None),
        }));

        Assert.Equal(await books.SumsAsync(), await books.SpendAsync());
        Assert.Equal(await books.SumsAsync(), await books.TenantAsync());
    }

    [Fact]
    public async Task Batches_that_cross_several_pipelines_and_tenants_do_not_wait_for_each_other_for_ever()
    {
        var all = Enumerable.Range(0, 6).Select(_ => fixture.NewBooks()).ToArray();

        await Task.WhenAll(Enumerable.Range(0, 30).Select(round => all[0].SettleAsync(
            [.. (round % 2 == 0 ? all : all.Reverse()).Select(books => books.Settlement(round, 0.01m))])));

        foreach (var books in all)
        {
            Assert.Equal((0m, 0.30m), await books.SpendAsync());
        }
    }
}
