using Microsoft.Extensions.Options;
using Npgsql;

namespace PipelineService.Idempotency;

/// <summary>Deletes keys whose time is over. Any number of processes may run it.</summary>
internal sealed class IdempotencySweeper(IdempotencyStore store, IOptions<IdempotencyOptions> options, TimeProvider time, ILogger<IdempotencySweeper> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(options.Value.SweepEvery, time, stoppingToken);
            try
            {
                var deleted = await store.SweepAsync(time.GetUtcNow() - options.Value.KeepFor, stoppingToken);
                if (deleted > 0)
                {
                    logger.KeysSwept(deleted);
                }
            }
            catch (NpgsqlException exception)
            {
                logger.SweepWaits(exception.Message);
            }
        }
    }
}
