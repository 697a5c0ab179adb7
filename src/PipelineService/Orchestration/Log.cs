namespace PipelineService.Orchestration;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Warning, "Redis cannot be reached; workers learn of a cancel or pause by the ledger only: {Reason}")]
    public static partial void RedisAway(this ILogger logger, string reason);

    [LoggerMessage(LogLevel.Debug, "Sent {Count} items in lane {Lane}; window {Window}")]
    public static partial void Dispatched(this ILogger logger, int count, string lane, int window);

    [LoggerMessage(LogLevel.Warning, "Lane {Lane} waits: {Reason}")]
    public static partial void LaneWaits(this ILogger logger, string lane, string reason);

    [LoggerMessage(LogLevel.Information, "This process dispatches lane {Lane}")]
    public static partial void LaneTaken(this ILogger logger, string lane);

    [LoggerMessage(LogLevel.Warning, "{Count} leases ran out; their items are sent again")]
    public static partial void LeasesRanOut(this ILogger logger, int count);

    [LoggerMessage(LogLevel.Error, "A batch of {Count} results failed and is taken one by one")]
    public static partial void BatchFailed(this ILogger logger, Exception exception, int count);

    [LoggerMessage(LogLevel.Warning, "Background work {Name} failed and goes on: {Reason}")]
    public static partial void BackgroundFailed(this ILogger logger, string name, string reason);

    [LoggerMessage(LogLevel.Information, "Pipeline {PipelineId} paused: its next items would pass the {Budget}")]
    public static partial void PausedForBudget(this ILogger logger, long pipelineId, string budget);
}
