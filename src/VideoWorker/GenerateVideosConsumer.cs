using Contracts.Generation;
using Jobs;
using MassTransit;

namespace VideoWorker;

/// <summary>Makes videos. Each item succeeds or fails alone; the delivery is held until every result is confirmed or its provider has accepted it.</summary>
internal sealed class GenerateVideosConsumer(ItemRunner runner) : IConsumer<GenerateVideos>
{
    public Task Consume(ConsumeContext<GenerateVideos> context) =>
        Task.WhenAll(context.Message.Items.Select(task => runner.RunAsync(WorkItem.From(task), context.CancellationToken)));
}

internal sealed class GenerateVideosDefinition : ConsumerDefinition<GenerateVideosConsumer>
{
    private readonly int _concurrency;

    public GenerateVideosDefinition(WorkerOptions options)
    {
        EndpointName = Lanes.Queue(Lanes.Video);
        _concurrency = options.Concurrency;
        ConcurrentMessageLimit = _concurrency;
    }

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<GenerateVideosConsumer> consumerConfigurator, IRegistrationContext context) =>
        endpointConfigurator.PrefetchCount = _concurrency;
}
