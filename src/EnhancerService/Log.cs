namespace EnhancerService;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Warning, "The cache of enhanced prompts cannot be used: {Reason}")]
    public static partial void CacheAway(this ILogger logger, string reason);

    [LoggerMessage(LogLevel.Error, "Provider {Provider} broke")]
    public static partial void ProviderBroke(this ILogger logger, Exception exception, string provider);
}
