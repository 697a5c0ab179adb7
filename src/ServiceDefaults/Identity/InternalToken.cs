using System.Security.Claims;
using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace ServiceDefaults.Identity;

/// <summary>
/// The short-lived token by which the gateway tells the services who is calling: JWT, HS256, audience <c>internal</c>,
/// claims tenant, user, key, caller (a name), scopes. Valid for 60 seconds; a socket is checked when it connects.
/// </summary>
public sealed class InternalToken
{
    public const string TenantClaim = "tenant";
    public const string UserClaim = "user";
    public const string KeyClaim = "key";
    public const string NameClaim = "caller";
    public const string ScopesClaim = "scopes";

    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(60);

    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false };
    private readonly SigningCredentials _signing;
    private readonly TokenValidationParameters _validation;
    private readonly TimeProvider _time;

    /// <param name="signingKey">At least 32 characters, the same in every service.</param>
    public InternalToken(string signingKey, TimeProvider time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(signingKey?.Length ?? 0, 32, nameof(signingKey));
        _time = time;
        var key = new SymmetricSecurityKey(Encoding.UTF8.GetBytes(signingKey!));
        _signing = new SigningCredentials(key, SecurityAlgorithms.HmacSha256);
        _validation = new TokenValidationParameters
        {
            IssuerSigningKey = key,
            ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
            ValidAudience = "internal",
            ValidIssuer = "gateway",
            LifetimeValidator = (notBefore, expires, _, _) => expires > time.GetUtcNow().UtcDateTime && notBefore <= time.GetUtcNow().UtcDateTime.AddSeconds(5),
        };
    }

    public string Issue(Caller caller)
    {
        ArgumentNullException.ThrowIfNull(caller);
        var now = _time.GetUtcNow().UtcDateTime;
        var claims = new Dictionary<string, object> { [TenantClaim] = caller.TenantId.ToString(), [ScopesClaim] = string.Join(' ', caller.Scopes) };
        if (caller.UserId is { } user)
        {
            claims[UserClaim] = user.ToString();
        }

        if (caller.KeyId is { } key)
        {
            claims[KeyClaim] = key.ToString();
        }

        if (caller.Name is { } name)
        {
            claims[NameClaim] = name;
        }

        return _handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = "gateway",
            Audience = "internal",
            IssuedAt = now,
            NotBefore = now,
            Expires = now + Lifetime,
            SigningCredentials = _signing,
            Claims = claims,
        });
    }

    /// <summary>The identity inside a valid token, or null.</summary>
    public async Task<ClaimsIdentity?> ValidateAsync(string token)
    {
        var result = await _handler.ValidateTokenAsync(token, _validation);
        return result.IsValid ? result.ClaimsIdentity : null;
    }
}
