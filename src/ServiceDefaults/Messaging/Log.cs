using Microsoft.Extensions.Logging;

namespace ServiceDefaults.Messaging;

internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "RabbitMQ has stopped answering on {Lines} connections that look open; they are made again ({Why}).")]
    public static partial void LineCut(this ILogger logger, int lines, string why);
}
