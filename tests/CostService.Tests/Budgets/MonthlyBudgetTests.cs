using System.Net;
using CostService.Budgets;
using Xunit;

namespace CostService.Tests.Budgets;

public sealed class MonthlyBudgetTests(LedgerFixture fixture) : IClassFixture<LedgerFixture>
{
    [Fact]
    public async Task What_is_held_and_spent_is_no_longer_left()
    {
        var books = fixture.NewBooks(tenantMonthly: 2);
        await books.ReserveAsync(cap: null, each: 0.5m, items: [1, 2]);
        await books.SettleAsync(books.Settlement(1, amount: 0.4m, quoted: 0.5m));

        var budget = await books.MonthAsync();

        Assert.Equal(new MonthlyBudget(new DateOnly(2026, 11, 1), "USD", Limit: 2, Held: 0.5m, Spent: 0.4m, Left: 1.1m), budget);
        Assert.Equal("0.4", budget.Spent.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task A_new_month_begins_with_nothing_spent()
    {
        var books = fixture.NewBooks(tenantMonthly: 2);
        await books.ReserveAsync(cap: null, each: 0.5m, items: [1]);
        await books.SettleAsync(books.Settlement(1, amount: 0.5m, quoted: 0.5m));
        books.Clock.Now = new DateTimeOffset(2026, 12, 1, 0, 0, 1, TimeSpan.Zero);

        Assert.Equal(new MonthlyBudget(new DateOnly(2026, 12, 1), "USD", Limit: 2, Held: 0, Spent: 0, Left: 2), await books.MonthAsync());
    }

    [Fact]
    public async Task Without_a_limit_it_is_not_said_what_is_left_and_who_spent_nothing_has_spent_nothing()
    {
        Assert.Equal(new MonthlyBudget(new DateOnly(2026, 11, 1), "USD", Limit: null, Held: 0, Spent: 0, Left: null), await fixture.NewBooks().MonthAsync());
    }

    [Fact]
    public async Task Simulated_money_does_not_count()
    {
        var books = fixture.NewBooks(tenantMonthly: 1);
        await books.ReserveAsync(cap: null, each: 0.6m, items: [1], simulated: true);

        Assert.Equal(1, (await books.MonthAsync()).Left);
    }

    [Fact]
    public void What_was_overspent_leaves_nothing() => Assert.Equal(0, MonthlyBudget.Of(new DateOnly(2026, 11, 1), limit: 1, held: 0.5m, spent: 0.75m).Left);
}

[Collection(CostProcessCollection.Name)]
public sealed class BudgetApiTests(CostProcess cost)
{
    [Fact]
    public async Task The_budget_of_a_workspace_is_told_to_its_own_people()
    {
        var (status, body) = await cost.GetAsync("/usage/budget", tenant: 770);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Null(body["limit"]);
        Assert.Equal("0", body["spent"]!.ToString());
        Assert.Equal(HttpStatusCode.Unauthorized, (await cost.GetAsync("/usage/budget", tenant: null)).Status);
    }
}
