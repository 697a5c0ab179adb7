using System.ComponentModel.DataAnnotations;
using Gateway.Identity;
using Gateway.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using ServiceDefaults.Identity;
using ServiceDefaults.OpenApi;
using ServiceDefaults.Problems;

namespace Gateway.Accounts;

/// <summary>Signing in with an API key.</summary>
/// <param name="ApiKey">A key that is not revoked.</param>
internal sealed record SignIn([property: Required] string? ApiKey);

/// <summary>Who is signed in.</summary>
/// <param name="DemoAvailable">Whether `POST /session/demo` works here.</param>
/// <param name="User">Null when nobody is signed in, or somebody with a key.</param>
internal sealed record SessionView(bool SignedIn, bool DemoAvailable, SessionUser? User, SessionWorkspace? Workspace);

internal sealed record SessionUser(long Id, string Name);

internal sealed record SessionWorkspace(long Id, string Name);

internal static class SessionApi
{
    public static void MapSession(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/session").WithTags("Session").AllowAnonymous();
        var example = new SessionView(true, true, new SessionUser(1, "Demo"), new SessionWorkspace(1, "Demo"));

        group.MapGet("/", Get).WithName("get_session").WithExample(200, example);
        group.MapPost("/", SignInWithKey).WithName("sign_in").WithProblems(401, 403).WithExample(new SignIn("pk_…")).WithExample(200, example with { User = null });
        group.MapPost("/demo", SignInToDemo).WithName("sign_in_to_demo").WithProblems(403, 404).WithExample(200, example);
        group.MapDelete("/", SignOut).WithName("sign_out").WithProblems(403);
    }

    /// <summary>Tells who is signed in. It always answers 200.</summary>
    private static async Task<Ok<SessionView>> Get(HttpContext context, GatewayDbContext db, DemoWorkspace demo, CancellationToken cancellationToken)
    {
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(await ViewAsync(Caller.From(context.User), db, demo, cancellationToken));
    }

    /// <summary>Signs the browser in with an API key. The session has the key's scopes and ends when it is revoked.</summary>
    private static async Task<Results<Ok<SessionView>, ProblemHttpResult>> SignInWithKey(
        SignIn request, HttpContext context, GatewayDbContext db, Sessions sessions, DemoWorkspace demo, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(request.ApiKey))
        {
            return Problem.Validation("/api_key", "Give an API key, such as pk_….");
        }

        var hash = Credential.HashOf(request.ApiKey.Trim());
        var key = await db.ApiKeys.AsNoTracking().SingleOrDefaultAsync(row => row.Hash == hash && row.RevokedAt == null, cancellationToken);
        if (key is null)
        {
            return Problem.Other(401, "unauthenticated", "The key is not valid.", "It is unknown or was revoked.");
        }

        await sessions.OpenAsync(context, key.TenantId, null, key.Id, cancellationToken);
        return TypedResults.Ok(await ViewAsync(new Caller(key.TenantId, null, key.Id, key.Scopes), db, demo, cancellationToken));
    }

    /// <summary>Signs the browser in to the demo workspace. Only where there is one.</summary>
    private static async Task<Results<Ok<SessionView>, ProblemHttpResult>> SignInToDemo(
        HttpContext context, GatewayDbContext db, Sessions sessions, DemoWorkspace demo, CancellationToken cancellationToken)
    {
        var user = !demo.IsAvailable
            ? null
            : await db.Users.AsNoTracking()
                .Where(row => db.Workspaces.Any(workspace => workspace.Id == row.TenantId && workspace.Slug == DemoWorkspace.Slug))
                .OrderBy(row => row.Id)
                .FirstOrDefaultAsync(cancellationToken);
        if (user is null)
        {
            return Problem.NotFound("demo workspace");
        }

        await sessions.OpenAsync(context, user.TenantId, user.Id, null, cancellationToken);
        return TypedResults.Ok(await ViewAsync(new Caller(user.TenantId, user.Id, null, Scopes.All), db, demo, cancellationToken));
    }

    /// <summary>Signs the browser out. Twice is once.</summary>
    private static async Task<NoContent> SignOut(HttpContext context, Sessions sessions, CancellationToken cancellationToken)
    {
        await sessions.CloseAsync(context, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<SessionView> ViewAsync(Caller? caller, GatewayDbContext db, DemoWorkspace demo, CancellationToken cancellationToken)
    {
        if (caller is null)
        {
            return new SessionView(false, demo.IsAvailable, null, null);
        }

        var workspace = await db.Workspaces.Where(row => row.Id == caller.TenantId).Select(row => new SessionWorkspace(row.Id, row.Name)).SingleAsync(cancellationToken);
        var user = await db.Users.Where(row => row.TenantId == caller.TenantId && row.Id == caller.UserId).Select(row => new SessionUser(row.Id, row.Name)).SingleOrDefaultAsync(cancellationToken);
        return new SessionView(true, demo.IsAvailable, user, workspace);
    }
}
