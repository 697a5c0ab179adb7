namespace PipelineService.Progress;

/// <summary>
/// A connection that reads a feed, as the watch sees it: when it was last heard of, and since when a frame has been on its way to it.
/// </summary>
/// <param name="beats">Whether silence is to be filled; the framework pings WebSockets by itself.</param>
/// <param name="sayWhy">Whether a client that is too slow is first given time to take the frame and a word of goodbye.</param>
internal sealed class OpenStream(FeedQueue queue, bool beats, bool sayWhy, Action abort, TimeProvider time)
{
    private long _heard = time.GetTimestamp();
    private long _sending;
    private long _ending;

    /// <summary>True when a frame took too long: nothing more is sent, and the client is to come back.</summary>
    public bool TooSlow { get; private set; }

    /// <summary>A frame is on its way until the result is disposed.</summary>
    public Send Sending()
    {
        Volatile.Write(ref _sending, time.GetTimestamp());
        return new Send(this);
    }

    /// <summary>The client has left, or we stop.</summary>
    public void End()
    {
        Volatile.Write(ref _ending, time.GetTimestamp());
        queue.End();
    }

    /// <summary>Looks whether it is time for something.</summary>
    public void Look(TimeSpan heartbeat, TimeSpan patience, TimeSpan goodbye)
    {
        var (sending, ending) = (Volatile.Read(ref _sending), Volatile.Read(ref _ending));
        if (sending == 0)
        {
            if (beats && time.GetElapsedTime(Volatile.Read(ref _heard)) >= heartbeat)
            {
                queue.Beat();
            }

            return;
        }

        var takes = time.GetElapsedTime(sending);
        if (takes > patience && !TooSlow)
        {
            TooSlow = true;
            queue.End();
        }

        if (takes > (sayWhy ? 2 * patience : patience) || (ending != 0 && time.GetElapsedTime(Math.Max(sending, ending)) > goodbye))
        {
            abort();
        }
    }

    public readonly struct Send(OpenStream stream) : IDisposable
    {
        public void Dispose()
        {
            Volatile.Write(ref stream._heard, stream.Now);
            Volatile.Write(ref stream._sending, 0);
        }
    }

    private long Now => time.GetTimestamp();
}
