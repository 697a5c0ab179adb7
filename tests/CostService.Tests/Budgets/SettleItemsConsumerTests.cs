using Contracts.Costs;
using Contracts.Costs.Grpc;
using Testing;
using Xunit;

namespace CostService.Tests.Budgets;

/// <summary>Through the real broker and the running service.</summary>
[Collection(CostProcessCollection.Name)]
public sealed class SettleItemsConsumerTests(CostProcess cost)
{
    private const long Tenant = 500;

    [Fact]
    public async Task Reserved_money_is_spent_once_however_often_its_settlement_is_delivered()
    {
        var reply = await cost.Client.ReserveAsync(
            new ReserveRequest { TenantId = Tenant, PipelineId = 501, PipelineCap = "1", Holds = { Hold(1, "0.35"), Hold(2, "0.35"), Hold(3, "0.35") } },
            CancellationToken.None);
        Assert.Equal([1, 2], reply.GrantedItemIds);
        Assert.Equal("pipeline_budget", reply.RefusedBy);

        for (var i = 0; i < 10; i++)
        {
            await cost.PublishAsync(Settlement(501, 1, 0.35m), Settlement(501, 2, 0));
        }

        await SpendBecomesAsync(501, held: "0", spent: "0.35");
        var again = await cost.Client.ReserveAsync(
            new ReserveRequest { TenantId = Tenant, PipelineId = 501, PipelineCap = "1", Holds = { Hold(3, "0.35") } }, CancellationToken.None);
        Assert.Equal([3], again.GrantedItemIds);
        await SpendBecomesAsync(501, held: "0.35", spent: "0.35");
    }

    [Fact]
    public async Task A_released_hold_leaves_nothing()
    {
        await cost.Client.ReserveAsync(new ReserveRequest { TenantId = Tenant, PipelineId = 502, Holds = { Hold(21, "0.35") } }, CancellationToken.None);

        await cost.Client.ReleaseAsync(new ReleaseRequest { TenantId = Tenant, PipelineId = 502, Holds = { Hold(21, "") } }, CancellationToken.None);

        await SpendBecomesAsync(502, held: "0", spent: "0");
    }

    [Fact]
    public async Task A_thousand_settlements_in_batches_are_all_booked()
    {
        for (var batch = 0; batch < 20; batch++)
        {
            await cost.PublishAsync([.. Enumerable.Range(batch * 50, 50).Select(item => Settlement(503, 10_000 + item, 0.028m))]);
        }

        await SpendBecomesAsync(503, held: "0", spent: "28");
    }

    private Task<PipelineSpendReply> SpendBecomesAsync(long pipeline, string held, string spent) => Eventually.GetAsync(
        () => cost.Client.GetPipelineSpendAsync(new PipelineSpendRequest { TenantId = Tenant, PipelineId = pipeline }, CancellationToken.None),
        reply => reply.Held == held && reply.Spent == spent);

    private static Hold Hold(long item, string amount) => new() { ItemId = item, Attempt = 1, Amount = amount };

    private static ItemSettlement Settlement(long pipeline, long item, decimal amount) => new(
        Tenant, pipeline, pipeline, item, 1, "i2i", "kling-image", "fal", amount > 0 ? 1 : 0, amount, 0.35m, false, new DateTimeOffset(2026, 11, 24, 0, 0, 0, TimeSpan.Zero));
}
