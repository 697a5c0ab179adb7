using Contracts.Generation;
using Jobs;
using MassTransit;

namespace EnhancerService;

/// <summary>Makes sets of prompts for runs. Text is safe to ask for again, so there are no jobs to remember.</summary>
internal sealed class EnhancePromptsConsumer(Enhancer enhancer, Hand hand, ResultSender results, TimeProvider time) : IConsumer<EnhancePrompts>
{
    public Task Consume(ConsumeContext<EnhancePrompts> context) =>
        Task.WhenAll(context.Message.Items.Select(task => EnhanceAsync(task, context.CancellationToken)));

    private async Task EnhanceAsync(EnhanceTask task, CancellationToken cancellationToken)
    {
        if (!hand.Take(task.Item))
        {
            return;
        }

        try
        {
            var startedAt = hand.Begin(task.Item);
            var set = await enhancer.EnhanceAsync(
                new EnhancerRequest(
                    task.Item.TenantId, task.RequestKey, task.Provider, task.Prompt, task.Count, task.TargetType, task.TargetModel, task.MaxChars, task.StyleHints,
                    task.ThemeFocus, task.Seed, task.Image),
                useCache: false,
                cancellationToken);
            await results.SendAsync(
                new ItemResult(
                    task.Item, [.. set.Prompts.Select(prompt => new ProducedOutput(prompt, null, task.Seed))], set.Failure, set.Provider, set.RequestId, set.ReportedCost,
                    set.Simulated, set.Cached, startedAt, time.GetUtcNow()),
                cancellationToken);
        }
        finally
        {
            hand.Drop(task.Item);
        }
    }
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
