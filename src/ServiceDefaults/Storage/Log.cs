using Microsoft.Extensions.Logging;

namespace ServiceDefaults.Storage;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Warning, "Waiting for PostgreSQL to migrate schema {Schema}: {Reason}")]
    public static partial void WaitingForDatabase(this ILogger logger, string schema, string reason);

    [LoggerMessage(LogLevel.Information, "Schema {Schema} is up to date")]
    public static partial void Migrated(this ILogger logger, string schema);
}
