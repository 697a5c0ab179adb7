namespace Gateway.Limits;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Warning, "Redis does not answer; this gateway counts requests for itself: {Reason}")]
    public static partial void CountingLocally(this ILogger logger, string reason);
}
