using Microsoft.Extensions.Logging;

namespace Providers.Keys;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Warning, "Whether workspaces' keys have changed cannot be seen: {Reason}")]
    public static partial void KeysUnknown(this ILogger logger, string reason);

    [LoggerMessage(LogLevel.Debug, "What providers failed with last is not kept: {Reason}")]
    public static partial void TroubleNotKept(this ILogger logger, string reason);
}
