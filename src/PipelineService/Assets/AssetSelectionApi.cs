using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PipelineService.Idempotency;
using PipelineService.Storage;
using ServiceDefaults.Identity;
using ServiceDefaults.OpenApi;
using ServiceDefaults.Problems;

namespace PipelineService.Assets;

/// <summary>Calls on one or many chosen assets: delete and download.</summary>
internal static class AssetSelectionApi
{
    public static void MapSelections(this RouteGroupBuilder group)
    {
        group.MapDelete("/{id:long}", Delete).WithName("delete_asset").WithSummary("Delete an asset")
            .WithDescription("409 while a pending, running or paused pipeline needs it. Outputs keep their text and numbers and lose the file.")
            .WithProblems(StatusCodes.Status409Conflict);
        group.MapPost("/delete", DeleteMany).WithName("delete_assets").WithSummary("Delete many assets")
            .WithDescription("What a pending, running or paused pipeline needs is kept, and said so.")
            .WithExample(AssetExamples.Selection).WithExample(StatusCodes.Status200OK, AssetExamples.Deletion);
        group.MapPost("/download", Download).WithMetadata(new WithoutIdempotency()).WithName("download_assets").WithSummary("Download many assets as a ZIP")
            .WithDescription("Streamed. manifest.json tells of each file its prompt, model, seed, cost and what it was made from.")
            .WithExample(AssetExamples.Selection)
            .Produces<Stream>(StatusCodes.Status200OK, "application/zip");
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Delete(long id, Caller caller, AssetRemoval removal, CancellationToken cancellationToken) =>
        await removal.RemoveAsync(caller.TenantId, [id], cancellationToken) switch
        {
            { Removed.Count: 1 } => TypedResults.NoContent(),
            { InUse: var inUse } when inUse.TryGetValue(id, out var reason) => Problem.Conflict(reason, "asset-in-use"),
            _ => Problem.NotFound("asset"),
        };

    private static async Task<Results<Ok<DeletionResponse>, ProblemHttpResult>> DeleteMany(
        SelectionRequest body, Caller caller, PipelineDbContext db, AssetRemoval removal, IOptions<AssetsOptions> options, CancellationToken cancellationToken)
    {
        if (await ErrorsAsync(body, caller, db, options.Value, cancellationToken) is { } errors)
        {
            return Problem.Validation(errors);
        }

        var result = await removal.RemoveAsync(caller.TenantId, [.. body.Ids!.Distinct()], cancellationToken);
        return TypedResults.Ok(new DeletionResponse(
            [.. result.Removed.Order()], [.. result.InUse.OrderBy(pair => pair.Key).Select(pair => new KeptAsset(pair.Key, pair.Value))]));
    }

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

    private static async Task<Dictionary<string, string[]>?> ErrorsAsync(
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
