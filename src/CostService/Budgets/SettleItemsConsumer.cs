using Contracts.Costs;
using MassTransit;

namespace CostService.Budgets;

internal sealed class SettleItemsConsumer(Settlements settlements) : IConsumer<SettleItems>
{
    public Task Consume(ConsumeContext<SettleItems> context) => settlements.SettleAsync(context.Message.Items, context.CancellationToken);
}

internal sealed class SettleItemsDefinition : ConsumerDefinition<SettleItemsConsumer>
{
    public SettleItemsDefinition()
    {
        EndpointName = "settle-items";

        // Batches of one tenant wait for each other's row lock anyway; more at once would only hold connections.
        ConcurrentMessageLimit = 4;
    }
}
