using Contracts.Generation;

namespace EnhancerService;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Warning, "The cache of enhanced prompts cannot be used: {Reason}")]
    public static partial void CacheAway(this ILogger logger, string reason);

    [LoggerMessage(LogLevel.Error, "Provider {Provider} broke")]
    public static partial void ProviderBroke(this ILogger logger, Exception exception, string provider);

    [LoggerMessage(LogLevel.Warning, "Item {ItemId} attempt {Attempt} failed: {Kind}, {Reason}")]
    public static partial void ItemFailed(this ILogger logger, long itemId, int attempt, FailureKind kind, string reason);

    [LoggerMessage(LogLevel.Error, "Item {ItemId} attempt {Attempt} broke")]
    public static partial void ItemBroke(this ILogger logger, Exception exception, long itemId, int attempt);
}
