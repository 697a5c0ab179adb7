using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Providers;
using ServiceDefaults;
using StackExchange.Redis;

namespace EnhancerService;

/// <param name="SimilarTo">The prompt that it was written for, where that was nearly the one asked about.</param>
internal sealed record CachedPrompts(IReadOnlyList<WrittenPrompt> Prompts, string? SimilarTo = null);

/// <summary>Answers to prompts by everything they depend on, a tenant's own only. Lives in Redis and may vanish with it.</summary>
internal sealed class EnhancementCache(IConnectionMultiplexer redis, IOptions<EnhancerOptions> options, ILogger<EnhancementCache> logger)
{
    private readonly EnhancerOptions _options = options.Value;

    /// <summary>The answer to the same question; to one whose prompt is nearly the same, where that will do; else null.</summary>
    public async Task<CachedPrompts?> FindAsync(IProvider provider, EnhancerRequest request)
    {
        try
        {
            return await ReadAsync(Key(provider, request)) is { } same ? new CachedPrompts(same)
                : request.Similar ? await FindSimilarAsync(provider, request)
                : null;
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException or JsonException)
        {
            logger.CacheAway(exception.Message);
            return null;
        }
    }

    public async Task KeepAsync(IProvider provider, EnhancerRequest request, IReadOnlyList<WrittenPrompt> prompts)
    {
        try
        {
            var (database, list) = (redis.GetDatabase(), ListKey(provider, request));
            await database.StringSetAsync(Key(provider, request), JsonSerializer.Serialize(prompts, PipelineJson.Options), _options.CacheFor);
            await database.ListLeftPushAsync(list, request.Prompt);
            await database.ListTrimAsync(list, 0, _options.SimilarAmong - 1);
            await database.KeyExpireAsync(list, _options.CacheFor);
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            logger.CacheAway(exception.Message);
        }
    }

    private async Task<CachedPrompts?> FindSimilarAsync(IProvider provider, EnhancerRequest request)
    {
        var asked = await redis.GetDatabase().ListRangeAsync(ListKey(provider, request));
        var nearest = SimilarPrompts.Nearest(request.Prompt, asked.Select(prompt => (string)prompt!).Distinct(), prompt => prompt, _options.SimilarFrom);
        return nearest is not null && await ReadAsync(Key(provider, request with { Prompt = nearest })) is { } prompts ? new CachedPrompts(prompts, nearest) : null;
    }

    private async Task<WrittenPrompt[]?> ReadAsync(string key)
    {
        var found = await redis.GetDatabase().StringGetAsync(key);
        return found.HasValue ? JsonSerializer.Deserialize<WrittenPrompt[]>((string)found!, PipelineJson.Options) : null;
    }

    /// <summary>Of the prompts that were asked about in the same way, the newest first.</summary>
    private static string ListKey(IProvider provider, EnhancerRequest request) => Key(provider, request with { Prompt = string.Empty }) + ":prompts";

    private static string Key(IProvider provider, EnhancerRequest request)
    {
        var parts = JsonSerializer.Serialize(
            new
            {
                provider.Name, provider.Edition, request.Prompt, request.Count, request.TargetType, request.TargetModel, request.MaxChars, request.StyleHints, request.ThemeFocus, request.Seed,
                Image = request.Image?.Sha256,
            },
            PipelineJson.Options);
        return $"t:{request.TenantId}:enhance:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(parts)))}";
    }
}
