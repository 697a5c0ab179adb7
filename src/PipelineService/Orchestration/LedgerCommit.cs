using Contracts.Generation;
using Microsoft.EntityFrameworkCore;
using PipelineService.Progress;
using PipelineService.Storage;
using ServiceDefaults.MassTransitEf;
using StackExchange.Redis;

namespace PipelineService.Orchestration;

/// <summary>Runs work in one ledger transaction and, after the commit, tells whoever waits for it: readers, workers, dispatchers.</summary>
internal sealed class LedgerCommit(
    IServiceScopeFactory scopes, OutboxSignal outbox, DispatchSignal dispatch, ProgressAnnouncer announcer, IConnectionMultiplexer redis, TimeProvider time, ILogger<LedgerCommit> logger)
{
    private static readonly TimeSpan EpochLife = TimeSpan.FromDays(7);

    /// <summary>A transaction of its own, in a fresh context.</summary>
    public async Task<T> RunAsync<T>(Func<LedgerTransaction, Task<T>> work, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PipelineDbContext>();
        return await RunAsync(db, work, cancellationToken);
    }

    public async Task<T> RunAsync<T>(PipelineDbContext db, Func<LedgerTransaction, Task<T>> work, CancellationToken cancellationToken)
    {
        // What fails is rolled back as a whole.
        db.Database.AutoSavepointsEnabled = false;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var ledger = new LedgerTransaction(db, time);
        var value = await work(ledger);
        var events = await ledger.FlushAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        await TellAsync(ledger, events);
        return value;
    }

    /// <summary>What follows a commit. Nothing here can undo it, so nothing here may fail it.</summary>
    public async Task TellAsync(LedgerTransaction ledger, IReadOnlyList<EventBatch> events)
    {
        outbox.Set();
        foreach (var lane in ledger.Queues.Lanes.Concat(ledger.Wake).Distinct())
        {
            dispatch.Set(lane);
        }

        try
        {
            var database = redis.GetDatabase();
            foreach (var (tenantId, pipelineId, epoch) in ledger.Epochs)
            {
                await database.StringSetAsync(Epochs.Key(tenantId, pipelineId), epoch, EpochLife);
            }
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            logger.RedisAway(exception.Message);
        }

        await announcer.AnnounceAsync(events, CancellationToken.None);
    }
}
