using Microsoft.Extensions.Logging;

namespace ServiceDefaults.MassTransitEf;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Warning, "The outbox waits: {Reason}")]
    public static partial void OutboxWaits(this ILogger logger, string reason);

    [LoggerMessage(LogLevel.Warning, "Outbox message {Id} ({Type}) could not be sent and stays: {Reason}")]
    public static partial void OutboxKeeps(this ILogger logger, long id, string type, string reason);
}
