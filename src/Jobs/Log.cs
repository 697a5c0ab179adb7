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

    [LoggerMessage(LogLevel.Error, "Item {ItemId} attempt {Attempt} broke before it was sent to a provider")]
    public static partial void ItemBroke(this ILogger logger, Exception exception, long itemId, int attempt);

    [LoggerMessage(LogLevel.Error, "The result of item {ItemId} attempt {Attempt} cannot be written with its job; it is only sent")]
    public static partial void ResultUnrecorded(this ILogger logger, Exception exception, long itemId, int attempt);

    [LoggerMessage(LogLevel.Error, "What was made for item {ItemId} attempt {Attempt} cannot be stored")]
    public static partial void CannotStore(this ILogger logger, Exception exception, long itemId, int attempt);

    [LoggerMessage(LogLevel.Warning, "Jobs wait for the database: {Reason}")]
    public static partial void DatabaseAway(this ILogger logger, string reason);

    [LoggerMessage(LogLevel.Warning, "Results wait for the broker: {Reason}")]
    public static partial void ResultsWait(this ILogger logger, string reason);

    [LoggerMessage(LogLevel.Warning, "Background work {Name} failed and goes on: {Reason}")]
    public static partial void BackgroundFailed(this ILogger logger, string name, string reason);

    [LoggerMessage(LogLevel.Warning, "Redis cannot be reached; a cancel is noticed by the ledger only: {Reason}")]
    public static partial void EpochUnknown(this ILogger logger, string reason);
}
