using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;

namespace PipelineService.Progress;

/// <summary>
/// One reader's view of a feed: what came since, then what comes, in order, nothing twice and nothing left out. Numbers in a feed have no gaps but
/// where something was deleted, so a gap in the live queue means that the database knows more.
/// </summary>
internal sealed class FeedReader(FeedHub hub, FeedStore store, IOptions<ProgressOptions> options, TimeProvider time, ILogger<FeedReader> logger)
{
    private readonly ProgressOptions _options = options.Value;

    /// <param name="newest">Newest number at the time the reader came.</param>
    /// <param name="after">Only events behind this number.</param>
    /// <returns>Batches without end; an empty one is a heartbeat.</returns>
    public async IAsyncEnumerable<IReadOnlyList<FeedEvent>> ReadAsync(
        FeedKey key, long newest, long after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // 1. be heard of by the tail, so that nothing passes between reading the backlog and going live
        using var subscription = hub.Follow(key, newest);
        var cursor = after;
        var behind = true;
        while (true)
        {
            // 2. what the database knows and the reader does not
            while (behind)
            {
                var page = await ReadPageAsync(key, cursor, cancellationToken);
                behind = page.Count == _options.BatchSize;
                if (page.Count > 0)
                {
                    cursor = page[^1].Number;
                    yield return page;
                }
            }

            // 3. what comes, until the queue has run over
            if (!await IsAnyAsync(subscription, cancellationToken))
            {
                yield return [];
                continue;
            }

            var batch = Take(subscription, ref cursor, out behind);
            if (batch.Count > 0)
            {
                yield return batch;
            }
        }
    }

    private List<FeedEvent> Take(FeedSubscription subscription, ref long cursor, out bool behind)
    {
        var batch = new List<FeedEvent>();
        while (batch.Count < _options.BatchSize && subscription.Live.TryRead(out var progress))
        {
            if (progress.Number > cursor + 1)
            {
                behind = true;
                return batch;
            }

            if (progress.Number == cursor + 1)
            {
                batch.Add(progress);
                cursor++;
            }
        }

        behind = false;
        return batch;
    }

    /// <summary>False when nothing came for the time of a heartbeat.</summary>
    private async Task<bool> IsAnyAsync(FeedSubscription subscription, CancellationToken cancellationToken)
    {
        using var heartbeat = new CancellationTokenSource(_options.HeartbeatEvery, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, heartbeat.Token);
        try
        {
            return await subscription.Live.WaitToReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private async Task<IReadOnlyList<FeedEvent>> ReadPageAsync(FeedKey key, long after, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await store.ReadAsync(key, after, _options.BatchSize, cancellationToken);
            }
            catch (Exception exception) when (exception is DbException or TimeoutException or InvalidOperationException { InnerException: DbException })
            {
                logger.FeedWaits(exception.Message);
                await Task.Delay(_options.LookEvery, time, cancellationToken);
            }
        }
    }
}
