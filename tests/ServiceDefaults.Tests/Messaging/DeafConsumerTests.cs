using System.Collections.Concurrent;
using System.Reflection;
using MassTransit;
using MassTransit.RabbitMqTransport;
using Microsoft.Extensions.DependencyInjection;
using RabbitMQ.Client.Events;
using Testing;
using Xunit;

namespace ServiceDefaults.Tests.Messaging;

public sealed record Order(int Number);

/// <summary>
/// What RabbitMQ.Client 7.2.2 does now and then when a connection is lost in the middle of a send: it waits for ever while it tells its channels, and a consumer is
/// never told. Here none of them is.
/// </summary>
public sealed class DeafConsumerTests
{
    [Fact]
    public async Task A_consumer_that_is_not_told_that_its_connection_is_gone_begins_anew()
    {
        await using var bus = await RelayedBus.StartAsync(
            new Dictionary<string, string?> { ["Broker:StandstillAfter"] = "00:00:02" }, services => services.AddSingleton<Orders>(), configure => configure.AddConsumer<OrdersConsumer>());
        var orders = bus.Get<Orders>();
        // What is published before the queue is there is nobody's.
        await Eventually.HoldsAsync(async () =>
        {
            await bus.Bus.Publish(new Order(1)).WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System);
            return orders.Has(1);
        });

        orders.Silence();
        bus.Relay.Cut();
        bus.Relay.Mend();

        var other = Bus.Factory.CreateUsingRabbitMq(configure => configure.Host(bus.Broker));
        await other.StartAsync();
        await other.Publish(new Order(2));
        await other.StopAsync();
        await Eventually.HoldsAsync(() => Task.FromResult(orders.Has(2)), TimeSpan.FromSeconds(60));
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
