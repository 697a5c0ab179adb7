namespace PipelineService.Progress;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Warning, "The feed waits for the database: {Reason}")]
    public static partial void FeedWaits(this ILogger logger, string reason);

    [LoggerMessage(LogLevel.Error, "The feed could not be read; its readers have to come back")]
    public static partial void FeedFailed(this ILogger logger, Exception exception);

    [LoggerMessage(LogLevel.Warning, "Wake-ups cannot be subscribed to; the feed looks at the database instead: {Reason}")]
    public static partial void SubscriptionWaits(this ILogger logger, string reason);

    [LoggerMessage(LogLevel.Information, "Deleted events of pipelines that finished long ago")]
    public static partial void EventsSwept(this ILogger logger);
}
