using Microsoft.Extensions.Logging;

namespace Jobs;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Warning, "This process cannot say that it is alive; others may take over its jobs: {Reason}")]
    public static partial void NotAlive(this ILogger logger, string reason);

    [LoggerMessage(LogLevel.Information, "Item {ItemId} attempt {Attempt}: taken over from a process that is gone")]
    public static partial void TakenOver(this ILogger logger, long itemId, int attempt);

    [LoggerMessage(LogLevel.Warning, "Item {ItemId} attempt {Attempt} failed: {Kind}, {Reason}")]
    public static partial void ItemFailed(this ILogger logger, long itemId, int attempt, string kind, string reason);

    [LoggerMessage(LogLevel.Error, "Provider {Provider} broke on item {ItemId}")]
    public static partial void ProviderBroke(this ILogger logger, Exception exception, string provider, long itemId);

    [LoggerMessage(LogLevel.Warning, "Results wait for the broker: {Reason}")]
    public static partial void ResultsWait(this ILogger logger, string reason);

    [LoggerMessage(LogLevel.Warning, "Background work {Name} failed and goes on: {Reason}")]
    public static partial void BackgroundFailed(this ILogger logger, string name, string reason);

    [LoggerMessage(LogLevel.Warning, "Redis cannot be reached; a cancel is noticed by the ledger only: {Reason}")]
    public static partial void EpochUnknown(this ILogger logger, string reason);
}
