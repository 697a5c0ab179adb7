using Microsoft.AspNetCore.Http.HttpResults;
using PipelineService.Pipelines.Drafts;
using ServiceDefaults.Identity;
using ServiceDefaults.OpenApi;
using ServiceDefaults.Problems;

namespace PipelineService.Pipelines;

/// <summary><c>/pipelines</c>: create, read, start.</summary>
internal static class PipelinesApi
{
    public static void Map(RouteGroupBuilder pipelines)
    {
        pipelines.MapPost("/", CreateAsync).WithName("create_pipeline").WithExample(PipelineExamples.Create);
        pipelines.MapGet("/{id:long}", GetAsync).WithName("get_pipeline");
        pipelines.MapPost("/{id:long}/run", RunAsync).WithName("run_pipeline").WithProblems(409, 422);
    }

    /// <summary>
    /// Creates a pipeline. Everything is checked and priced, and images given as an address are fetched and stored; nothing is generated before it is run.
    /// </summary>
    internal static async Task<Results<Created<PipelineView>, ProblemHttpResult>> CreateAsync(
        PipelineRequest request, Caller caller, DraftIntake intake, PipelineCreation creation, PipelineReading reading, HttpResponse response, CancellationToken cancellationToken)
    {
        var (draft, faults) = await intake.PrepareAsync(caller.TenantId, request, null, cancellationToken);
        if (draft is null)
        {
            return Problem.Validation(faults!);
        }

        return await creation.StoreAsync(caller.TenantId, draft, cancellationToken) is var (pipeline, steps)
            ? Created(await reading.ViewAsync(pipeline, steps, cancellationToken), response)
            : Problem.Validation("/inputs/images", "An image was deleted while the pipeline was being made. Choose another one.");
    }

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

    /// <summary>
    /// Starts or resumes. Twice is once. A pending pipeline is priced again first; with <c>max_cost_usd</c> it does not start when it would cost more.
    /// </summary>
    internal static async Task<Results<Accepted<PipelineView>, ProblemHttpResult>> RunAsync(
        long id, RunRequest? request, Caller caller, PipelineCommands commands, PipelineReading reading, HttpResponse response, CancellationToken cancellationToken)
    {
        if (request?.MaxCostUsd < 0)
        {
            return Problem.Validation("/max_cost_usd", "Use US dollars of 0 or more, or leave it out.");
        }

        var result = await commands.RunAsync(caller.TenantId, id, request?.MaxCostUsd, cancellationToken);
        return await AnswerAsync(result, reading, response, cancellationToken);
    }

    private static async Task<Results<Accepted<PipelineView>, ProblemHttpResult>> AnswerAsync(
        CommandResult result, PipelineReading reading, HttpResponse response, CancellationToken cancellationToken)
    {
        switch (result)
        {
            case CommandResult.Done done:
                ETags.Set(response, done.Pipeline.Version);
                return TypedResults.Accepted($"/pipelines/{done.Pipeline.Id}", await reading.ViewAsync(done.Pipeline, done.Steps, cancellationToken));
            case CommandResult.Refused refused:
                return Problem.Conflict(refused.Why);
            case CommandResult.QuoteChanged changed:
                return QuoteChanged(changed);
            default:
                return Problem.NotFound("pipeline");
        }
    }

    private static Created<PipelineView> Created(PipelineView view, HttpResponse response)
    {
        ETags.Set(response, view.Version);
        return TypedResults.Created($"/pipelines/{view.Id}", view);
    }

    private static ProblemHttpResult QuoteChanged(CommandResult.QuoteChanged changed)
    {
        var (allowed, now) = (Money.Plain(changed.Allowed), Money.Plain(changed.Quote));
        var details = Problem.Details(409, "quote_changed", "The price has changed.", $"It would cost ${now} now; at most ${allowed} is allowed. Raise max_cost_usd, or change the pipeline.");
        details.Extensions["max_cost_usd"] = allowed;
        details.Extensions["cost_estimate"] = now;
        details.Extensions["previous_estimate"] = Money.Plain(changed.Estimate);
        return TypedResults.Problem(details);
    }
}
