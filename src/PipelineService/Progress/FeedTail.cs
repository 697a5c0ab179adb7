namespace PipelineService.Progress;

/// <summary>The end of one feed as it grows: how far it was read, and whose queues get what comes.</summary>
internal sealed class FeedTail(FeedKey key, long position, ProgressOptions options)
{
    private readonly Lock _lock = new();
    private readonly List<FeedQueue> _queues = [];
    private long _position = position;
    private FeedBatch? _joined;

    public FeedKey Key => key;

    /// <summary>Number of the last event that was handed out.</summary>
    public long Position => Volatile.Read(ref _position);

    /// <summary>How many readers there are; changed under the lock of the hub.</summary>
    public int Readers { get; set; }

    /// <summary>Whether it waits to be read; changed under the lock of the hub.</summary>
    public bool IsDue { get; set; }

    /// <returns>The queue, and the number behind which everything reaches it.</returns>
    public (FeedQueue Queue, long From) AddQueue()
    {
        var queue = new FeedQueue(options.ReaderQueue, options.ReaderQueueBytes);
        lock (_lock)
        {
            _queues.Add(queue);
            return (queue, _position);
        }
    }

    public void RemoveQueue(FeedQueue queue)
    {
        lock (_lock)
        {
            _queues.Remove(queue);
        }
    }

    /// <param name="page">What came behind the position.</param>
    public void Hand(IReadOnlyList<FeedEvent> page)
    {
        foreach (var batch in FeedBatch.Cut(Position, page, options.FrameBytes))
        {
            lock (_lock)
            {
                _position = batch.Last;
                foreach (var queue in _queues)
                {
                    queue.Add(batch);
                }
            }
        }
    }

    /// <summary>Readers must not wait for what will never come: their streams end, and their clients come back.</summary>
    public void Fail()
    {
        lock (_lock)
        {
            _queues.ForEach(queue => queue.End());
        }
    }

    /// <summary>One batch of several; readers that are behind are often behind by the same.</summary>
    public FeedBatch Join(IReadOnlyList<FeedBatch> batches)
    {
        var joined = Volatile.Read(ref _joined);
        if (joined is null || joined.After != batches[0].After || joined.Last != batches[^1].Last)
        {
            Volatile.Write(ref _joined, joined = FeedBatch.Join(batches));
        }

        return joined;
    }
}
