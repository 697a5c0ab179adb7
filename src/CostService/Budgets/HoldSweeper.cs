using Microsoft.Extensions.Options;

namespace CostService.Budgets;

/// <summary>Frees holds that nobody settled or released in time, so that lost items do not block a budget for ever. Any number of processes may run it.</summary>
internal sealed class HoldSweeper(Ledger ledger, IOptions<BudgetOptions> options, TimeProvider time, ILogger<HoldSweeper> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.SweepEvery, time);
        do
        {
            try
            {
                if (await ledger.ExpireAsync(stoppingToken) is > 0 and var freed)
                {
                    logger.Expired(freed);
                }
            }
            catch (Exception exception) when (exception is not OutOfMemoryException && !stoppingToken.IsCancellationRequested)
            {
                logger.SweepWaits(exception.Message);
            }
        }
        while (await NextAsync(timer, stoppingToken));
    }

    private static async Task<bool> NextAsync(PeriodicTimer timer, CancellationToken stoppingToken)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
