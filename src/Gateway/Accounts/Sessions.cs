using Gateway.Identity;
using Gateway.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using ServiceDefaults.OpenApi;

namespace Gateway.Accounts;

/// <summary>Opens and closes sessions, row and cookie together.</summary>
internal sealed class Sessions(GatewayDbContext db, KnownCallers callers, IOptions<SignInOptions> options, TimeProvider time, ILogger<Sessions> logger)
{
    /// <summary>A session that this browser had before ends.</summary>
    public async Task OpenAsync(HttpContext context, long tenantId, long? userId, long? apiKeyId, CancellationToken cancellationToken)
    {
        await CloseRowAsync(context, cancellationToken);

        var now = time.GetUtcNow();
        await db.Sessions.Where(row => row.TenantId == tenantId && row.ExpiresAt < now).ExecuteDeleteAsync(cancellationToken);
        var token = Credential.Make(string.Empty);
        var session = new Session
        {
            TenantId = tenantId,
            UserId = userId,
            ApiKeyId = apiKeyId,
            TokenHash = Credential.HashOf(token),
            CreatedAt = now,
            ExpiresAt = now + options.Value.Lifetime,
        };
        db.Sessions.Add(session);
        await db.SaveChangesAsync(cancellationToken);
        context.Response.Cookies.Append(SecuritySchemes.SessionCookie, token, Cookie(context, options.Value.Lifetime));
        context.Response.Headers.CacheControl = "no-store";
        logger.SignedIn(tenantId, session.Id);
    }

    public async Task CloseAsync(HttpContext context, CancellationToken cancellationToken)
    {
        await CloseRowAsync(context, cancellationToken);
        context.Response.Cookies.Delete(SecuritySchemes.SessionCookie, Cookie(context, null));
    }

    private async Task CloseRowAsync(HttpContext context, CancellationToken cancellationToken)
    {
        if (context.Request.Cookies[SecuritySchemes.SessionCookie] is { Length: > 0 } token)
        {
            var hash = Credential.HashOf(token);
            var ids = await db.Sessions.Where(row => row.TokenHash == hash).Select(row => row.Id).ToListAsync(cancellationToken);
            await db.Sessions.Where(row => row.TokenHash == hash).ExecuteDeleteAsync(cancellationToken);
            callers.Forget(known => known.SessionId is { } id && ids.Contains(id));
        }
    }

    private static CookieOptions Cookie(HttpContext context, TimeSpan? maxAge) =>
        new() { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = context.Request.IsHttps, Path = "/", MaxAge = maxAge, IsEssential = true };
}
