using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace ServiceDefaults.Messaging;

/// <summary>RabbitMQ through MassTransit, the same way in every service: <c>ConnectionStrings:rabbitmq</c>, quorum queues, kebab-case names.</summary>
public static class MessagingRegistration
{
    /// <summary>
    /// Registers consumers and sagas. Names come from the consumers' definitions. A database that is away is never a message's fault: the
    /// delivery waits and is tried again until it is back (docs/decisions).
    /// </summary>
    public static void AddPipelineMessaging(this WebApplicationBuilder builder, Action<IBusRegistrationConfigurator>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var address = builder.Configuration.GetConnectionString("rabbitmq")
            ?? throw new InvalidOperationException("ConnectionStrings:rabbitmq is not set.");

        builder.Services.AddOptions<BrokerOptions>().BindConfiguration(BrokerOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton(services => services.GetRequiredService<IOptions<BrokerOptions>>().Value);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<BrokerLine>();
        builder.Services.TryAddSingleton(new BrokerProbe(new Uri(address)));
        builder.Services.Configure<MassTransitHostOptions>(options =>
        {
            // Services start while the broker is away, and say so in /readyz.
            options.WaitUntilStarted = false;
            options.StopTimeout = TimeSpan.FromSeconds(6);
        });
        builder.Services.AddMassTransit(bus =>
        {
            // Nothing is told to anybody about how the product is used.
            bus.DisableUsageTelemetry();
            bus.SetKebabCaseEndpointNameFormatter();
            configure?.Invoke(bus);
            bus.AddConfigureEndpointsCallback((context, name, endpoint) =>
            {
                endpoint.UseMessageRetry(retry =>
                {
                    retry.Handle<NpgsqlException>(exception => exception.IsTransient);
                    retry.Handle<TimeoutException>();
                    retry.Handle<InvalidOperationException>(exception => exception.InnerException is NpgsqlException { IsTransient: true });
                    retry.Interval(10_000, TimeSpan.FromMilliseconds(250));
                });
                if (endpoint is IRabbitMqReceiveEndpointConfigurator rabbit)
                {
                    rabbit.SetQuorumQueue();
                    rabbit.ConfigureChannel(channel => channel.UseFilter(new LostConnectionFilter(
                        name, context.GetRequiredService<BrokerOptions>().StandstillAfter / 4, context.GetRequiredService<TimeProvider>(), context.GetRequiredService<ILogger<BrokerLine>>())));
                }
            });
            bus.UsingRabbitMq((context, rabbit) =>
            {
                var broker = context.GetRequiredService<BrokerOptions>();
                rabbit.Host(new Uri(address), host =>
                {
                    // A broker that is gone is noticed by its silence, not by an operation that takes too long: one that was given up makes the
                    // client lose its place among the answers, for ever (rabbitmq-dotnet-client #1964; docs/decisions/0003).
                    host.Heartbeat(broker.Heartbeat);
                    host.ContinuationTimeout(broker.AnswerLimit);
                    var line = context.GetRequiredService<BrokerLine>();
                    host.OnRefreshConnectionFactory = factory =>
                    {
                        factory.SocketFactory = line.Open;
                        return Task.CompletedTask;
                    };
                });
                rabbit.ConfigureEndpoints(context);
            });
        });
        builder.Services.AddHostedService<BrokerWatch>();
    }
}
