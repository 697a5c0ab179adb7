using Microsoft.AspNetCore.Authorization;
using ServiceDefaults.Identity;

namespace Gateway.Identity;

/// <summary>The policy of everything behind the door.</summary>
internal sealed class ScopeRequirement : AuthorizationHandler<ScopeRequirement>, IAuthorizationRequirement
{
    public const string Policy = "scope";

    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, ScopeRequirement requirement)
    {
        if (context.Resource is HttpContext http && Caller.From(context.User) is { } caller)
        {
            var needed = http.GetEndpoint()?.Metadata.GetMetadata<NeedsScope>()?.Scope ?? Scopes.For(http);
            if (caller.Scopes.Contains(needed))
            {
                context.Succeed(requirement);
            }
        }

        return Task.CompletedTask;
    }
}
