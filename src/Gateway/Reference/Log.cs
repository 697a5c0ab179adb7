namespace Gateway.Reference;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Warning, "{Service} did not give its OpenAPI document: {Reason}")]
    public static partial void NoDocument(this ILogger logger, string service, string reason);
}
