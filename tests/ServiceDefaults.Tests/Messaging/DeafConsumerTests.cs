using System.Collections.Concurrent;
using System.Reflection;
using MassTransit;
using MassTransit.RabbitMqTransport;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client.Events;
using ServiceDefaults.Messaging;
using Testing;
using Xunit;

namespace ServiceDefaults.Tests.Messaging;

public sealed record Order(int Number);

/// <summary>
/// What RabbitMQ.Client 7.2.2 does now and then when a connection is lost in the middle of a send: it waits for ever while it tells its channels, and a consumer is
/// never told. Here none of them is.
/// </summary>
public sealed class DeafConsumerTests : IAsyncLifetime
{
    private TestVhost _vhost = null!;
    private Relay _relay = null!;
    private WebApplication _app = null!;

    private IBus Bus => _app.Services.GetRequiredService<IBus>();

    private Orders Orders => _app.Services.GetRequiredService<Orders>();

    public async Task InitializeAsync()
    {
        _vhost = await TestVhost.CreateAsync();
        var broker = new Uri(_vhost.Uri);
        _relay = new Relay($"127.0.0.1:{broker.Port}");
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["urls"] = "http://127.0.0.1:0",
            ["ConnectionStrings:rabbitmq"] = new UriBuilder(broker) { Port = _relay.Port }.Uri.ToString(),
            ["Broker:StandstillAfter"] = "00:00:02",
        });
        builder.Services.AddSingleton<Orders>();
        builder.AddPipelineMessaging(bus => bus.AddConsumer<OrdersConsumer>());
        _app = builder.Build();
        await _app.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        _relay.Dispose();
        await _vhost.DisposeAsync();
    }

    [Fact]
    public async Task A_consumer_that_is_not_told_that_its_connection_is_gone_begins_anew()
    {
        // What is published before the queue is there is nobody's.
        await Eventually.HoldsAsync(async () => await PublishedAsync(1) && Orders.Has(1));

        Orders.Silence();
        _relay.Cut();
        _relay.Mend();

        var other = MassTransit.Bus.Factory.CreateUsingRabbitMq(bus => bus.Host(new Uri(_vhost.Uri)));
        await other.StartAsync();
        await other.Publish(new Order(2));
        await other.StopAsync();
        await Eventually.HoldsAsync(() => Task.FromResult(Orders.Has(2)), TimeSpan.FromSeconds(60));
    }

    private async Task<bool> PublishedAsync(int number)
    {
        try
        {
            await Bus.Publish(new Order(number), CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(2), TimeProvider.System);
            return true;
        }
        catch (Exception exception) when (exception is TimeoutException or RabbitMqConnectionException or MassTransitException)
        {
            return false;
        }
    }

    private sealed class OrdersConsumer(Orders orders) : IConsumer<Order>
    {
        public Task Consume(ConsumeContext<Order> context)
        {
            orders.Take(context);
            return Task.CompletedTask;
        }
    }
}

/// <summary>What came, and the connection that it came on.</summary>
public sealed class Orders
{
    private readonly ConcurrentBag<int> _seen = [];
    private ChannelContext? _channel;

    public bool Has(int number) => _seen.Contains(number);

    public void Take(ConsumeContext<Order> context)
    {
        Assert.True(context.ReceiveContext.TryGetPayload(out _channel));
        _seen.Add(context.Message.Number);
    }

    /// <summary>From now on whoever has the connection is told that it has ended, and none of its channels.</summary>
    public void Silence()
    {
        AsyncEventHandler<ShutdownEventArgs> forEver = (_, _) => new TaskCompletionSource().Task;
        var connection = _channel!.ConnectionContext.Connection;
        var field = Private(connection.GetType(), "_connectionShutdownAsyncWrapper");
        var told = field.GetValue(connection)!;
        var handlers = Private(told.GetType(), "_eventHandler");
        var all = ((Delegate)handlers.GetValue(told)!).GetInvocationList();
        var owners = all.Where(handler => handler.Method.DeclaringType!.FullName!.Contains("ConnectionContextFactory", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(owners);
        handlers.SetValue(told, Delegate.Combine([.. owners, forEver, .. all.Except(owners)]));
        Private(told.GetType(), "_handlers").SetValue(told, null);
        field.SetValue(connection, told);
    }

    private static FieldInfo Private(Type owner, string name) => owner.GetField(name, BindingFlags.Instance | BindingFlags.NonPublic)!;
}
