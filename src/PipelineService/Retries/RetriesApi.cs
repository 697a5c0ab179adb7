using Microsoft.AspNetCore.Http.HttpResults;
using PipelineService.Pipelines;
using ServiceDefaults.Identity;
using ServiceDefaults.OpenApi;
using ServiceDefaults.Problems;

namespace PipelineService.Retries;

/// <summary>Failed items: why they failed, and new attempts for all of them, for some, or with a change.</summary>
internal static class RetriesApi
{
    public static void Map(RouteGroupBuilder pipelines)
    {
        pipelines.MapGet("/{id:long}/failures", FailuresAsync).WithName("list_failures").WithExample(200, RetryExamples.Failures);
        pipelines.MapPost("/{id:long}/retry", RetryAsync).WithName("retry_pipeline")
            .WithExample(RetryExamples.OfPipeline).WithExample(200, RetryExamples.Quote).WithProblems(409);
        pipelines.MapPost("/{id:long}/steps/{stepId:long}/retry", RetryStepAsync).WithTags("Steps").WithName("retry_step")
            .WithExample(RetryExamples.OfStep).WithExample(200, RetryExamples.Quote).WithProblems(409, 412);
    }

    /// <summary>Failed items by step and reason, with a sample message and what another attempt would cost.</summary>
    internal static async Task<Results<Ok<FailureList>, ProblemHttpResult>> FailuresAsync(long id, Caller caller, Failures failures, CancellationToken cancellationToken) =>
        await failures.FindAsync(caller.TenantId, id, cancellationToken) is { } list ? TypedResults.Ok(list) : Problem.NotFound("pipeline");

    /// <summary>
    /// New attempts for failed items of all steps: all of them, or those that failed for certain reasons, as they were or with a change. What succeeded
    /// is kept and not paid again. With <c>quote: true</c> it answers 200 with what that would cost, and changes nothing.
    /// </summary>
    internal static async Task<Results<Accepted<PipelineView>, Ok<RetryQuoteView>, ProblemHttpResult>> RetryAsync(
        long id, RetryRequest? request, Caller caller, Retrying retrying, PipelineReading reading, HttpResponse response, CancellationToken cancellationToken)
    {
        switch (await retrying.RetryAsync(caller.TenantId, id, null, new IfMatch([]), request, cancellationToken))
        {
            case CommandResult.Priced priced:
                return TypedResults.Ok(priced.Quote);
            case CommandResult.Done done:
                ETags.Set(response, done.Pipeline.Version);
                return TypedResults.Accepted($"/pipelines/{done.Pipeline.Id}", await reading.ViewAsync(done.Pipeline, done.Steps, cancellationToken));
            case var refused:
                return refused.ToProblem();
        }
    }

    /// <summary>
    /// New attempts for failed items of a step: all of them, those named, or those that failed for certain reasons, as they were or with a change.
    /// With <c>quote: true</c> it answers 200 with what that would cost, and changes nothing. Takes <c>If-Match</c>.
    /// </summary>
    internal static async Task<Results<Accepted<StepView>, Ok<RetryQuoteView>, ProblemHttpResult>> RetryStepAsync(
        long id, long stepId, RetryRequest? request, IfMatch ifMatch, Caller caller, Retrying retrying, PipelineReading reading, HttpResponse response,
        CancellationToken cancellationToken)
    {
        switch (await retrying.RetryAsync(caller.TenantId, id, stepId, ifMatch, request, cancellationToken))
        {
            case CommandResult.Priced priced:
                return TypedResults.Ok(priced.Quote);
            case CommandResult.Done done:
                var step = done.Steps.Single(candidate => candidate.Id == stepId);
                ETags.Set(response, step.Version);
                return TypedResults.Accepted($"/pipelines/{id}/steps/{stepId}", (await reading.ViewsAsync([step], cancellationToken))[0]);
            case var refused:
                return refused.ToProblem();
        }
    }
}
