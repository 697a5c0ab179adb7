using System.Collections.Concurrent;

namespace Gateway.Limits;

/// <summary>How many sockets and event streams each caller holds open on this gateway.</summary>
internal sealed class OpenStreams
{
    private readonly ConcurrentDictionary<string, int> _open = new(StringComparer.Ordinal);

    public bool TryEnter(string bucket, int most)
    {
        if (_open.AddOrUpdate(bucket, 1, static (_, count) => count + 1) <= most)
        {
            return true;
        }

        Leave(bucket);
        return false;
    }

    public void Leave(string bucket)
    {
        // Removed only at 0, and only if nobody entered meanwhile.
        _open.AddOrUpdate(bucket, 0, static (_, count) => count - 1);
        _open.TryRemove(new KeyValuePair<string, int>(bucket, 0));
    }
}
