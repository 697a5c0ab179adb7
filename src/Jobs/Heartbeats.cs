using Contracts.Generation;
using MassTransit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ServiceDefaults.Messaging;

namespace Jobs;

/// <summary>Says what is in hand, so that leases hold and people see it running.</summary>
public sealed class Heartbeats(string lane, Hand hand, IBus bus, BrokerLine line, WorkerOptions options, TimeProvider time, ILogger<Heartbeats> logger) : BackgroundService
{
    private const int MostItems = 500;
    private static readonly TimeSpan SendLimit = TimeSpan.FromSeconds(5);
    private readonly string _worker = $"{Environment.MachineName}:{Environment.ProcessId}";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.HeartbeatEvery, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await BeatAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The process stops.
        }
    }

    private async Task BeatAsync(CancellationToken cancellationToken)
    {
        foreach (var chunk in hand.Running(options.HeartbeatEvery).Chunk(MostItems))
        {
            try
            {
                var endpoint = await bus.GetSendEndpoint(new Uri("exchange:worker-heartbeat"));
                // An old sign is worth nothing, and must not pile up while nobody reads.
                await line.ConfirmedAsync(
                    "heartbeats",
                    endpoint.Send(new WorkerHeartbeat(_worker, lane, chunk), Pipe.Execute<SendContext>(context => context.TimeToLive = SendLimit), CancellationToken.None),
                    cancellationToken,
                    SendLimit);
            }
            catch (Exception exception) when (exception is not OutOfMemoryException && !cancellationToken.IsCancellationRequested)
            {
                // The next beat says it again.
                logger.BackgroundFailed("heartbeat", exception.Message);
            }
        }
    }
}
