using Contracts.Generation;
using MassTransit;

namespace PipelineService.Orchestration;

/// <summary>Results from the workers, into the ledger.</summary>
internal sealed class ItemsFinishedConsumer(ResultBatcher batcher) : IConsumer<ItemsFinished>
{
    public Task Consume(ConsumeContext<ItemsFinished> context) => batcher.AddAsync(context.Message, context.CancellationToken);
}

internal sealed class ItemsFinishedDefinition : ConsumerDefinition<ItemsFinishedConsumer>
{
    public ItemsFinishedDefinition()
    {
        EndpointName = "items-finished";
        ConcurrentMessageLimit = 128;
    }

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<ItemsFinishedConsumer> consumerConfigurator, IRegistrationContext context) =>
        endpointConfigurator.PrefetchCount = 256;
}
