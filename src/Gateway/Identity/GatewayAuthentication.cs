using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using ServiceDefaults.Identity;
using ServiceDefaults.Problems;

namespace Gateway.Identity;

/// <summary>Turns what was found out at the door into the caller's claims, and words the refusals.</summary>
internal sealed class GatewayAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, IProblemDetailsService problems)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "Gateway";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(Context.Features.Get<Identification>() switch
    {
        { Caller: { } known } => AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(ToClaims(known.Caller)), SchemeName)),
        { Credential: not null } => AuthenticateResult.Fail("The credential is not valid."),
        _ => AuthenticateResult.NoResult(),
    });

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var bad = Context.Features.Get<Identification>() is { Credential: not null };
        Response.Headers.WWWAuthenticate = bad ? "Bearer realm=\"pipeline\", error=\"invalid_token\"" : "Bearer realm=\"pipeline\"";
        return WriteAsync(bad
            ? Problem.Details(401, "unauthenticated", "The key or session is not valid.", "It is unknown, has expired or was revoked. Send an API key as 'Authorization: Bearer <key>', or sign in on the page.")
            : Problem.Details(401, "unauthenticated", "Sign in first.", "Send an API key as 'Authorization: Bearer <key>', or sign in on the page."));
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        var needed = Context.GetEndpoint()?.Metadata.GetMetadata<NeedsScope>()?.Scope ?? Scopes.For(Context);
        var has = Caller.From(Context.User)?.Scopes ?? [];
        return WriteAsync(Problem.Details(403, "forbidden", "Not allowed.", $"This call needs the scope '{needed}'; the key has {string.Join(", ", has)}."));
    }

    private async Task WriteAsync(ProblemDetails details)
    {
        Response.StatusCode = details.Status!.Value;
        await problems.WriteAsync(new ProblemDetailsContext { HttpContext = Context, ProblemDetails = details });
    }

    private static ClaimsIdentity ToClaims(Caller caller)
    {
        var identity = new ClaimsIdentity(SchemeName);
        identity.AddClaim(new Claim(InternalToken.TenantClaim, caller.TenantId.ToString()));
        identity.AddClaim(new Claim(InternalToken.ScopesClaim, string.Join(' ', caller.Scopes)));
        if (caller.UserId is { } user)
        {
            identity.AddClaim(new Claim(InternalToken.UserClaim, user.ToString()));
        }

        if (caller.KeyId is { } key)
        {
            identity.AddClaim(new Claim(InternalToken.KeyClaim, key.ToString()));
        }

        if (caller.Name is { } name)
        {
            identity.AddClaim(new Claim(InternalToken.NameClaim, name));
        }

        return identity;
    }
}
