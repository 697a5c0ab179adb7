using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PipelineService.Idempotency;
using PipelineService.Storage;
using ServiceDefaults.Identity;
using ServiceDefaults.OpenApi;
using ServiceDefaults.Problems;

namespace PipelineService.Assets;

/// <summary>Calls on one or many chosen assets: into the trash, back and out for good; download.</summary>
internal static class AssetSelectionApi
{
    public static void MapSelections(this RouteGroupBuilder group)
    {
        group.MapDelete("/{id:long}", Delete).WithName("delete_asset").WithSummary("Move an asset to the trash")
            .WithDescription("409 while a pending, running or paused pipeline needs it. It can be restored until it is really removed; then outputs keep their text and numbers and lose the file.")
            .WithProblems(StatusCodes.Status409Conflict);
        group.MapPost("/delete", DeleteMany).WithName("delete_assets").WithSummary("Move many assets to the trash")
            .WithDescription("What a pending, running or paused pipeline needs is kept, and said so.")
            .WithExample(AssetExamples.Selection).WithExample(StatusCodes.Status200OK, AssetExamples.Deletion);
        group.MapPost("/restore", Restore).WithName("restore_assets").WithSummary("Bring assets back from the trash")
            .WithDescription("What is not in the trash is left as it is.")
            .WithExample(AssetExamples.Selection).WithExample(StatusCodes.Status200OK, AssetExamples.Restoration);
        group.MapPost("/trash/empty", Empty).WithName("empty_trash").WithSummary("Really remove what is in the trash")
            .WithDescription("All of it, or the ids given, in parts of at most as many as one deletion takes: repeat it while something was removed and something is left.")
            .WithExample("""{ "ids": [12, 13] }""").WithExample(StatusCodes.Status200OK, AssetExamples.Emptied)
            .WithProblems(StatusCodes.Status422UnprocessableEntity);
        group.MapPost("/download", Download).WithMetadata(new WithoutIdempotency()).WithName("download_assets").WithSummary("Download many assets as a ZIP")
            .WithDescription("Streamed. manifest.json tells of each file its prompt, model, seed, cost and what it was made from.")
            .WithExample(AssetExamples.Selection)
            .Produces<Stream>(StatusCodes.Status200OK, "application/zip");
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Delete(long id, Caller caller, AssetTrash trash, CancellationToken cancellationToken) =>
        await trash.MoveAsync(caller.TenantId, [id], cancellationToken) switch
        {
            { Removed.Count: 1 } => TypedResults.NoContent(),
            { InUse: var inUse } when inUse.TryGetValue(id, out var reason) => Problem.Conflict(reason, "asset-in-use"),
            _ => Problem.NotFound("asset"),
        };

    private static async Task<Results<Ok<DeletionResponse>, ProblemHttpResult>> DeleteMany(
        SelectionRequest body, Caller caller, PipelineDbContext db, AssetTrash trash, IOptions<AssetsOptions> options, CancellationToken cancellationToken)
    {
        if (await ErrorsAsync(body, caller, db, options.Value, cancellationToken) is { } errors)
        {
            return Problem.Validation(errors);
        }

        var result = await trash.MoveAsync(caller.TenantId, [.. body.Ids!.Distinct()], cancellationToken);
        return TypedResults.Ok(new DeletionResponse(
            [.. result.Removed.Order()], [.. result.InUse.OrderBy(pair => pair.Key).Select(pair => new KeptAsset(pair.Key, pair.Value))]));
    }

    private static async Task<Results<Ok<RestorationResponse>, ProblemHttpResult>> Restore(
        SelectionRequest body, Caller caller, PipelineDbContext db, AssetTrash trash, IOptions<AssetsOptions> options, CancellationToken cancellationToken) =>
        await ErrorsAsync(body, caller, db, options.Value, cancellationToken) is { } errors
            ? Problem.Validation(errors)
            : TypedResults.Ok(new RestorationResponse(await trash.RestoreAsync(caller.TenantId, [.. body.Ids!.Distinct()], cancellationToken)));

    private static async Task<Results<Ok<EmptiedResponse>, ProblemHttpResult>> Empty(
        EmptyTrashRequest? body, Caller caller, AssetTrash trash, IOptions<AssetsOptions> options, CancellationToken cancellationToken) =>
        body?.Ids is { } ids && (ids.Count == 0 || ids.Count > options.Value.MaxSelection)
            ? Problem.Validation("/ids", $"Give 1 to {options.Value.MaxSelection} ids of assets, or leave ids out for all that is in the trash.")
            : TypedResults.Ok(await trash.EmptyAsync(caller.TenantId, body?.Ids?.Distinct().ToArray(), cancellationToken));

    private static async Task<Results<PushStreamHttpResult, ProblemHttpResult>> Download(
        SelectionRequest body, HttpResponse response, Caller caller, PipelineDbContext db, AssetDownload download, IOptions<AssetsOptions> options, TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (await ErrorsAsync(body, caller, db, options.Value, cancellationToken) is { } errors)
        {
            return Problem.Validation(errors);
        }

        var plan = await download.PlanAsync(caller.TenantId, [.. body.Ids!.Distinct()], cancellationToken);
        response.Headers.CacheControl = "no-store";
        return TypedResults.Stream(output => download.WriteAsync(plan, output, cancellationToken), "application/zip", $"pipeline-assets-{time.GetUtcNow():yyyy-MM-dd}.zip");
    }

    internal static async Task<Dictionary<string, string[]>?> ErrorsAsync(
        SelectionRequest body, Caller caller, PipelineDbContext db, AssetsOptions options, CancellationToken cancellationToken)
    {
        var errors = new ProblemErrors();
        var ids = body.Ids ?? [];
        if (ids.Count == 0 || ids.Count > options.MaxSelection)
        {
            errors.Add("/ids", $"Give 1 to {options.MaxSelection} ids of assets.");
            return errors.ToDictionary();
        }

        var known = await db.Assets.Where(asset => asset.TenantId == caller.TenantId && ids.Contains(asset.Id)).Select(asset => asset.Id).ToHashSetAsync(cancellationToken);
        for (var index = 0; index < ids.Count; index++)
        {
            if (!known.Contains(ids[index]))
            {
                errors.Add($"/ids/{index}", $"There is no asset {ids[index]}.");
            }
        }

        return errors.Any ? errors.ToDictionary() : null;
    }
}
