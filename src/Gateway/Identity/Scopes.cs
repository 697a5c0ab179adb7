using Microsoft.AspNetCore.Http.Features;

namespace Gateway.Identity;

/// <summary>What a key may do. Scopes do not contain each other.</summary>
internal static class Scopes
{
    /// <summary>GET and HEAD.</summary>
    public const string Read = "read";

    /// <summary>Everything that changes or starts something.</summary>
    public const string Run = "run";

    /// <summary>API keys, and keys of vendors.</summary>
    public const string Admin = "admin";

    public static readonly IReadOnlyList<string> All = [Read, Run, Admin];

    /// <summary>The scope that a request needs. A WebSocket over HTTP/2 comes as CONNECT and only reads.</summary>
    public static string For(HttpContext context) => IsSafe(context) ? Read : IsVendorKey(context.Request.Path) ? Admin : Run;

    /// <summary><c>/providers/{name}/key</c>: whoever sets one decides who is billed.</summary>
    private static bool IsVendorKey(PathString path) =>
        path.StartsWithSegments("/providers", StringComparison.OrdinalIgnoreCase, out var rest) && rest.Value?.TrimEnd('/').EndsWith("/key", StringComparison.OrdinalIgnoreCase) == true;

    public static bool IsSafe(HttpContext context) =>
        HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method) || HttpMethods.IsOptions(context.Request.Method) || IsWebSocket(context);

    public static bool IsWebSocket(HttpContext context) =>
        string.Equals(context.Request.Headers.Upgrade, "websocket", StringComparison.OrdinalIgnoreCase)
        || context.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true, Protocol: "websocket" };
}
