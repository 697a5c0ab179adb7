using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Providers;
using ServiceDefaults;
using StackExchange.Redis;

namespace EnhancerService;

/// <summary>Answers of the prompt box by everything they depend on, a tenant's own only. Lives in Redis and may vanish with it.</summary>
internal sealed class EnhancementCache(IConnectionMultiplexer redis, IOptions<EnhancerOptions> options, ILogger<EnhancementCache> logger)
{
    public async Task<IReadOnlyList<WrittenPrompt>?> FindAsync(IProvider provider, EnhancerRequest request)
    {
        try
        {
            var found = await redis.GetDatabase().StringGetAsync(Key(provider, request));
            return found.HasValue ? JsonSerializer.Deserialize<WrittenPrompt[]>((string)found!, PipelineJson.Options) : null;
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
            await redis.GetDatabase().StringSetAsync(Key(provider, request), JsonSerializer.Serialize(prompts, PipelineJson.Options), options.Value.CacheFor);
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            logger.CacheAway(exception.Message);
        }
    }

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
