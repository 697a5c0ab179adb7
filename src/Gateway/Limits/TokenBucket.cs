namespace Gateway.Limits;

/// <summary>The arithmetic of a token bucket; <see cref="RedisBuckets"/> has the same in Lua.</summary>
internal static class TokenBucket
{
    /// <param name="tokens">In the bucket at the last request.</param>
    /// <param name="elapsed">Since then.</param>
    public static Verdict Take(Quota quota, double tokens, TimeSpan elapsed)
    {
        var filled = Math.Min(quota.Burst, tokens + (Math.Max(0, elapsed.TotalSeconds) * quota.PerSecond));
        return filled >= 1 ? new Verdict(quota, true, filled - 1) : new Verdict(quota, false, filled);
    }
}
