using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Providers.Keys;
using ServiceDefaults.Identity;
using ServiceDefaults.Problems;

namespace Jobs;

/// <summary>Has a key tried where the keys are: in a service that calls its vendor. Asked by PipelineService.</summary>
public static class KeyChecksApi
{
    public static void MapKeyChecks(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/internal/providers/{name}/check", CheckAsync).RequireAuthorization().ExcludeFromDescription();

    private static async Task<Results<Ok<KeyCheck>, ProblemHttpResult>> CheckAsync(
        string name, Caller caller, IEnumerable<IKeyCheck> checks, WorkspaceKeys keys, CancellationToken cancellationToken)
    {
        if (checks.FirstOrDefault(check => string.Equals(check.Provider, name, StringComparison.OrdinalIgnoreCase)) is not { } check)
        {
            return Problem.NotFound("provider with a key");
        }

        // Somebody may just have entered it.
        await keys.RefreshAsync(cancellationToken);
        return TypedResults.Ok(await check.CheckAsync(caller.TenantId, cancellationToken));
    }
}
