using Xunit;

namespace CostService.Tests.Budgets;

public sealed class SettleTests(LedgerFixture fixture) : IClassFixture<LedgerFixture>
{
    [Fact]
    public async Task A_charge_takes_the_place_of_its_hold()
    {
        var books = fixture.NewBooks();
        await books.ReserveAsync(cap: null, each: 0.35m, items: [1, 2]);

        await books.SettleAsync(books.Settlement(1, 0.35m, quoted: 0.35m));

        Assert.Equal((0.35m, 0.35m), await books.SpendAsync());
        Assert.Equal((0.35m, 0.35m), await books.TenantAsync());
        Assert.Equal([(1, 0.35m, false)], await books.EntriesAsync(1));
    }

    [Fact]
    public async Task A_repeat_charges_nothing()
    {
        var books = fixture.NewBooks();
        await books.ReserveAsync(cap: null, each: 0.35m, items: [1]);

        await books.SettleAsync(books.Settlement(1, 0.35m));
        await books.SettleAsync(books.Settlement(1, 0.35m));
        await books.SettleAsync(books.Settlement(1, 0.35m), books.Settlement(1, 0.35m));

        Assert.Equal((0m, 0.35m), await books.SpendAsync());
        Assert.Single(await books.EntriesAsync(1));
    }

    [Fact]
    public async Task A_failed_attempt_frees_its_hold_and_the_next_one_is_charged()
    {
        var books = fixture.NewBooks();
        await books.ReserveAsync(cap: null, each: 0.35m, items: [1]);
        await books.SettleAsync(books.Settlement(1, 0));
        Assert.Equal((0m, 0m), await books.SpendAsync());

        await books.ReserveAsync(cap: null, each: 0.35m, items: [1], attempt: 2);
        await books.SettleAsync(books.Settlement(1, 0.35m, attempt: 2));

        Assert.Equal((0m, 0.35m), await books.SpendAsync());
        Assert.Equal([(1, 0m, false), (2, 0.35m, false)], await books.EntriesAsync(1));
    }

    [Fact]
    public async Task A_late_paid_result_is_booked_after_its_attempt_had_ended_at_no_cost()
    {
        var books = fixture.NewBooks();
        await books.SettleAsync(books.Settlement(1, 0));

        await books.SettleAsync(books.Settlement(1, 0.35m));
        await books.SettleAsync(books.Settlement(1, 0));

        Assert.Equal((0m, 0.35m), await books.SpendAsync());
        Assert.Equal([(1, 0.35m, false)], await books.EntriesAsync(1));
    }

    [Fact]
    public async Task A_charge_above_its_quote_is_booked_and_flagged_even_over_the_cap()
    {
        var books = fixture.NewBooks();
        await books.ReserveAsync(cap: 0.5m, each: 0.35m, items: [1]);

        await books.SettleAsync(books.Settlement(1, 0.6m, quoted: 0.35m));

        Assert.Equal((0m, 0.6m), await books.SpendAsync());
        Assert.Equal([(1, 0.6m, true)], await books.EntriesAsync(1));
        Assert.Empty((await books.ReserveAsync(cap: 0.5m, each: 0.000001m, items: [2])).Granted);
    }

    [Fact]
    public async Task Without_a_hold_a_charge_is_booked_all_the_same()
    {
        var books = fixture.NewBooks();

        await books.SettleAsync(books.Settlement(1, 0.35m));

        Assert.Equal((0m, 0.35m), await books.SpendAsync());
    }

    [Fact]
    public async Task Simulated_charges_never_reach_the_tenants_spend()
    {
        var books = fixture.NewBooks();
        await books.ReserveAsync(cap: null, each: 0.35m, items: [1], simulated: true);

        await books.SettleAsync(books.Settlement(1, 0.35m, simulated: true));

        Assert.Equal((0m, 0.35m), await books.SpendAsync());
        Assert.Equal((0m, 0m), await books.TenantAsync());
    }

    [Fact]
    public async Task A_charge_of_last_month_does_not_count_in_this_one()
    {
        var books = fixture.NewBooks();
        var late = books.Settlement(1, 0.35m);
        books.Clock.Now = new DateTimeOffset(2026, 12, 2, 0, 0, 0, TimeSpan.Zero);

        await books.SettleAsync(late, books.Settlement(2, 0.1m));

        Assert.Equal((0m, 0.45m), await books.SpendAsync());
        Assert.Equal((0m, 0.1m), await books.TenantAsync());
    }

    [Fact]
    public async Task More_than_six_places_are_rounded_before_they_are_summed()
    {
        var books = fixture.NewBooks();

        await books.SettleAsync([.. Enumerable.Range(1, 10).Select(item => books.Settlement(item, 0.0000005m))]);

        Assert.Equal((0m, 0.00001m), await books.SpendAsync());
        Assert.Equal(await books.SumsAsync(), await books.SpendAsync());
    }

    [Fact]
    public async Task One_batch_may_hold_several_tenants()
    {
        var one = fixture.NewBooks();
        var two = fixture.NewBooks();

        await one.SettleAsync(one.Settlement(1, 1), two.Settlement(1, 2), one.Settlement(2, 3));

        Assert.Equal((0m, 4m), await one.SpendAsync());
        Assert.Equal((0m, 2m), await two.TenantAsync());
    }
}
