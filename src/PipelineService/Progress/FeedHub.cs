using System.Threading.Channels;
using Microsoft.Extensions.Options;

namespace PipelineService.Progress;

/// <summary>The feeds that somebody reads in this process, and which of them have something new.</summary>
internal sealed class FeedHub(IOptions<ProgressOptions> options)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<FeedKey, FeedTail> _tails = [];
    private readonly Queue<FeedTail> _due = [];
    private readonly Channel<bool> _any = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public IReadOnlyList<FeedKey> Watched
    {
        get
        {
            lock (_lock)
            {
                return [.. _tails.Keys];
            }
        }
    }

    /// <summary>Follows a feed from now on: every event behind <paramref name="newest"/>, which was read before, reaches the queue or leaves a mark in it.</summary>
    public FeedSubscription Follow(FeedKey key, long newest)
    {
        lock (_lock)
        {
            if (!_tails.TryGetValue(key, out var tail))
            {
                _tails[key] = tail = new FeedTail(key, newest, options.Value);
                // something may have come between asking for the newest and getting here
                SetDue(tail);
            }

            tail.Readers++;
            var (queue, from) = tail.AddQueue();
            return new FeedSubscription(this, tail, queue, from);
        }
    }

    public void Leave(FeedTail tail, FeedQueue queue)
    {
        lock (_lock)
        {
            tail.RemoveQueue(queue);
            if (--tail.Readers == 0)
            {
                _tails.Remove(tail.Key);
            }
        }
    }

    /// <param name="number">The newest event somebody has heard of.</param>
    public void Wake(FeedKey key, long number)
    {
        lock (_lock)
        {
            if (_tails.TryGetValue(key, out var tail) && number > tail.Position)
            {
                SetDue(tail);
            }
        }
    }

    /// <summary>There is more to read than fitted.</summary>
    public void WakeAgain(FeedTail tail)
    {
        lock (_lock)
        {
            SetDue(tail);
        }
    }

    /// <summary>Feeds that have something new, those that wait longest first; waits until there is one.</summary>
    public async Task<IReadOnlyList<FeedTail>> DueAsync(int most, CancellationToken cancellationToken)
    {
        var due = new List<FeedTail>();
        while (due.Count == 0)
        {
            await _any.Reader.ReadAsync(cancellationToken);
            lock (_lock)
            {
                while (due.Count < most && _due.TryDequeue(out var tail))
                {
                    tail.IsDue = false;
                    if (tail.Readers > 0)
                    {
                        due.Add(tail);
                    }
                }

                if (_due.Count > 0)
                {
                    _any.Writer.TryWrite(true);
                }
            }
        }

        return due;
    }

    private void SetDue(FeedTail tail)
    {
        if (!tail.IsDue)
        {
            tail.IsDue = true;
            _due.Enqueue(tail);
            _any.Writer.TryWrite(true);
        }
    }
}

/// <summary>One reader's place at a feed; disposed when the reader leaves.</summary>
/// <param name="from">Everything behind this number reaches the queue.</param>
internal sealed class FeedSubscription(FeedHub hub, FeedTail tail, FeedQueue queue, long from) : IDisposable
{
    public FeedKey Key => tail.Key;

    public FeedQueue Queue => queue;

    public long From => from;

    public FeedBatch Join(IReadOnlyList<FeedBatch> batches) => tail.Join(batches);

    public void Dispose() => hub.Leave(tail, queue);
}
