using Microsoft.Extensions.Logging;

namespace Providers.Traffic;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Warning, "Redis cannot be reached; providers are asked within the set limits only: {Reason}")]
    public static partial void TrafficUnknown(this ILogger logger, string reason);

    [LoggerMessage(LogLevel.Information, "How providers stand is known again")]
    public static partial void TrafficKnown(this ILogger logger);

    [LoggerMessage(LogLevel.Warning, "{Route} counts as down and is left alone until {Until:u}")]
    public static partial void BreakerOpened(this ILogger logger, RouteKey route, DateTimeOffset until);

    [LoggerMessage(LogLevel.Information, "{Route} answers again")]
    public static partial void BreakerClosed(this ILogger logger, RouteKey route);
}
