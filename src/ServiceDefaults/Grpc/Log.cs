using Microsoft.Extensions.Logging;

namespace ServiceDefaults.Grpc;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Error, "gRPC {Path} ended with {Code}")]
    public static partial void CallFailed(this ILogger logger, string path, StatusCode code, Exception exception);
}
