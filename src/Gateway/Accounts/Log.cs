namespace Gateway.Accounts;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Information, "Made the demo workspace {TenantId}")]
    public static partial void DemoCreated(this ILogger logger, long tenantId);

    [LoggerMessage(LogLevel.Information, "Workspace {TenantId}: made API key {KeyId}")]
    public static partial void KeyCreated(this ILogger logger, long tenantId, long keyId);

    [LoggerMessage(LogLevel.Information, "Workspace {TenantId}: revoked API key {KeyId}")]
    public static partial void KeyRevoked(this ILogger logger, long tenantId, long keyId);

    [LoggerMessage(LogLevel.Information, "Workspace {TenantId}: signed in, session {SessionId}")]
    public static partial void SignedIn(this ILogger logger, long tenantId, long sessionId);
}
