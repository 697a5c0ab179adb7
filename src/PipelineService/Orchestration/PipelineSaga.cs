using Contracts.Pipelines;
using MassTransit;
using PipelineService.Pipelines;
using PipelineService.Storage;
using ServiceDefaults.MassTransitEf;

namespace PipelineService.Orchestration;

/// <summary>
/// The saga, one instance a pipeline, never one an item. It correlates and names what may happen when; every rule is in
/// <see cref="PipelineDecisions"/>. Its instance is the pipelines row, so a command over HTTP and a fact from the ledger meet under one lock.
/// </summary>
internal sealed class PipelineSaga : MassTransitStateMachine<Pipeline>
{
    public PipelineSaga()
    {
        InstanceState(pipeline => pipeline.SagaState);
        Event(() => Started, started => { started.CorrelateById(context => context.Message.CorrelationId); started.OnMissingInstance(missing => missing.Discard()); });
        Event(() => StepDrained, drained => { drained.CorrelateById(context => context.Message.CorrelationId); drained.OnMissingInstance(missing => missing.Discard()); });

        // A started pipeline is running already: the command that started it decided so under the same lock.
        During([Running, Paused], When(StepDrained).Activity(activity => activity.OfType<StepDrainedActivity>()), Ignore(Started));
        During([Pending, Completed, Failed, Cancelled], Ignore(StepDrained), Ignore(Started));
    }

    public State Pending { get; private set; } = null!;

    public State Running { get; private set; } = null!;

    public State Paused { get; private set; } = null!;

    public State Completed { get; private set; } = null!;

    public State Failed { get; private set; } = null!;

    public State Cancelled { get; private set; } = null!;

    public Event<PipelineStarted> Started { get; private set; } = null!;

    public Event<StepDrained> StepDrained { get; private set; } = null!;
}

/// <summary>A step has nothing open: review, next step, or the end.</summary>
internal sealed class StepDrainedActivity(PipelineDbContext db, RunEffects effects, RollingReview rolling, LedgerCommit commit, TimeProvider time) : IStateMachineActivity<Pipeline, StepDrained>
{
    public async Task Execute(BehaviorContext<Pipeline, StepDrained> context, IBehavior<Pipeline, StepDrained> next)
    {
        var ledger = new LedgerTransaction(db, time);
        var run = await RunTransaction.LoadStepsAsync(ledger, context.Saga, context.CancellationToken);
        var decision = PipelineDecisions.StepDrained(await run.StateAsync(context.CancellationToken), context.Message.StepId);
        await effects.ApplyAsync(run, decision, context.CancellationToken);
        // All of a step may have been judged while it was made; and it may be a later one than the message names that has nothing open now.
        foreach (var step in run.Steps)
        {
            await rolling.GoOnAsync(run, step, context.CancellationToken);
        }

        var events = await ledger.FlushAsync(context.CancellationToken);
        await next.Execute(context);
        SagaCommit.After(context, () => commit.TellAsync(ledger, events));
    }

    public Task Faulted<TException>(BehaviorExceptionContext<Pipeline, StepDrained, TException> context, IBehavior<Pipeline, StepDrained> next)
        where TException : Exception => next.Faulted(context);

    public void Probe(ProbeContext context) => context.CreateScope("step-drained");

    public void Accept(StateMachineVisitor visitor) => visitor.Visit(this);
}

internal sealed class PipelineSagaDefinition : SagaDefinition<Pipeline>
{
    public PipelineSagaDefinition()
    {
        EndpointName = "pipeline-saga";
        ConcurrentMessageLimit = 8;
    }

    protected override void ConfigureSaga(IReceiveEndpointConfigurator endpointConfigurator, ISagaConfigurator<Pipeline> sagaConfigurator, IRegistrationContext context) =>
        endpointConfigurator.PrefetchCount = 32;
}
