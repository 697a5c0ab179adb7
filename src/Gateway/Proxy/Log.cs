using Yarp.ReverseProxy.Forwarder;

namespace Gateway.Proxy;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Warning, "A request could not be passed on to {Service}: {Error} {Reason}")]
    public static partial void NotForwarded(this ILogger logger, string service, ForwarderError error, string reason);

    [LoggerMessage(LogLevel.Error, "{Service} does not accept the internal token: Internal:SigningKey must be the same in every service, and their clocks must agree")]
    public static partial void Distrusted(this ILogger logger, string service);
}
