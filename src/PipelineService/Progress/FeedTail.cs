using System.Data.Common;
using System.Threading.Channels;

namespace PipelineService.Progress;

/// <summary>
/// Reads the end of one feed as it grows, once for all of its readers in this process, and hands it to their queues. A queue that is full loses
/// its oldest events: its reader sees the gap in the numbers and reads it from the database.
/// </summary>
internal sealed class FeedTail(FeedKey key, long position, FeedStore store, ProgressOptions options, ILogger logger) : IDisposable
{
    private readonly CancellationTokenSource _ended = new();
    private readonly Lock _lock = new();
    private readonly List<Channel<FeedEvent>> _queues = [];
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private CancellationToken _untilEnd;
    private long _position = position;

    public FeedKey Key => key;

    /// <summary>How many readers there are; changed under the lock of the hub.</summary>
    public int Readers { get; set; }

    public Channel<FeedEvent> AddQueue()
    {
        var queue = Channel.CreateBounded<FeedEvent>(new BoundedChannelOptions(options.ReaderQueue) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
        lock (_lock)
        {
            _queues.Add(queue);
        }

        return queue;
    }

    public void RemoveQueue(Channel<FeedEvent> queue)
    {
        lock (_lock)
        {
            _queues.Remove(queue);
        }
    }

    /// <param name="number">The newest event somebody has heard of.</param>
    public void Wake(long number)
    {
        if (number > Volatile.Read(ref _position))
        {
            _wake.Writer.TryWrite(true);
        }
    }

    public void Start()
    {
        _untilEnd = _ended.Token;
        // something may have come between asking for the position and getting here
        _wake.Writer.TryWrite(true);
        _ = Task.Run(RunAsync);
    }

    public void Dispose()
    {
        _ended.Cancel();
        _ended.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            while (await _wake.Reader.ReadAsync(_untilEnd))
            {
                await ReadOnAsync(_untilEnd);
            }
        }
        catch (OperationCanceledException)
        {
            // the last reader has left
        }
        catch (Exception exception)
        {
            // readers must not wait for what will never come: their streams end, and their clients come back
            lock (_lock)
            {
                _queues.ForEach(queue => queue.Writer.TryComplete(exception));
            }
        }
    }

    private async Task ReadOnAsync(CancellationToken cancellationToken)
    {
        try
        {
            IReadOnlyList<FeedEvent> page;
            do
            {
                page = await store.ReadAsync(key, _position, options.BatchSize, cancellationToken);
                Hand(page);
            }
            while (page.Count == options.BatchSize);
        }
        catch (Exception exception) when (exception is DbException or TimeoutException or InvalidOperationException { InnerException: DbException })
        {
            // the hub looks again soon and wakes us
            logger.FeedWaits(exception.Message);
        }
    }

    private void Hand(IReadOnlyList<FeedEvent> page)
    {
        if (page.Count == 0)
        {
            return;
        }

        lock (_lock)
        {
            foreach (var queue in _queues)
            {
                foreach (var progress in page)
                {
                    queue.Writer.TryWrite(progress);
                }
            }
        }

        Volatile.Write(ref _position, page[^1].Number);
    }
}
