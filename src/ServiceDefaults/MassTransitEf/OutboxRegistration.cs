using Microsoft.Extensions.DependencyInjection;

namespace ServiceDefaults.MassTransitEf;

public static class OutboxRegistration
{
    /// <summary>Sends what is committed to the outbox table of the service's schema.</summary>
    public static IServiceCollection AddOutbox(this IServiceCollection services) =>
        services.AddSingleton<OutboxSignal>().AddHostedService<OutboxDispatcher>();
}
