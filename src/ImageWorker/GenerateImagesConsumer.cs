using Contracts.Generation;
using Jobs;
using MassTransit;

namespace ImageWorker;

/// <summary>Makes images. Each item succeeds or fails alone; the delivery is held until every result is confirmed or its provider has accepted it.</summary>
internal sealed class GenerateImagesConsumer(ItemRunner runner) : IConsumer<GenerateImages>
{
    public Task Consume(ConsumeContext<GenerateImages> context) =>
        Task.WhenAll(context.Message.Items.Select(task => runner.RunAsync(WorkItem.From(task), context.CancellationToken)));
}

internal sealed class GenerateImagesDefinition : ConsumerDefinition<GenerateImagesConsumer>
{
    private readonly int _concurrency;

    public GenerateImagesDefinition(WorkerOptions options)
    {
        EndpointName = Lanes.Queue(Lanes.Image);
        _concurrency = options.Concurrency;
        ConcurrentMessageLimit = _concurrency;
    }

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<GenerateImagesConsumer> consumerConfigurator, IRegistrationContext context) =>
        endpointConfigurator.PrefetchCount = _concurrency;
}
