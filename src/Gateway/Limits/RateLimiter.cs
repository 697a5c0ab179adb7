using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Gateway.Limits;

/// <summary>Counts in Redis; while that is away or slow, here, with the same sizes.</summary>
internal sealed class RateLimiter(RedisBuckets shared, LocalBuckets local, IOptions<RateLimitOptions> options, TimeProvider time, ILogger<RateLimiter> logger)
{
    private long _pausedUntil;

    public async Task<Verdict> TakeAsync(string name, Quota quota, CancellationToken cancellationToken)
    {
        if (shared.IsConnected && time.GetUtcNow().UtcTicks >= Interlocked.Read(ref _pausedUntil))
        {
            try
            {
                return await shared.TakeAsync(name, quota).WaitAsync(options.Value.RedisTimeout, time, cancellationToken);
            }
            catch (Exception exception) when (exception is RedisException or TimeoutException)
            {
                Interlocked.Exchange(ref _pausedUntil, (time.GetUtcNow() + options.Value.RedisPause).UtcTicks);
                logger.CountingLocally(exception.Message);
            }
        }

        return local.Take($"{quota.Name}:{name}", quota);
    }
}
