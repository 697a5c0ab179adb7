using System.Threading.Channels;

namespace PipelineService.Progress;

/// <summary>
/// What waits for one reader, bounded in events and bytes. When it is full it takes nothing more until the reader has come to the end of it; the
/// reader finds a mark there, and reads what was left out from the database.
/// </summary>
internal sealed class FeedQueue(int mostEvents, int mostBytes)
{
    private readonly Channel<FeedBatch> _batches = Channel.CreateUnbounded<FeedBatch>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Lock _lock = new();
    private int _events;
    private int _bytes;
    private bool _over;

    /// <summary>Never blocks. An empty queue takes a batch of any size.</summary>
    public void Add(FeedBatch batch)
    {
        lock (_lock)
        {
            if (_over)
            {
                return;
            }

            _over = _events > 0 && (_events + batch.Events.Count > mostEvents || _bytes + batch.Bytes > mostBytes);
            if (!_over)
            {
                _events += batch.Events.Count;
                _bytes += batch.Bytes;
            }

            _batches.Writer.TryWrite(_over ? FeedBatch.Overrun : batch);
        }
    }

    /// <summary>Wakes a reader that waits, without an event.</summary>
    public void Beat() => _batches.Writer.TryWrite(FeedBatch.Beat);

    /// <summary>Nothing comes any more, and what waits is dropped.</summary>
    public void End()
    {
        _batches.Writer.TryComplete();
        while (_batches.Reader.TryRead(out _))
        {
        }
    }

    /// <summary>False when nothing comes any more.</summary>
    public ValueTask<bool> WaitAsync() => _batches.Reader.WaitToReadAsync(CancellationToken.None);

    /// <summary>Takes the next batch, and more of them as long as all fit into one frame. A mark comes alone.</summary>
    public void Take(List<FeedBatch> batches, int frameEvents, int frameBytes)
    {
        batches.Clear();
        lock (_lock)
        {
            var (events, bytes) = (0, 0);
            while (_batches.Reader.TryPeek(out var next))
            {
                events += next.Events.Count;
                bytes += next.Bytes;
                if (batches.Count > 0 && (next.Events.Count == 0 || events > frameEvents || bytes > frameBytes))
                {
                    return;
                }

                _batches.Reader.TryRead(out _);
                _events -= next.Events.Count;
                _bytes -= next.Bytes;
                batches.Add(next);
                if (next.Events.Count == 0)
                {
                    _over &= !ReferenceEquals(next, FeedBatch.Overrun);
                    return;
                }
            }
        }
    }
}
