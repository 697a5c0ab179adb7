using System.Collections.Concurrent;

namespace Gateway.Limits;

/// <summary>Buckets of this process alone, for when Redis is away.</summary>
internal sealed class LocalBuckets(TimeProvider time)
{
    private const int Most = 50_000;
    private readonly ConcurrentDictionary<string, Bucket> _buckets = new(StringComparer.Ordinal);

    public Verdict Take(string name, Quota quota)
    {
        // Forgetting a bucket fills it; it takes this many callers at once to gain that.
        if (_buckets.Count > Most)
        {
            _buckets.Clear();
        }

        var bucket = _buckets.GetOrAdd(name, static (_, start) => new Bucket(start.Burst, start.Now), (quota.Burst, Now: time.GetTimestamp()));
        lock (bucket)
        {
            var now = time.GetTimestamp();
            var verdict = TokenBucket.Take(quota, bucket.Tokens, time.GetElapsedTime(bucket.At, now));
            bucket.Tokens = verdict.Tokens;
            bucket.At = now;
            return verdict;
        }
    }

    private sealed class Bucket(double tokens, long at)
    {
        public double Tokens { get; set; } = tokens;

        public long At { get; set; } = at;
    }
}
