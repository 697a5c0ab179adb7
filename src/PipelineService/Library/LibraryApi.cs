using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using PipelineService.Assets;
using PipelineService.Storage;
using ServiceDefaults.Identity;
using ServiceDefaults.OpenApi;
using ServiceDefaults.Problems;

namespace PipelineService.Library;

/// <summary>How the library is looked through, marked and traced.</summary>
internal static class LibraryApi
{
    public static void Map(RouteGroupBuilder assets)
    {
        assets.MapGet("/index", IndexAsync).WithName("index_assets").WithExample(200, LibraryExamples.Index).WithProblems(422);
        assets.MapGet("/facets", FacetsAsync).WithName("count_assets").WithExample(200, LibraryExamples.Facets).WithProblems(422);
        assets.MapPut("/", MarkAsync).WithName("mark_assets").WithExample(LibraryExamples.Marks).WithProblems(422);
        assets.MapGet("/{id:long}/lineage", LineageAsync).WithName("get_asset_lineage").WithExample(200, LibraryExamples.Lineage);
    }

    /// <summary>
    /// Everything that the filters leave, in order and in brief: ids, sizes and times side by side, up to 50,000 at once. What a gallery needs before it knows
    /// more; records come from <c>/assets?ids=</c>.
    /// </summary>
    internal static async Task<Results<Ok<AssetIndex>, ProblemHttpResult>> IndexAsync(
        [AsParameters] AssetIndexQuery query, Caller caller, LibraryReading reading, CancellationToken cancellationToken) =>
        query.Errors() is { } errors ? Problem.Validation(errors) : TypedResults.Ok(await reading.IndexAsync(query, caller.TenantId, cancellationToken));

    /// <summary>How many assets each choice of a filter would leave, under the other filters that are on.</summary>
    internal static async Task<Results<Ok<AssetFacets>, ProblemHttpResult>> FacetsAsync(
        [AsParameters] AssetFilter filter, Caller caller, LibraryReading reading, CancellationToken cancellationToken)
    {
        var errors = new ProblemErrors();
        filter.Check(errors);
        return errors.Any ? Problem.Validation(errors.ToDictionary()) : TypedResults.Ok(await reading.FacetsAsync(filter, caller.TenantId, cancellationToken));
    }

    /// <summary>Stars, rates, tags and collects many assets at once. All of it happens, or nothing.</summary>
    internal static async Task<Results<NoContent, ProblemHttpResult>> MarkAsync(
        MarksRequest body, Caller caller, PipelineDbContext db, LibraryMarks marks, IOptions<AssetsOptions> options, CancellationToken cancellationToken) =>
        await AssetSelectionApi.ErrorsAsync(new SelectionRequest(body.Ids), caller, db, options.Value, cancellationToken) is { } errors
            ? Problem.Validation(errors)
            : await marks.PutAsync(caller.TenantId, body, cancellationToken) is { } faults
                ? Problem.Validation(faults)
                : TypedResults.NoContent();

    /// <summary>
    /// Where an asset comes from and what was made of it: photo, prompt, enhanced prompt, image and video, each with the parameters, cost, seed, provider and
    /// attempts that made it.
    /// </summary>
    internal static async Task<Results<Ok<LineageView>, ProblemHttpResult>> LineageAsync(long id, Caller caller, LineageReading reading, CancellationToken cancellationToken) =>
        await reading.OfAsync(id, caller.TenantId, cancellationToken) is { } lineage ? TypedResults.Ok(lineage) : Problem.NotFound("asset");
}
