using MassTransit;
using Microsoft.Extensions.Hosting;

namespace ServiceDefaults.Messaging;

/// <summary>
/// Cuts the lines of a bus that has been ill for long although it has some: a consumer whose queue is never declared gets nothing and sends nothing, so that nobody
/// else would notice. Waits twice as long each time, because an illness may have another cause.
/// </summary>
internal sealed class BrokerWatch(IBusControl bus, BrokerLine line, BrokerOptions options, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(LookEvery, time);
        var (illSince, patience) = (default(long?), 2 * options.StandstillAfter);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                if (bus.CheckHealth().Status == BusHealthStatus.Healthy)
                {
                    (illSince, patience) = (null, 2 * options.StandstillAfter);
                }
                else if (time.GetElapsedTime(illSince ??= time.GetTimestamp()) >= patience)
                {
                    line.Cut("the bus is not healthy");
                    (illSince, patience) = (null, patience * 2 < LongestWait ? patience * 2 : LongestWait);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The process stops.
        }
    }
}
