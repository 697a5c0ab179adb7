using System.Net.Http.Json;
using System.Text.Json.Nodes;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using Testing;

namespace Chaos.Tests;

/// <summary>Reaches into the studio's virtual host: counts and empties queues, and delivers messages twice, late or in another order.</summary>
public sealed class Broker(string vhost)
{
    /// <summary>Every queue with its messages: ready, handed out and not settled, and how often any was handed out again.</summary>
    public async Task<IReadOnlyList<(string Queue, long Ready, long Unsettled)>> QueuesAsync()
    {
        var queues = (await TestVhost.Management.GetFromJsonAsync<JsonArray>($"api/queues/{vhost}"))!;
        return
        [
            .. queues.Select(queue => (
                queue!["name"]!.GetValue<string>(),
                queue["messages_ready"]?.GetValue<long>() ?? 0,
                queue["messages_unacknowledged"]?.GetValue<long>() ?? 0)),
        ];
    }

    public async Task EmptyAsync()
    {
        foreach (var (queue, _, _) in await QueuesAsync())
        {
            (await TestVhost.Management.DeleteAsync($"api/queues/{vhost}/{queue}/contents")).EnsureSuccessStatusCode();
        }
    }

    public Task TwiceAsync(string queue, TimeSpan during, TimeSpan later) => TakeAsync(queue, during, async (channel, taken) =>
    {
        foreach (var message in taken)
        {
            await SendAsync(channel, queue, message);
            await channel.BasicAckAsync(message.DeliveryTag, multiple: false);
        }

        await Task.Delay(later, TimeProvider.System);
        foreach (var message in taken)
        {
            await SendAsync(channel, queue, message);
        }
    });

    public Task LateAsync(string queue, TimeSpan during, TimeSpan later) => TakeAsync(queue, during, async (channel, taken) =>
    {
        await Task.Delay(later, TimeProvider.System);
        await ForwardAsync(channel, queue, taken);
    });

    public Task ReversedAsync(string queue, TimeSpan during) =>
        TakeAsync(queue, during, (channel, taken) => ForwardAsync(channel, queue, [.. taken.Reverse()]));

    private static async Task ForwardAsync(IChannel channel, string queue, IReadOnlyList<Taken> taken)
    {
        foreach (var message in taken)
        {
            await SendAsync(channel, queue, message);
            await channel.BasicAckAsync(message.DeliveryTag, multiple: false);
        }
    }

    private static async Task SendAsync(IChannel channel, string queue, Taken message) =>
        await channel.BasicPublishAsync(string.Empty, queue, mandatory: false, message.Properties, message.Body);

    // Takes its share of the queue, as one more consumer. What is not settled when the channel ends goes back to the queue.
    private async Task TakeAsync(string queue, TimeSpan during, Func<IChannel, IReadOnlyList<Taken>, Task> then)
    {
        var factory = new ConnectionFactory { Uri = new UriBuilder(TestServers.RabbitMq) { Path = vhost }.Uri, AutomaticRecoveryEnabled = false };
        await using var connection = await factory.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true));
        await channel.BasicQosAsync(0, 50, global: false);
        var taken = new List<Taken>();
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, delivery) =>
        {
            lock (taken)
            {
                taken.Add(new Taken(delivery.DeliveryTag, new BasicProperties(delivery.BasicProperties), delivery.Body.ToArray()));
            }

            return Task.CompletedTask;
        };
        var tag = await channel.BasicConsumeAsync(queue, autoAck: false, consumer);
        await Task.Delay(during, TimeProvider.System);
        await channel.BasicCancelAsync(tag);
        Taken[] all;
        lock (taken)
        {
            all = [.. taken];
        }

        await then(channel, all);
    }

    private sealed record Taken(ulong DeliveryTag, BasicProperties Properties, byte[] Body);
}
