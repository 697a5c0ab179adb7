using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using PipelineService.Pipelines.Drafts;
using PipelineService.Storage;
using ServiceDefaults.Identity;
using ServiceDefaults.OpenApi;
using ServiceDefaults.Problems;

namespace PipelineService.Pipelines;

/// <summary><c>/pipelines</c>: create, list, read, change, delete.</summary>
internal static class PipelinesApi
{
    public static void Map(RouteGroupBuilder pipelines)
    {
        pipelines.MapPost("/", CreateAsync).WithName("create_pipeline").WithExample(PipelineExamples.Create);
        pipelines.MapGet("/", ListAsync).WithName("list_pipelines").WithProblems(422);
        pipelines.MapGet("/{id:long}", GetAsync).WithName("get_pipeline");
        pipelines.MapGet("/{id:long}/definition", DefinitionAsync).WithName("get_pipeline_definition").WithExample(200, PipelineExamples.Create);
        pipelines.MapPut("/{id:long}", ReplaceAsync).WithName("replace_pipeline").WithExample(PipelineExamples.Create).WithProblems(409, 412);
        pipelines.MapDelete("/{id:long}", DeleteAsync).WithName("delete_pipeline").WithProblems(409);
        pipelines.MapPost("/{id:long}/clone", CloneAsync).WithName("clone_pipeline").WithProblems(422);
    }

    /// <summary>
    /// Creates a pipeline. Everything is checked and priced, and images given as an address are fetched and stored; nothing is generated before it is run.
    /// </summary>
    internal static async Task<Results<Created<PipelineView>, ProblemHttpResult>> CreateAsync(
        PipelineRequest request, Caller caller, DraftIntake intake, PipelineCreation creation, PipelineReading reading, HttpResponse response, CancellationToken cancellationToken)
    {
        var (draft, faults) = await intake.PrepareAsync(caller.TenantId, request, KnownImages.None, cancellationToken);
        return draft is null ? Problem.Validation(faults!) : await StoreAsync(caller, draft, creation, reading, response, cancellationToken);
    }

    /// <summary>Pipelines, newest first, without their steps and outputs.</summary>
    internal static async Task<Results<Ok<PipelinePage>, ProblemHttpResult>> ListAsync(
        [AsParameters] PipelineQuery query, Caller caller, PipelineReading reading, CancellationToken cancellationToken) =>
        query.Errors() is { } errors ? Problem.Validation(errors) : TypedResults.Ok(await reading.ListAsync(caller.TenantId, query, cancellationToken));

    /// <summary>A pipeline with its steps and the first outputs of each.</summary>
    internal static async Task<Results<Ok<PipelineView>, ProblemHttpResult>> GetAsync(
        long id, Caller caller, PipelineReading reading, HttpResponse response, CancellationToken cancellationToken)
    {
        if (await reading.FindAsync(caller.TenantId, id, cancellationToken) is not { } view)
        {
            return Problem.NotFound("pipeline");
        }

        ETags.Set(response, view.Version);
        return TypedResults.Ok(view);
    }

    /// <summary>The request that would create the pipeline again, with all of its images and prompts.</summary>
    internal static async Task<Results<Ok<PipelineRequest>, ProblemHttpResult>> DefinitionAsync(
        long id, Caller caller, PipelineDbContext db, PipelineReading reading, CancellationToken cancellationToken)
    {
        if (await reading.RowAsync(caller.TenantId, id, cancellationToken) is not { } pipeline)
        {
            return Problem.NotFound("pipeline");
        }

        var steps = await reading.StepsAsync(caller.TenantId, id, cancellationToken);
        return TypedResults.Ok(StoredRequest.Of(pipeline, steps, await InputStore.WholeAsync(db, caller.TenantId, id, cancellationToken)));
    }

    /// <summary>
    /// Replaces the configuration while no step has started. Later only name, tags, checkpoints, budget and the config of steps that have not started
    /// may differ from what is there. Takes <c>If-Match</c>.
    /// </summary>
    internal static async Task<Results<Ok<PipelineView>, ProblemHttpResult>> ReplaceAsync(
        long id, PipelineRequest request, IfMatch ifMatch, Caller caller, PipelineChanges changes, PipelineReading reading, HttpResponse response, CancellationToken cancellationToken)
    {
        var result = await changes.ReplaceAsync(caller.TenantId, id, ifMatch, request, cancellationToken);
        if (result is not CommandResult.Done done)
        {
            return result.ToProblem();
        }

        ETags.Set(response, done.Pipeline.Version);
        var reusable = await reading.ReusableAsync(done.Pipeline, cancellationToken);
        return TypedResults.Ok(await reading.ViewAsync(done.Pipeline, done.Steps, cancellationToken) with { ReuseQuote = reusable });
    }

    /// <summary>Deletes a pipeline and what it generated. With <c>keep_assets=true</c> its images and videos stay in the library. Not while it runs.</summary>
    internal static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        long id, [FromQuery(Name = "keep_assets")] bool? keepAssets, Caller caller, PipelineDeletion deletion, CancellationToken cancellationToken)
    {
        var result = await deletion.DeleteAsync(caller.TenantId, id, keepAssets ?? false, cancellationToken);
        return result is CommandResult.Done ? TypedResults.NoContent() : result.ToProblem();
    }

    /// <summary>A new pending pipeline with the same configuration, at today's prices.</summary>
    internal static async Task<Results<Created<PipelineView>, ProblemHttpResult>> CloneAsync(
        long id, Caller caller, PipelineDbContext db, DraftIntake intake, PipelineCreation creation, PipelineReading reading, HttpResponse response, CancellationToken cancellationToken)
    {
        if (await reading.RowAsync(caller.TenantId, id, cancellationToken) is not { } pipeline)
        {
            return Problem.NotFound("pipeline");
        }

        var inputs = await InputStore.WholeAsync(db, caller.TenantId, id, cancellationToken);
        var request = StoredRequest.Of(pipeline, await reading.StepsAsync(caller.TenantId, id, cancellationToken), inputs) with { Name = PipelineNames.CopyOf(pipeline.Name) };
        var (draft, faults) = await intake.PrepareAsync(caller.TenantId, request, KnownImages.Of(inputs) with { Ids = KnownImages.None.Ids }, cancellationToken);
        return draft is null ? Problem.Validation(faults!) : await StoreAsync(caller, draft, creation, reading, response, cancellationToken);
    }

    private static async Task<Results<Created<PipelineView>, ProblemHttpResult>> StoreAsync(
        Caller caller, PricedDraft draft, PipelineCreation creation, PipelineReading reading, HttpResponse response, CancellationToken cancellationToken)
    {
        if (await creation.StoreAsync(caller.TenantId, draft, cancellationToken) is not var (pipeline, steps))
        {
            return Problem.Validation("/inputs/images", "An image was deleted meanwhile. Choose another one.");
        }

        var view = await reading.ViewAsync(pipeline, steps, cancellationToken) with { ReuseQuote = await reading.ReusableAsync(pipeline, cancellationToken) };
        ETags.Set(response, view.Version);
        return TypedResults.Created($"/pipelines/{view.Id}", view);
    }
}
