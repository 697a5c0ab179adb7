using CostService.Budgets;
using Xunit;

namespace CostService.Tests.Budgets;

public sealed class ReserveTests(LedgerFixture fixture) : IClassFixture<LedgerFixture>
{
    [Fact]
    public async Task Without_a_cap_everything_is_granted_and_held()
    {
        var books = fixture.NewBooks();

        var grant = await books.ReserveAsync(cap: null, each: 0.35m, items: [1, 2, 3]);

        Assert.Equal([1, 2, 3], books.Items(grant));
        Assert.Null(grant.RefusedBy);
        Assert.Equal((1.05m, 0m), await books.SpendAsync());
        Assert.Equal((1.05m, 0m), await books.TenantAsync());
    }

    [Fact]
    public async Task As_many_as_fit_are_granted_from_the_front()
    {
        var books = fixture.NewBooks();

        var grant = await books.ReserveAsync(cap: 1, each: 0.4m, items: [5, 3, 9]);

        Assert.Equal([5, 3], books.Items(grant));
        Assert.Equal(RefusedBy.PipelineBudget, grant.RefusedBy);
        Assert.Equal((0.8m, 0m), await books.SpendAsync());
    }

    [Fact]
    public async Task A_cap_can_be_used_up_to_the_last_micro_dollar()
    {
        var books = fixture.NewBooks();

        Assert.Equal([1], books.Items(await books.ReserveAsync(cap: 0.000003m, each: 0.000003m, items: [1])));
        Assert.Empty((await books.ReserveAsync(cap: 0.000003m, each: 0.000001m, items: [2])).Granted);
    }

    [Fact]
    public async Task What_is_held_already_is_granted_again_and_held_once()
    {
        var books = fixture.NewBooks();
        await books.ReserveAsync(cap: 1, each: 0.5m, items: [1, 2]);

        var again = await books.ReserveAsync(cap: 1, each: 0.5m, items: [1, 2, 3]);

        Assert.Equal([1, 2], books.Items(again));
        Assert.Equal(RefusedBy.PipelineBudget, again.RefusedBy);
        Assert.Equal((1m, 0m), await books.SpendAsync());
    }

    [Fact]
    public async Task What_is_paid_already_is_granted_again_and_not_held()
    {
        var books = fixture.NewBooks();
        await books.ReserveAsync(cap: 1, each: 0.5m, items: [1]);
        await books.SettleAsync(books.Settlement(1, 0.5m));

        Assert.Equal([1], books.Items(await books.ReserveAsync(cap: 1, each: 0.5m, items: [1])));
        Assert.Equal((0m, 0.5m), await books.SpendAsync());
    }

    [Fact]
    public async Task Another_attempt_is_held_for_itself()
    {
        var books = fixture.NewBooks();
        await books.ReserveAsync(cap: 1, each: 0.4m, items: [1]);
        await books.ReserveAsync(cap: 1, each: 0.4m, items: [1], attempt: 2);

        Assert.Equal((0.8m, 0m), await books.SpendAsync());
    }

    [Fact]
    public async Task Simulated_money_counts_for_the_pipeline_and_never_for_the_tenant()
    {
        var books = fixture.NewBooks(tenantMonthly: 0.1m);

        var grant = await books.ReserveAsync(cap: 1, each: 0.4m, items: [1, 2, 3], simulated: true);

        Assert.Equal([1, 2], books.Items(grant));
        Assert.Equal(RefusedBy.PipelineBudget, grant.RefusedBy);
        Assert.Equal((0.8m, 0m), await books.SpendAsync());
        Assert.Equal((0m, 0m), await books.TenantAsync());
    }

    [Fact]
    public async Task The_tenants_month_refuses_where_the_pipeline_would_not()
    {
        var books = fixture.NewBooks(tenantMonthly: 1);
        await books.ReserveAsync(cap: null, each: 0.6m, items: [1]);

        var grant = await books.ReserveAsync(cap: 100, each: 0.3m, items: [2, 3], pipeline: books.Pipeline + 7);

        Assert.Equal([2], books.Items(grant));
        Assert.Equal(RefusedBy.TenantBudget, grant.RefusedBy);
    }

    [Fact]
    public async Task A_new_month_starts_with_what_is_still_held()
    {
        var books = fixture.NewBooks(tenantMonthly: 1);
        await books.ReserveAsync(cap: null, each: 0.4m, items: [1, 2]);
        await books.SettleAsync(books.Settlement(1, 0.4m));
        Assert.Equal((0.4m, 0.4m), await books.TenantAsync());

        books.Clock.Now = new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero);
        var grant = await books.ReserveAsync(cap: null, each: 0.3m, items: [3, 4, 5]);

        Assert.Equal([3, 4], books.Items(grant));
        Assert.Equal((1m, 0m), await books.TenantAsync());
        Assert.Equal((1m, 0.4m), await books.SpendAsync());
    }

    [Fact]
    public async Task Released_money_can_be_held_again()
    {
        var books = fixture.NewBooks();
        await books.ReserveAsync(cap: 1, each: 1m, items: [1]);

        await books.ReleaseAsync(1, 2);
        await books.ReleaseAsync(1);

        Assert.Equal((0m, 0m), await books.SpendAsync());
        Assert.Equal((0m, 0m), await books.TenantAsync());
        Assert.Equal([1], books.Items(await books.ReserveAsync(cap: 1, each: 1m, items: [1])));
    }

    [Fact]
    public async Task A_hold_past_its_time_is_freed_and_one_before_it_is_not()
    {
        var books = fixture.NewBooks();
        await books.ReserveAsync(cap: null, each: 1m, items: [1]);
        books.Clock.Now += TimeSpan.FromMinutes(30);
        await books.ReserveAsync(cap: null, each: 0.25m, items: [2]);

        books.Clock.Now += TimeSpan.FromMinutes(30);
        await books.Ledger.ExpireAsync(CancellationToken.None);

        Assert.Equal((0.25m, 0m), await books.SpendAsync());
        Assert.Equal((0.25m, 0m), await books.TenantAsync());
    }

    [Fact]
    public async Task Another_tenants_holds_are_out_of_reach()
    {
        var mine = fixture.NewBooks();
        var other = fixture.NewBooks();
        await mine.ReserveAsync(cap: null, each: 1m, items: [1]);

        await other.Ledger.ReleaseAsync(other.Tenant, mine.Pipeline, [new Attempt(mine.Tenant + 1, 1)], CancellationToken.None);

        Assert.Equal((1m, 0m), await mine.SpendAsync());
        Assert.Equal((0m, 0m), await other.Ledger.SpendAsync(other.Tenant, mine.Pipeline, CancellationToken.None));
    }

    [Fact]
    public async Task Nothing_asked_is_nothing_granted() => Assert.Empty((await fixture.NewBooks().ReserveAsync(null, 1, [])).Granted);
}
