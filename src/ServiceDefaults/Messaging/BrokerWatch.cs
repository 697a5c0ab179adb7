using MassTransit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ServiceDefaults.Messaging;

/// <summary>
/// Helps a bus that does not help itself: one that is not healthy for long, because a queue is never declared or a consumer gets nothing, or that has a sender that
/// stands still. First its lines are cut, once. When that has not helped and RabbitMQ answers others, the process ends, and whoever keeps it starts it anew: what a
/// client has waited for in vain it waits for for ever (docs/decisions/0003).
/// </summary>
internal sealed class BrokerWatch(
    IBusControl bus, BrokerLine line, BrokerProbe probe, BrokerOptions options, IHostApplicationLifetime process, TimeProvider time, ILogger<BrokerWatch> logger) : BackgroundService
{
    /// <summary>EX_TEMPFAIL of sysexits.h.</summary>
    private const int TemporaryFailure = 75;

    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(20);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.StandstillAfter / 4, time);
        var (illSince, cut) = (default(long?), false);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                if (bus.CheckHealth().Status == BusHealthStatus.Healthy && !line.StandsStill)
                {
                    (illSince, cut) = (null, false);
                    continue;
                }

                var ill = time.GetElapsedTime(illSince ??= time.GetTimestamp());
                if (ill >= options.EndAfter && await probe.AnswersAsync(stoppingToken))
                {
                    logger.BusGivenUp(ill);
                    End();
                    return;
                }

                if (!cut && ill >= options.StandstillAfter)
                {
                    line.Cut("the bus is not well");
                    cut = true;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The process stops.
        }
    }

    private void End()
    {
        Environment.ExitCode = TemporaryFailure;
        process.StopApplication();
        // What is stuck may hold the stop up as well.
        _ = Task.Delay(StopLimit, time, process.ApplicationStopped).ContinueWith(
            _ => Environment.Exit(TemporaryFailure), CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
    }
}
