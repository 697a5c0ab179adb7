using Npgsql;

namespace PipelineService.Orchestration;

/// <summary>Work that is done again and again; a failure is logged and the next round goes on.</summary>
internal abstract class PeriodicWork(TimeSpan every, TimeProvider time, ILogger logger) : BackgroundService
{
    protected DateTimeOffset Now => time.GetUtcNow();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(every, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                try
                {
                    await RunOnceAsync(stoppingToken);
                }
                catch (Exception exception) when (exception is not OutOfMemoryException && !stoppingToken.IsCancellationRequested)
                {
                    logger.BackgroundFailed(GetType().Name, exception.Message);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The service stops.
        }
    }

    protected abstract Task RunOnceAsync(CancellationToken cancellationToken);
}
