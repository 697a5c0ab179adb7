using System.Security.Cryptography;
using System.Text;

namespace Sandbox.Fal;

/// <summary>Who may ask, and where this is.</summary>
internal static class FalAccess
{
    public static IResult Refusal { get; } = Results.Json(new { detail = "Invalid or missing credentials" }, statusCode: StatusCodes.Status401Unauthorized);

    public static bool Allows(HttpContext context, SandboxOptions options) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(context.Request.Headers.Authorization.ToString()), Encoding.UTF8.GetBytes("Key " + options.Key));

    /// <summary>The address it was asked at, with a slash at its end.</summary>
    public static Uri Here(HttpContext context) => new($"{context.Request.Scheme}://{context.Request.Host}/");
}
