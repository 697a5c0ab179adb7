using System.Globalization;
using System.Reflection;
using System.Security.Claims;
using Microsoft.AspNetCore.Http;

namespace ServiceDefaults.Identity;

/// <summary>Who is calling, as the gateway vouched for it. An endpoint takes it as a parameter.</summary>
/// <param name="UserId">Null for a call with an API key.</param>
/// <param name="KeyId">Null for a call from the web app.</param>
public sealed record Caller(long TenantId, long? UserId, long? KeyId, IReadOnlyList<string> Scopes)
{
    /// <summary>What others in the workspace call who is calling: a person's name, or that of the key. Null where it is not known.</summary>
    public string? Name { get; init; }

    public static ValueTask<Caller?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        ArgumentNullException.ThrowIfNull(context);
        return ValueTask.FromResult<Caller?>(From(context.User) ?? throw new BadHttpRequestException("Sign in first.", StatusCodes.Status401Unauthorized));
    }

    public static Caller? From(ClaimsPrincipal user)
    {
        ArgumentNullException.ThrowIfNull(user);
        return Number(user, InternalToken.TenantClaim) is { } tenant
            ? new Caller(tenant, Number(user, InternalToken.UserClaim), Number(user, InternalToken.KeyClaim), (user.FindFirstValue(InternalToken.ScopesClaim) ?? string.Empty).Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                Name = user.FindFirstValue(InternalToken.NameClaim),
            }
            : null;
    }

    private static long? Number(ClaimsPrincipal user, string claim) =>
        long.TryParse(user.FindFirstValue(claim), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;
}
