using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;

namespace Gateway.Identity;

internal static class IdentityRegistration
{
    public static void AddCallers(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<CredentialOptions>().BindConfiguration("Credentials").ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<KnownCallers>();
        builder.Services.AddAuthentication(GatewayAuthentication.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, GatewayAuthentication>(GatewayAuthentication.SchemeName, null);
        builder.Services.AddAuthorizationBuilder()
            .AddPolicy(ScopeRequirement.Policy, policy => policy.RequireAuthenticatedUser().AddRequirements(new ScopeRequirement()));
    }
}
