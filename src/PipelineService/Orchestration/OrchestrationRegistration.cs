using Contracts.Generation;
using MassTransit;
using Microsoft.Extensions.Options;
using PipelineService.Pipelines;
using PipelineService.Reuse;
using PipelineService.Storage;
using PipelineService.Traffic;
using PipelineService.Waiting;
using ServiceDefaults.MassTransitEf;
using ServiceDefaults.Messaging;
using ServiceDefaults.Storage;

namespace PipelineService.Orchestration;

internal static class OrchestrationRegistration
{
    /// <summary>The engine: ledger transactions, saga, a dispatcher a lane, completion, lease reaper, progress.</summary>
    public static void AddOrchestration(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<OrchestrationOptions>().BindConfiguration(OrchestrationOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton(services => services.GetRequiredService<IOptions<OrchestrationOptions>>().Value);
        builder.Services.AddOptions<DispatchOptions>().BindConfiguration(DispatchOptions.Section).ValidateDataAnnotations()
            .Validate(shares => shares.TenantsAreValid(), "Dispatch:Tenants: names are tenant ids, Weight is 0.01 to 1,000, MaxInFlight is 1 to 1,000,000.").ValidateOnStart();
        builder.Services.AddSingleton(services => services.GetRequiredService<IOptions<DispatchOptions>>().Value);
        builder.Services.AddSingleton<ServiceTimes>();
        builder.Services.AddSingleton<WaitingMonitor>();
        builder.Services.AddHostedService(services => services.GetRequiredService<WaitingMonitor>());
        builder.Services.AddOutbox();
        builder.Services.AddSingleton<DispatchSignal>();
        builder.Services.AddSingleton<LanePace>();
        builder.Services.AddSingleton<RunHeads>();
        builder.Services.AddSingleton<LedgerCommit>();
        builder.Services.AddSingleton<RunPlans>();
        builder.Services.AddSingleton<RunEffects>();
        builder.Services.AddSingleton<RollingReview>();
        builder.Services.AddSingleton<FollowUps>();
        builder.Services.AddSingleton<Completion>();
        builder.AddReuse();
        builder.AddTraffic();
        builder.Services.AddSingleton<LaneSender>();
        builder.Services.AddSingleton<ResultBatcher>();
        builder.Services.AddHostedService(services => services.GetRequiredService<ResultBatcher>());
        builder.Services.AddHostedService<LeaseReaper>();
        builder.Services.AddHostedService<ProgressTicker>();
        builder.Services.AddHostedService<DrainedSteps>();
        builder.Services.AddSingleton<HoldAnswers>();
        foreach (var lane in Lanes.All)
        {
            builder.Services.AddSingleton<IHostedService>(services => ActivatorUtilities.CreateInstance<Dispatcher>(services, lane));
        }

        builder.AddPipelineMessaging(bus =>
        {
            bus.AddConsumer<ItemsFinishedConsumer, ItemsFinishedDefinition>();
            bus.AddConsumer<WorkerHeartbeatConsumer, WorkerHeartbeatDefinition>();
            bus.AddConsumer<HoldsOpenConsumer, HoldsOpenDefinition>();
            bus.AddSagaStateMachine<PipelineSaga, Pipeline, PipelineSagaDefinition>().EfRepository<Pipeline, PipelineDbContext>();
        });
    }
}
