using Jobs.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Jobs;

/// <summary>
/// Takes over submits that a process left when it died. The broker hands their messages on at once, while the dead process still counts as alive, and
/// so they are dropped; nobody has to wait for the ledger to miss them.
/// </summary>
public sealed class JobRescue(string lane, JobStore store, ItemRunner runner, WorkerOptions options, TimeProvider time, ILogger<JobRescue> logger)
    : BackgroundService
{
    private const int MostAtOnce = 64;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.AliveFor / 5, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await RescueAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The process stops.
        }
    }

    private async Task RescueAsync(CancellationToken cancellationToken)
    {
        try
        {
            foreach (var task in await store.OrphansAsync(lane, MostAtOnce, cancellationToken))
            {
                // Not waited for: what is found again meanwhile is in hand.
                _ = runner.RunAsync(WorkItem.Read(lane, task), cancellationToken);
            }
        }
        catch (Exception exception) when (exception is not OutOfMemoryException && !cancellationToken.IsCancellationRequested)
        {
            logger.BackgroundFailed("job rescue", exception.Message);
        }
    }
}
