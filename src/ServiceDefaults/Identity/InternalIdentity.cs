using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ServiceDefaults.Identity;

/// <summary>Authenticates calls by <see cref="InternalToken"/>. The key is <c>Internal:SigningKey</c>; without it no call is authenticated.</summary>
public static class InternalIdentity
{
    public const string Scheme = "Internal";

    public static void AddInternalIdentity(this WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (builder.Configuration["Internal:SigningKey"] is { Length: > 0 } key)
        {
            builder.Services.AddSingleton(services => new InternalToken(key, services.GetRequiredService<TimeProvider>()));
        }

        builder.Services.AddAuthentication(Scheme).AddScheme<AuthenticationSchemeOptions, Handler>(Scheme, null);
        builder.Services.AddAuthorization();
    }

    private sealed class Handler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, IServiceProvider services)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
        {
            const string prefix = "Bearer ";
            if (Request.Headers.Authorization.ToString() is not { } header || !header.StartsWith(prefix, StringComparison.Ordinal)
                || services.GetService<InternalToken>() is not { } tokens)
            {
                return AuthenticateResult.NoResult();
            }

            return await tokens.ValidateAsync(header[prefix.Length..]) is { } identity
                ? AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(new ClaimsIdentity(identity.Claims, InternalIdentity.Scheme)), InternalIdentity.Scheme))
                : AuthenticateResult.Fail("The internal token is not valid.");
        }
    }
}
