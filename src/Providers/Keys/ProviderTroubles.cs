using System.Collections.Concurrent;
using System.Text.Json;
using Contracts.Generation;
using Microsoft.Extensions.Logging;
using ServiceDefaults;
using ServiceDefaults.Storage;
using StackExchange.Redis;

namespace Providers.Keys;

/// <summary>What a provider last failed a workspace with.</summary>
/// <param name="Code">As an item's error.</param>
/// <param name="Message">Ours; nothing that a vendor wrote.</param>
public sealed record ProviderTrouble(string Code, string Message, DateTimeOffset At);

/// <summary>Remembers, for each workspace and provider, the last failure that was the provider's or the account's and not the request's. Lives in Redis, for a week, and may vanish with it.</summary>
public sealed class ProviderTroubles(IConnectionMultiplexer redis, TimeProvider time, ILogger<ProviderTroubles> logger)
{
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Life = TimeSpan.FromDays(7);

    private readonly ConcurrentDictionary<(long TenantId, string Provider), DateTimeOffset> _told = new();

    /// <summary>Does not wait for it to be kept. Of many within a second one is enough.</summary>
    public void Tell(long tenantId, string provider, ItemFailure failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        ArgumentNullException.ThrowIfNull(provider);
        var (key, now) = ((tenantId, provider.ToLowerInvariant()), time.GetUtcNow());
        if (!IsProviders(failure.Kind) || ProviderNames.IsSimulated(provider) || (_told.TryGetValue(key, out var told) && now - told < Least))
        {
            return;
        }

        _told[key] = now;
        _ = KeepAsync(key, new ProviderTrouble(SnakeCase.Word(failure.Kind), failure.Message, now));
    }

    /// <summary>By provider; empty when nothing is known.</summary>
    public async Task<IReadOnlyDictionary<string, ProviderTrouble>> OfAsync(long tenantId)
    {
        var troubles = new Dictionary<string, ProviderTrouble>();
        try
        {
            foreach (var entry in await redis.GetDatabase().HashGetAllAsync(Key(tenantId)))
            {
                if (JsonSerializer.Deserialize<ProviderTrouble>((string)entry.Value!, PipelineJson.Options) is { } trouble)
                {
                    troubles[entry.Name!] = trouble;
                }
            }
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException or JsonException)
        {
            logger.TroubleNotKept(exception.Message);
        }

        return troubles;
    }

    private async Task KeepAsync((long TenantId, string Provider) key, ProviderTrouble trouble)
    {
        try
        {
            var database = redis.GetDatabase();
            await database.HashSetAsync(Key(key.TenantId), key.Provider, JsonSerializer.Serialize(trouble, PipelineJson.Options));
            await database.KeyExpireAsync(Key(key.TenantId), Life);
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            logger.TroubleNotKept(exception.Message);
        }
    }

    private static bool IsProviders(FailureKind kind) => kind is FailureKind.Unauthorized or FailureKind.RateLimited or FailureKind.TimedOut
        or FailureKind.ProviderDown or FailureKind.BadResponse or FailureKind.OutcomeUnknown;

    private static RedisKey Key(long tenantId) => $"t:{tenantId}:provider-troubles";
}
