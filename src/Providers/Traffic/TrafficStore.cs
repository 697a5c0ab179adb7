using System.Text.Json;
using StackExchange.Redis;

namespace Providers.Traffic;

/// <summary>
/// What is known of routes, in Redis: one hash, a field a route that is not quiet. So the whole is read with one command, and an ordinary day's
/// is empty. Rules run in the process that reports; the write is refused when somebody else wrote meanwhile, and the rules run again.
/// </summary>
public sealed class TrafficStore(IConnectionMultiplexer redis, TrafficOptions options, TimeProvider time)
{
    private const string Hash = "traffic:routes";
    private const int MostTries = 20;

    private const string Swap =
        """
        if (redis.call('hget', KEYS[1], ARGV[1]) or '') ~= ARGV[2] then return 0 end
        if ARGV[3] == '' then redis.call('hdel', KEYS[1], ARGV[1]) return 1 end
        redis.call('hset', KEYS[1], ARGV[1], ARGV[3])
        if redis.call('pttl', KEYS[1]) < tonumber(ARGV[4]) then redis.call('pexpire', KEYS[1], ARGV[4]) end
        return 1
        """;

    private const string Probe =
        """
        local count = redis.call('incr', KEYS[1])
        if count == 1 then redis.call('pexpire', KEYS[1], ARGV[1]) end
        return count
        """;

    private const string Return = "if tonumber(redis.call('get', KEYS[1]) or '0') > 0 then redis.call('decr', KEYS[1]) end";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingDefault };

    /// <summary>All that is known.</summary>
    /// <exception cref="RedisException">It cannot be reached.</exception>
    public async Task<Dictionary<RouteKey, RouteState>> ReadAsync()
    {
        var now = time.GetUtcNow();
        var states = new Dictionary<RouteKey, RouteState>();
        foreach (var entry in await redis.GetDatabase().HashGetAllAsync(Hash))
        {
            if (Read(entry.Value) is { } state && state.ExpiresAt > now)
            {
                states[RouteKey.Parse(entry.Name!)] = state;
            }
        }

        return states;
    }

    /// <summary>Adds a report to what is known and returns what is known then; null when that is nothing.</summary>
    /// <exception cref="RedisException">It cannot be reached.</exception>
    /// <exception cref="TimeoutException">Others write all the time.</exception>
    public async Task<RouteState?> ReportAsync(RouteKey route, RouteReport report)
    {
        var database = redis.GetDatabase();
        for (var attempt = 0; attempt < MostTries; attempt++)
        {
            string stored = await database.HashGetAsync(Hash, route.Name);
            var now = time.GetUtcNow();
            var next = TrafficRules.After(Read(stored), report, options.LimitOf(route), options, now);
            var text = next is null ? string.Empty : JsonSerializer.Serialize(next, Json);
            if (text == (stored ?? string.Empty))
            {
                return next;
            }

            var life = next is null ? 0 : (long)(next.ExpiresAt - now).TotalMilliseconds;
            if ((int)await database.ScriptEvaluateAsync(Swap, [Hash], [route.Name, stored ?? string.Empty, text, life]) == 1)
            {
                return next;
            }
        }

        throw new TimeoutException($"What is known of {route} changes faster than it can be written.");
    }

    /// <summary>Takes one of the few tries of an open breaker; false when others have them.</summary>
    /// <exception cref="RedisException">It cannot be reached.</exception>
    public async Task<bool> TryProbeAsync(RouteKey route, BreakerTry tried)
    {
        var key = ProbeKey(route, tried);
        var count = (int)await redis.GetDatabase().ScriptEvaluateAsync(Probe, [key], [(long)options.ProbeLife.TotalMilliseconds]);
        if (count <= options.BreakerProbes)
        {
            return true;
        }

        await ReturnProbeAsync(route, tried);
        return false;
    }

    /// <summary>Gives back a try that was not made.</summary>
    /// <exception cref="RedisException">It cannot be reached.</exception>
    public Task ReturnProbeAsync(RouteKey route, BreakerTry tried) => redis.GetDatabase().ScriptEvaluateAsync(Return, [ProbeKey(route, tried)]);

    /// <summary>A try is still under way.</summary>
    /// <exception cref="RedisException">It cannot be reached.</exception>
    public Task KeepProbeAsync(RouteKey route, BreakerTry tried) => redis.GetDatabase().KeyExpireAsync(ProbeKey(route, tried), options.ProbeLife);

    private static RedisKey ProbeKey(RouteKey route, BreakerTry tried) => $"traffic:probe:{route.Name}:{tried.Opening}:{tried.At}";

    // What another version wrote counts as nothing.
    private static RouteState? Read(string? text)
    {
        try
        {
            return string.IsNullOrEmpty(text) ? null : JsonSerializer.Deserialize<RouteState>(text, Json);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
