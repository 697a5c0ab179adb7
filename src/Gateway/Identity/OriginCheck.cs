using Gateway.Accounts;
using Microsoft.Extensions.Options;
using ServiceDefaults.Problems;

namespace Gateway.Identity;

/// <summary>
/// A cookie goes along with whatever page makes the browser call, so calls with the cookie that change something, and WebSockets, must
/// come from a page of this origin.
/// </summary>
internal static class OriginCheck
{
    public static void UseOriginCheck(this WebApplication app)
    {
        var allowed = app.Services.GetRequiredService<IOptions<SignInOptions>>().Value.AllowedOrigins;
        app.Use(async (context, next) =>
        {
            if (IsRefused(context, allowed))
            {
                context.Response.StatusCode = 403;
                await context.RequestServices.GetRequiredService<IProblemDetailsService>().WriteAsync(new ProblemDetailsContext
                {
                    HttpContext = context,
                    ProblemDetails = Problem.Details(403, "origin", "Not from this page.", "With the session cookie, this call must come from a page of this address (header Origin). Programs use an API key."),
                });
                return;
            }

            await next(context);
        });
    }

    private static bool IsRefused(HttpContext context, IReadOnlyCollection<string> allowed)
    {
        if (Scopes.IsSafe(context) && !Scopes.IsWebSocket(context))
        {
            return false;
        }

        var origin = context.Request.Headers.Origin.ToString();
        var withCookie = context.Features.Get<Identification>() is { Credential.Kind: CredentialKind.Session };

        // Signing in comes before there is a cookie; a page elsewhere must not sign people in either. Programs send no Origin.
        var signingIn = origin.Length > 0 && context.Features.Get<Identification>() is not { Credential: not null };
        return (withCookie || signingIn) && !IsSame(context.Request, origin) && !allowed.Contains(origin, StringComparer.OrdinalIgnoreCase);
    }

    private static bool IsSame(HttpRequest request, string origin) =>
        string.Equals(origin, $"{request.Scheme}://{request.Host.Value}", StringComparison.OrdinalIgnoreCase);
}
