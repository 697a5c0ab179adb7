using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using PipelineService.Pipelines;
using ServiceDefaults.Identity;
using ServiceDefaults.OpenApi;
using ServiceDefaults.Problems;

namespace PipelineService.Assets;

/// <summary><c>/pipelines/{id}/download</c>: what is there now, at any time.</summary>
internal static class PipelineDownloadApi
{
    public static void Map(RouteGroupBuilder pipelines) => pipelines.MapGet("/{id:long}/download", DownloadAsync)
        .WithName("download_pipeline").WithProblems(422).Produces<Stream>(StatusCodes.Status200OK, "application/zip");

    /// <summary>
    /// What a pipeline has made so far as a ZIP, while it runs as well as after its end: a folder for each step, and manifest.json with prompt, model, seed,
    /// cost and lineage of each file. With <c>step_id</c> only that step. Streamed.
    /// </summary>
    internal static async Task<Results<PushStreamHttpResult, ProblemHttpResult>> DownloadAsync(
        long id, [FromQuery(Name = "step_id")] long? stepId, HttpResponse response, Caller caller, PipelineReading reading, PipelineDownload download,
        CancellationToken cancellationToken)
    {
        var all = await reading.StepsAsync(caller.TenantId, id, cancellationToken);
        var steps = all.Where(step => stepId is null || step.Id == stepId).ToList();
        if (steps.Count == 0)
        {
            return all.Count == 0
                ? Problem.NotFound("pipeline")
                : Problem.Validation("/step_id", $"There is no step {stepId} in this pipeline. Use one of: {string.Join(", ", all.Select(step => step.Id.ToString(CultureInfo.InvariantCulture)))}.");
        }

        response.Headers.CacheControl = "no-store";
        var name = stepId is null ? $"pipeline-{id}.zip" : $"pipeline-{id}-{steps[0].StepType}.zip";
        return TypedResults.Stream(output => download.WriteAsync(steps, output, cancellationToken), "application/zip", name);
    }
}
