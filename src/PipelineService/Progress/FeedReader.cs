using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;

namespace PipelineService.Progress;

/// <summary>One reader's view of a feed: what came since, then what comes, in order, nothing twice and nothing left out but what was overtaken.</summary>
internal sealed class FeedReader(FeedStore store, IOptions<ProgressOptions> options, TimeProvider time, ILogger<FeedReader> logger) : IDisposable
{
    private readonly ProgressOptions _options = options.Value;
    // readers that come back all at once must not take the database from those who write
    private readonly SemaphoreSlim _reads = new(options.Value.CatchUpReads);

    /// <param name="after">Only events behind this number.</param>
    /// <returns>Batches until the subscription's queue ends; one without events is a heartbeat.</returns>
    public async IAsyncEnumerable<FeedBatch> ReadAsync(FeedSubscription subscription, long after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var cursor = after;
        var behind = after < subscription.From;
        var waiting = new List<FeedBatch>(1);
        while (true)
        {
            // 1. what the database knows and the queue does not
            while (behind)
            {
                var page = await ReadPageAsync(subscription.Key, cursor, cancellationToken);
                behind = page.Count == _options.BatchSize;
                foreach (var batch in FeedBatch.Cut(cursor, page, _options.FrameBytes))
                {
                    cursor = batch.Last;
                    yield return batch;
                }
            }

            // 2. what comes, until the queue has run over
            if (!await subscription.Queue.WaitAsync())
            {
                yield break;
            }

            subscription.Queue.Take(waiting, _options.BatchSize, _options.FrameBytes);
            if (waiting is [{ Events.Count: 0 } mark])
            {
                behind = ReferenceEquals(mark, FeedBatch.Overrun);
                if (!behind)
                {
                    yield return mark;
                }

                continue;
            }

            var next = Next(subscription, waiting, cursor);
            if (next is not null)
            {
                cursor = next.Last;
                yield return next;
            }
        }
    }

    public void Dispose() => _reads.Dispose();

    private static FeedBatch? Next(FeedSubscription subscription, List<FeedBatch> waiting, long cursor)
    {
        waiting.RemoveAll(batch => batch.Last <= cursor);
        if (waiting.Count == 0)
        {
            return null;
        }

        if (waiting[0].After < cursor)
        {
            waiting[0] = waiting[0].Behind(cursor);
        }

        return waiting.Count == 1 ? waiting[0] : subscription.Join(waiting);
    }

    private async Task<IReadOnlyList<FeedEvent>> ReadPageAsync(FeedKey key, long after, CancellationToken cancellationToken)
    {
        while (true)
        {
            await _reads.WaitAsync(cancellationToken);
            try
            {
                return await store.ReadAsync(key, after, _options.BatchSize, cancellationToken);
            }
            catch (Exception exception) when (FeedStore.IsAway(exception))
            {
                logger.FeedWaits(exception.Message);
            }
            finally
            {
                _reads.Release();
            }

            await Task.Delay(_options.LookEvery, time, cancellationToken);
        }
    }
}
