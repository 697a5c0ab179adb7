using Contracts.Costs;
using MassTransit;

namespace PipelineService.Orchestration;

/// <summary>Settles again what has ended and is still held: its settlement was lost.</summary>
internal sealed class HoldsOpenConsumer(HoldAnswers answers) : IConsumer<HoldsOpen>
{
    public Task Consume(ConsumeContext<HoldsOpen> context) => answers.AnswerAsync(context.Message, context.CancellationToken);
}

internal sealed class HoldsOpenDefinition : ConsumerDefinition<HoldsOpenConsumer>
{
    public HoldsOpenDefinition()
    {
        EndpointName = "holds-open";
        ConcurrentMessageLimit = 2;
    }
}
