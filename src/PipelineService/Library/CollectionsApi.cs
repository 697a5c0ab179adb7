using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;
using PipelineService.Assets;
using PipelineService.Storage;
using ServiceDefaults.Identity;
using ServiceDefaults.OpenApi;
using ServiceDefaults.Problems;

namespace PipelineService.Library;

/// <summary><c>/collections</c>. What lies in them is listed by <c>/assets?collection_id=</c> and changed by <c>PUT /assets</c>.</summary>
internal static class CollectionsApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/collections").WithTags("Assets").RequireAuthorization();
        group.MapGet("/", ListAsync).WithName("list_collections").WithExample(200, LibraryExamples.Collections);
        group.MapPost("/", CreateAsync).WithName("create_collection").WithExample(LibraryExamples.NewCollection).WithExample(201, LibraryExamples.Collection).WithProblems(409, 422);
        group.MapPut("/{id:long}", RenameAsync).WithName("rename_collection").WithExample(LibraryExamples.NewCollection).WithExample(200, LibraryExamples.Collection).WithProblems(409, 422);
        group.MapDelete("/{id:long}", DeleteAsync).WithName("delete_collection");
    }

    /// <summary>All collections, by name.</summary>
    internal static async Task<Ok<CollectionList>> ListAsync(Caller caller, PipelineDbContext db, CancellationToken cancellationToken) =>
        TypedResults.Ok(new CollectionList(await ViewsAsync(db, db.Collections.Where(row => row.TenantId == caller.TenantId), cancellationToken)));

    /// <summary>Makes an empty collection.</summary>
    internal static async Task<Results<Created<CollectionView>, ProblemHttpResult>> CreateAsync(
        CollectionRequest body, Caller caller, PipelineDbContext db, IOptions<AssetsOptions> options, TimeProvider time, CancellationToken cancellationToken)
    {
        if (Error(body, options.Value) is { } error)
        {
            return error;
        }

        if (await db.Collections.CountAsync(row => row.TenantId == caller.TenantId, cancellationToken) >= options.Value.MaxCollections)
        {
            return Problem.Conflict($"There are {options.Value.MaxCollections:N0} collections, which is the most. Delete one first.", "too-many-collections");
        }

        var made = new Collection { TenantId = caller.TenantId, Name = body.Name!.Trim(), CreatedAt = time.GetStoredNow() };
        db.Add(made);
        return await SaveAsync(db, cancellationToken)
            ? TypedResults.Created($"/collections/{made.Id}", new CollectionView(made.Id, made.Name, 0, null, made.CreatedAt))
            : Taken(made.Name);
    }

    /// <summary>Gives a collection another name.</summary>
    internal static async Task<Results<Ok<CollectionView>, ProblemHttpResult>> RenameAsync(
        long id, CollectionRequest body, Caller caller, PipelineDbContext db, IOptions<AssetsOptions> options, CancellationToken cancellationToken)
    {
        if (Error(body, options.Value) is { } error)
        {
            return error;
        }

        if (await db.Collections.SingleOrDefaultAsync(row => row.TenantId == caller.TenantId && row.Id == id, cancellationToken) is not { } found)
        {
            return Problem.NotFound("collection");
        }

        found.Name = body.Name!.Trim();
        return await SaveAsync(db, cancellationToken)
            ? TypedResults.Ok((await ViewsAsync(db, db.Collections.Where(row => row.TenantId == caller.TenantId && row.Id == id), cancellationToken)).Single())
            : Taken(found.Name);
    }

    /// <summary>Deletes a collection. What lay in it stays in the library.</summary>
    internal static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(long id, Caller caller, PipelineDbContext db, CancellationToken cancellationToken) =>
        await db.Collections.Where(row => row.TenantId == caller.TenantId && row.Id == id).ExecuteDeleteAsync(cancellationToken) == 1
            ? TypedResults.NoContent()
            : Problem.NotFound("collection");

    private static ProblemHttpResult? Error(CollectionRequest body, AssetsOptions options) =>
        body.Name?.Trim() is { Length: > 0 } name && name.Length <= options.MaxCollectionChars && !name.Any(char.IsControl)
            ? null
            : Problem.Validation("/name", $"Give a name of 1 to {options.MaxCollectionChars} printable characters.");

    private static ProblemHttpResult Taken(string name) => Problem.Conflict($"There is a collection '{name}' already. Use another name.", "name-taken");

    /// <returns>False when the name is taken.</returns>
    private static async Task<bool> SaveAsync(PipelineDbContext db, CancellationToken cancellationToken)
    {
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return true;
        }
        catch (DbUpdateException exception) when (exception.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return false;
        }
    }

    private static async Task<IReadOnlyList<CollectionView>> ViewsAsync(PipelineDbContext db, IQueryable<Collection> collections, CancellationToken cancellationToken)
    {
        var rows = await collections.AsNoTracking().OrderBy(row => row.Name).ThenBy(row => row.Id).Select(row => new
        {
            row.Id,
            row.Name,
            row.CreatedAt,
            Inside = db.CollectionAssets.Where(entry => entry.CollectionId == row.Id && entry.TenantId == row.TenantId)
                .Join(db.Assets.Where(asset => asset.DeletedAt == null), entry => new { entry.TenantId, Id = entry.AssetId }, asset => new { asset.TenantId, asset.Id }, (_, asset) => asset.Id)
                .GroupBy(_ => 1).Select(group => new { Count = group.Count(), Newest = group.Max() }).FirstOrDefault(),
        }).ToListAsync(cancellationToken);
        return [.. rows.Select(row => new CollectionView(row.Id, row.Name, row.Inside?.Count ?? 0, row.Inside is { } inside ? $"/assets/{inside.Newest}/thumbnail" : null, row.CreatedAt))];
    }
}
