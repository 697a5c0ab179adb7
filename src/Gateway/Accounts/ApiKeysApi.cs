using System.Globalization;
using System.Linq.Expressions;
using Gateway.Identity;
using Gateway.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using ServiceDefaults.Identity;
using ServiceDefaults.OpenApi;
using ServiceDefaults.Problems;

namespace Gateway.Accounts;

internal static class ApiKeysApi
{
    private const int MaxLimit = 200;
    private const int DefaultLimit = 50;

    private static readonly Expression<Func<ApiKey, ApiKeyView>> ToView =
        key => new ApiKeyView(key.Id, key.Name, key.Prefix, key.Scopes, key.CreatedAt, key.LastUsedAt, key.RevokedAt);

    public static void MapApiKeys(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api-keys").WithTags("API keys")
            .RequireAuthorization(ScopeRequirement.Policy).WithMetadata(new NeedsScope(Scopes.Admin));

        group.MapGet("/", List).WithName("list_api_keys").WithProblems(422);
        group.MapGet("/{id:long}", Get).WithName("get_api_key");
        group.MapPost("/", Create).WithName("create_api_key").WithProblems(409)
            .WithExample(new CreateApiKey("Night runs", [Scopes.Read, Scopes.Run]))
            .WithExample(201, new CreatedApiKey(3, "Night runs", "pk_x7Qv0aLm", [Scopes.Read, Scopes.Run], DateTimeOffset.UnixEpoch, "pk_x7Qv0aLm…"));
        group.MapDelete("/{id:long}", Revoke).WithName("revoke_api_key");
    }

    public static string PrefixOf(string key) => key[..Math.Min(11, key.Length / 2)];

    /// <summary>Lists the workspace's API keys, newest first, revoked ones included.</summary>
    private static async Task<Results<Ok<ApiKeyPage>, ProblemHttpResult>> List(
        Caller caller, GatewayDbContext db, int? limit, string? cursor, CancellationToken cancellationToken)
    {
        var errors = new ProblemErrors();
        var take = limit ?? DefaultLimit;
        if (take is < 1 or > MaxLimit)
        {
            errors.Add("/limit", $"Accepted: 1 to {MaxLimit}.");
        }

        var before = long.MaxValue;
        if (cursor is not null && !long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out before))
        {
            errors.Add("/cursor", "Give the next_cursor of the page before.");
        }

        if (errors.Any)
        {
            return Problem.Validation(errors.ToDictionary());
        }

        var keys = await db.ApiKeys.AsNoTracking()
            .Where(key => key.TenantId == caller.TenantId && key.Id < before)
            .OrderByDescending(key => key.Id)
            .Take(take + 1)
            .Select(ToView)
            .ToListAsync(cancellationToken);
        var more = keys.Count > take;
        return TypedResults.Ok(new ApiKeyPage([.. keys.Take(take)], more ? keys[take - 1].Id.ToString(CultureInfo.InvariantCulture) : null));
    }

    /// <summary>Gets one API key, without its secret.</summary>
    private static async Task<Results<Ok<ApiKeyView>, ProblemHttpResult>> Get(long id, Caller caller, GatewayDbContext db, CancellationToken cancellationToken) =>
        await db.ApiKeys.AsNoTracking().Where(key => key.TenantId == caller.TenantId && key.Id == id).Select(ToView).SingleOrDefaultAsync(cancellationToken) is { } key
            ? TypedResults.Ok(key)
            : Problem.NotFound("API key");

    /// <summary>Makes an API key. The answer is the only place where the key itself is shown.</summary>
    private static async Task<Results<Created<CreatedApiKey>, ProblemHttpResult>> Create(
        CreateApiKey request, Caller caller, HttpResponse response, GatewayDbContext db, IOptions<ApiKeyOptions> options, TimeProvider time, ILogger<ApiKey> logger, CancellationToken cancellationToken)
    {
        var errors = request.Validate(caller.Scopes);
        if (errors.Any)
        {
            return Problem.Validation(errors.ToDictionary());
        }

        if (await db.ApiKeys.CountAsync(row => row.TenantId == caller.TenantId && row.RevokedAt == null, cancellationToken) >= options.Value.MaxPerWorkspace)
        {
            return Problem.Conflict($"The workspace has {options.Value.MaxPerWorkspace} keys, the most it may have. Revoke one first.", "too-many-keys");
        }

        var secret = Credential.Make("pk_");
        var key = new ApiKey
        {
            TenantId = caller.TenantId,
            Name = request.Name!.Trim(),
            Prefix = PrefixOf(secret),
            Hash = Credential.HashOf(secret),
            Scopes = [.. Scopes.All.Intersect(request.Scopes!)],
            CreatedAt = time.GetUtcNow(),
        };
        db.ApiKeys.Add(key);
        await db.SaveChangesAsync(cancellationToken);
        logger.KeyCreated(caller.TenantId, key.Id);
        response.Headers.CacheControl = "no-store";
        return TypedResults.Created($"/api-keys/{key.Id}", new CreatedApiKey(key.Id, key.Name, key.Prefix, key.Scopes, key.CreatedAt, secret));
    }

    /// <summary>Revokes an API key at once, and signs out who is signed in with it. Twice is once.</summary>
    private static async Task<Results<NoContent, ProblemHttpResult>> Revoke(
        long id, Caller caller, GatewayDbContext db, KnownCallers callers, TimeProvider time, ILogger<ApiKey> logger, CancellationToken cancellationToken)
    {
        var key = await db.ApiKeys.SingleOrDefaultAsync(row => row.TenantId == caller.TenantId && row.Id == id, cancellationToken);
        if (key is null)
        {
            return Problem.NotFound("API key");
        }

        if (key.RevokedAt is null)
        {
            key.RevokedAt = time.GetUtcNow();
            await db.SaveChangesAsync(cancellationToken);
            logger.KeyRevoked(caller.TenantId, id);
        }

        callers.Forget(known => known.Caller.KeyId == id);
        return TypedResults.NoContent();
    }
}
