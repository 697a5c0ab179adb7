using Microsoft.Extensions.Logging;

namespace ServiceDefaults.Messaging;

internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "RabbitMQ has stopped answering on {Lines} connections that look open; they are made again ({Why}).")]
    public static partial void LineCut(this ILogger logger, int lines, string why);

    [LoggerMessage(Level = LogLevel.Critical, Message = "RabbitMQ answers others, and this process's bus has been ill for {For}; the process ends, to be started anew.")]
    public static partial void BusGivenUp(this ILogger logger, TimeSpan @for);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The consumer of {Queue} was not told that its connection to RabbitMQ is gone; it begins anew.")]
    public static partial void ConsumerNotTold(this ILogger logger, string queue);
}
