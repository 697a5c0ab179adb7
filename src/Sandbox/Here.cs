using System.Security.Cryptography;
using System.Text;

namespace Sandbox;

/// <summary>Where this is, and who may ask.</summary>
internal static class Here
{
    /// <summary>The address it was asked at, with a slash at its end.</summary>
    public static Uri Of(HttpContext context) => new($"{context.Request.Scheme}://{context.Request.Host}/");

    /// <summary>Whether the authorization header is this one.</summary>
    public static bool Allows(HttpContext context, string authorization) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(context.Request.Headers.Authorization.ToString()), Encoding.UTF8.GetBytes(authorization));
}
