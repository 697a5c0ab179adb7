using Contracts.Costs;
using MassTransit;
using Microsoft.Extensions.Options;
using Npgsql;
using ServiceDefaults.Messaging;

namespace CostService.Budgets;

/// <summary>
/// Asks what became of items whose money has been held for long. A settlement that a broker lost would otherwise never be booked, and its money stay
/// held until it expires. Asking twice does nothing; any number of processes may.
/// </summary>
internal sealed class HoldInquiry(NpgsqlDataSource database, IBus bus, IOptions<BudgetOptions> options, BrokerLine line, TimeProvider time, ILogger<HoldInquiry> logger) : BackgroundService
{
    private const int MostAtOnce = 10_000;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.AskAfter, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                try
                {
                    await AskAsync(stoppingToken);
                }
                catch (Exception exception) when (exception is not OutOfMemoryException && !stoppingToken.IsCancellationRequested)
                {
                    logger.InquiryWaits(exception.Message);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The process stops.
        }
    }

    private async Task AskAsync(CancellationToken cancellationToken)
    {
        var held = await OldAsync(cancellationToken);
        if (held.Count > 0)
        {
            logger.Asks(held.Count);
        }

        foreach (var pipeline in held.GroupBy(hold => (hold.Tenant, hold.Pipeline)))
        {
            foreach (var chunk in pipeline.Select(hold => hold.Attempt).Chunk(HoldsOpen.Most))
            {
                await line.ConfirmedAsync("holds", bus.Publish(new HoldsOpen(pipeline.Key.Tenant, pipeline.Key.Pipeline, chunk), CancellationToken.None), cancellationToken);
            }
        }
    }

    // When it was held is told by when it would expire.
    private async Task<List<(long Tenant, long Pipeline, HeldAttempt Attempt)>> OldAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            "select tenant_id, pipeline_id, item_id, attempt from holds where expires_at <= $1 order by expires_at limit $2");
        command.Parameters.Add(new NpgsqlParameter { Value = time.GetUtcNow() + options.Value.HoldTtl - options.Value.AskAfter });
        command.Parameters.Add(new NpgsqlParameter { Value = MostAtOnce });
        var held = new List<(long, long, HeldAttempt)>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            held.Add((reader.GetInt64(0), reader.GetInt64(1), new HeldAttempt(reader.GetInt64(2), reader.GetInt32(3))));
        }

        return held;
    }
}
