using System.Globalization;
using System.Text;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Benchmarks.Engine;

/// <summary>One connection of the floor: durable queues, persistent messages, every publish confirmed.</summary>
internal sealed class FloorBroker(IConnection connection, IChannel channel) : IAsyncDisposable
{
    public const string Work = "floor-work";
    public const string Results = "floor-results";
    private const int MostUnconfirmed = 4096;

    private static readonly BasicProperties Persistent = new() { DeliveryMode = DeliveryModes.Persistent };

    public static async Task<FloorBroker> ConnectAsync(string address, ushort prefetch)
    {
        var connection = await new ConnectionFactory { Uri = new Uri(address) }.CreateConnectionAsync();
        var channel = await connection.CreateChannelAsync(new CreateChannelOptions(
            publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true,
            outstandingPublisherConfirmationsRateLimiter: new ThrottlingRateLimiter(MostUnconfirmed)));
        await channel.QueueDeclareAsync(Work, durable: true, exclusive: false, autoDelete: false);
        await channel.QueueDeclareAsync(Results, durable: true, exclusive: false, autoDelete: false);
        await channel.BasicQosAsync(0, prefetch, global: false);
        return new FloorBroker(connection, channel);
    }

    /// <summary>Returns when the broker has confirmed.</summary>
    public async Task SendAsync(string queue, FloorItem item, string? result = null) =>
        await channel.BasicPublishAsync(string.Empty, queue, mandatory: true, Persistent, Encoding.ASCII.GetBytes(result is null ? item.ToString() : $"{item} {result}"));

    public async Task AckAsync(ulong tag, bool multiple) => await channel.BasicAckAsync(tag, multiple);

    public async Task ConsumeAsync(string queue, Func<ulong, FloorItem, string, Task> handle)
    {
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, delivery) =>
        {
            var (item, result) = FloorItem.Parse(Encoding.ASCII.GetString(delivery.Body.Span));
            return handle(delivery.DeliveryTag, item, result);
        };
        await channel.BasicConsumeAsync(queue, autoAck: false, consumer);
    }

    public async ValueTask DisposeAsync()
    {
        await channel.DisposeAsync();
        await connection.DisposeAsync();
    }
}

/// <param name="Kind">0 prompt, 1 image, 2 video.</param>
/// <param name="N">Which of the prompt's, from 0.</param>
internal readonly record struct FloorItem(int Run, int Kind, int Prompt, int N)
{
    public string Id => ToString();

    /// <summary>What a worker makes of it.</summary>
    public string Result => $$"""{"kind":{{Kind}},"id":"{{Id}}","url":"mem://{{Id}}","ok":true}""";

    /// <returns>The item and the result that came with it, empty without one.</returns>
    public static (FloorItem Item, string Result) Parse(string text)
    {
        var parts = text.Split(' ', 5);
        return (new FloorItem(Number(parts[0]), Number(parts[1]), Number(parts[2]), Number(parts[3])), parts.Length > 4 ? parts[4] : string.Empty);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Run} {Kind} {Prompt} {N}");

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
