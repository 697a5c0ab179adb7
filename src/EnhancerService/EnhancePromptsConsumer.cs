using Contracts.Generation;
using Jobs;
using MassTransit;

namespace EnhancerService;

/// <summary>Makes sets of prompts for runs. Each item succeeds or fails alone; the delivery is held until every result is confirmed.</summary>
internal sealed class EnhancePromptsConsumer(EnhanceRunner runner) : IConsumer<EnhancePrompts>
{
    public Task Consume(ConsumeContext<EnhancePrompts> context) =>
        Task.WhenAll(context.Message.Items.Select(task => runner.RunAsync(task, context.CancellationToken)));
}

internal sealed class EnhancePromptsDefinition : ConsumerDefinition<EnhancePromptsConsumer>
{
    private readonly int _concurrency;

    public EnhancePromptsDefinition(WorkerOptions options)
    {
        EndpointName = Lanes.Queue(Lanes.Enhance);
        _concurrency = options.Concurrency;
        ConcurrentMessageLimit = _concurrency;
    }

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<EnhancePromptsConsumer> consumerConfigurator, IRegistrationContext context) =>
        endpointConfigurator.PrefetchCount = _concurrency;
}
