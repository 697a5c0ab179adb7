using Microsoft.AspNetCore.Http.HttpResults;
using PipelineService.Pipelines;
using ServiceDefaults.Identity;
using ServiceDefaults.OpenApi;
using ServiceDefaults.Problems;

namespace PipelineService.History;

/// <summary>What was run: counts for filters, the list as a sheet, and what happened in one run.</summary>
internal static class HistoryApi
{
    private const string TimelineExample =
        """
        { "data": [
          { "at": "2026-11-24T10:00:00Z", "what": "created" },
          { "at": "2026-11-24T10:00:02Z", "what": "status", "status": "running" },
          { "at": "2026-11-24T10:00:02Z", "what": "step_started", "step_id": 21, "step_type": "i2i" },
          { "at": "2026-11-24T10:00:31Z", "what": "failures", "step_id": 21, "step_type": "i2i", "items": 2, "message": "The provider refused the picture." },
          { "at": "2026-11-24T10:00:40Z", "what": "step_finished", "status": "completed", "step_id": 21, "step_type": "i2i" },
          { "at": "2026-11-24T10:00:40Z", "what": "status", "status": "completed" } ] }
        """;

    private const string FacetsExample =
        """{ "total": 42, "statuses": [{ "value": "completed", "count": 37 }, { "value": "failed", "count": 5 }], "tags": [{ "value": "launch", "count": 12 }], "waiting": 2 }""";

    public static void Map(RouteGroupBuilder pipelines)
    {
        pipelines.MapGet("/facets", FacetsAsync).WithName("count_pipelines").WithExample(200, FacetsExample).WithProblems(422);
        pipelines.MapGet("/export", Export).WithName("export_pipelines").WithProblems(422).Produces<Stream>(StatusCodes.Status200OK, "text/csv");
        pipelines.MapGet("/{id:long}/timeline", TimelineAsync).WithName("get_pipeline_timeline").WithExample(200, TimelineExample);
    }

    /// <summary>How many pipelines each status and tag has, among those that the rest of the filter finds.</summary>
    internal static async Task<Results<Ok<PipelineFacets>, ProblemHttpResult>> FacetsAsync(
        [AsParameters] PipelineQuery query, Caller caller, HistoryReading history, CancellationToken cancellationToken) =>
        query.Errors() is { } errors ? Problem.Validation(errors) : TypedResults.Ok(await history.FacetsAsync(caller.TenantId, query, cancellationToken));

    /// <summary>All pipelines that a filter finds as CSV (UTF-8), newest first, streamed. Cells that a spreadsheet would take for a formula begin with an apostrophe.</summary>
    /// <param name="format">csv.</param>
    internal static Results<PushStreamHttpResult, ProblemHttpResult> Export(
        [Words("csv")] string? format, [AsParameters] PipelineQuery query, HttpResponse response, Caller caller, HistoryReading history, CancellationToken cancellationToken)
    {
        var errors = query.Errors() ?? [];
        if (format is not (null or "csv"))
        {
            errors["/format"] = ["Use csv."];
        }

        if (errors.Count > 0)
        {
            return Problem.Validation(errors);
        }

        response.Headers.CacheControl = "no-store";
        return TypedResults.Stream(output => history.WriteCsvAsync(caller.TenantId, query, output, cancellationToken), "text/csv; charset=utf-8", "runs.csv");
    }

    /// <summary>What happened in a run, oldest first: begin and end of each step, pauses and reviews, and what failed, by reason.</summary>
    internal static async Task<Results<Ok<TimelineView>, ProblemHttpResult>> TimelineAsync(long id, Caller caller, TimelineReading timelines, CancellationToken cancellationToken) =>
        await timelines.FindAsync(caller.TenantId, id, cancellationToken) is { } found ? TypedResults.Ok(found) : Problem.NotFound("pipeline");
}
