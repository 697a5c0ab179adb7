using System.Collections.Concurrent;
using Contracts.Generation;
using MassTransit;
using Testing;

namespace Workers.Tests.Support;

/// <summary>The other end of the queues: sends commands as the dispatcher does, and keeps what workers report.</summary>
public sealed class Ledger : IAsyncDisposable
{
    private readonly IBusControl _bus;
    private readonly ConcurrentQueue<ItemResult> _results = new();
    private readonly ConcurrentQueue<WorkerHeartbeat> _heartbeats = new();
    private int _messages;

    private Ledger(string rabbit) => _bus = Bus.Factory.CreateUsingRabbitMq(bus =>
    {
        bus.Host(new Uri(rabbit));
        bus.ReceiveEndpoint("items-finished", endpoint =>
        {
            ((IRabbitMqReceiveEndpointConfigurator)endpoint).SetQuorumQueue();
            endpoint.Handler<ItemsFinished>(context =>
            {
                Interlocked.Increment(ref _messages);
                foreach (var result in context.Message.Results)
                {
                    _results.Enqueue(result);
                }

                return Task.CompletedTask;
            });
        });
        bus.ReceiveEndpoint("worker-heartbeat", endpoint =>
        {
            ((IRabbitMqReceiveEndpointConfigurator)endpoint).SetQuorumQueue();
            endpoint.Handler<WorkerHeartbeat>(context =>
            {
                _heartbeats.Enqueue(context.Message);
                return Task.CompletedTask;
            });
        });
    });

    public IReadOnlyCollection<WorkerHeartbeat> Heartbeats => _heartbeats;

    /// <summary>ItemsFinished messages so far.</summary>
    public int Messages => _messages;

    public static async Task<Ledger> StartAsync(string rabbit)
    {
        var ledger = new Ledger(rabbit);
        await ledger._bus.StartAsync();
        return ledger;
    }

    public async Task SendAsync(string lane, object command)
    {
        var endpoint = await _bus.GetSendEndpoint(new Uri("exchange:" + Lanes.Queue(lane)));
        await endpoint.Send(command);
    }

    public Task SendAsync(params ImageTask[] tasks) => SendAsync(Lanes.Image, new GenerateImages(tasks));

    public IReadOnlyList<ItemResult> ResultsOf(ItemRef item) => [.. _results.Where(result => result.Item.ItemId == item.ItemId && result.Item.Attempt == item.Attempt)];

    /// <summary>The first result of an attempt, or the n-th.</summary>
    public async Task<ItemResult> ResultAsync(ItemRef item, int nth = 1) =>
        (await Eventually.GetAsync(() => Task.FromResult(ResultsOf(item)), results => results.Count >= nth))[nth - 1];

    public async ValueTask DisposeAsync() => await _bus.StopAsync(TimeSpan.FromSeconds(5));
}
