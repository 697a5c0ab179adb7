namespace PipelineService.Idempotency;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Warning, "The answer to {Route} could not be kept for its key: {Reason}")]
    public static partial void AnswerNotKept(this ILogger logger, string route, string reason);

    [LoggerMessage(LogLevel.Information, "Deleted {Count} idempotency keys whose time is over")]
    public static partial void KeysSwept(this ILogger logger, int count);

    [LoggerMessage(LogLevel.Warning, "Old idempotency keys stay until the database is back: {Reason}")]
    public static partial void SweepWaits(this ILogger logger, string reason);
}
