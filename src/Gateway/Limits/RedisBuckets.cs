using System.Globalization;
using StackExchange.Redis;

namespace Gateway.Limits;

/// <summary>Buckets shared by all gateways: one script, one round trip, on Redis' own clock.</summary>
internal sealed class RedisBuckets(IConnectionMultiplexer redis)
{
    private const string Script = """
        local per_second, burst = tonumber(ARGV[1]), tonumber(ARGV[2])
        local time = redis.call('TIME')
        local now = tonumber(time[1]) + tonumber(time[2]) / 1000000
        local bucket = redis.call('HMGET', KEYS[1], 'tokens', 'at')
        local tokens, at = tonumber(bucket[1]) or burst, tonumber(bucket[2]) or now
        tokens = math.min(burst, tokens + math.max(0, now - at) * per_second)
        local allowed = 0
        if tokens >= 1 then
            tokens, allowed = tokens - 1, 1
        end
        redis.call('HSET', KEYS[1], 'tokens', string.format('%.6f', tokens), 'at', string.format('%.6f', now))
        redis.call('EXPIRE', KEYS[1], math.ceil(burst / per_second) + 1)
        return { allowed, string.format('%.6f', tokens) }
        """;

    public bool IsConnected => redis.IsConnected;

    public async Task<Verdict> TakeAsync(string name, Quota quota)
    {
        var answer = (RedisResult[])(await redis.GetDatabase().ScriptEvaluateAsync(
            Script, [$"gateway:rate:{quota.Name}:{name}"], [quota.PerSecond, quota.Burst]))!;
        return new Verdict(quota, (int)answer[0] == 1, double.Parse((string)answer[1]!, CultureInfo.InvariantCulture));
    }
}
