using Microsoft.AspNetCore.Http.HttpResults;
using PipelineService.Pipelines;
using PipelineService.Retries;
using ServiceDefaults.Identity;
using ServiceDefaults.OpenApi;
using ServiceDefaults.Problems;

namespace PipelineService.Reviews;

/// <summary>Beside editing and approving: what is made anew in a review, and what an approval would cost.</summary>
internal static class ReviewsApi
{
    public static void Map(RouteGroupBuilder pipelines)
    {
        var step = pipelines.MapGroup("/{id:long}/steps/{stepId:long}").WithTags("Steps");
        step.MapGet("/onward", OnwardAsync).WithName("price_approval").WithExample(200, ReviewExamples.Onward).WithProblems(422);
        step.MapPost("/redo", RedoAsync).WithName("redo_outputs").WithExample(ReviewExamples.Redo).WithExample(200, ReviewExamples.RedoQuote).WithProblems(409, 412);
    }

    /// <summary>What an approval of the step would send on as things stand, and what the later steps would cost for that. Changes nothing.</summary>
    internal static async Task<Results<Ok<OnwardView>, ProblemHttpResult>> OnwardAsync(
        long id, long stepId, [AsParameters] OnwardQuery query, Caller caller, Onward onward, CancellationToken cancellationToken)
    {
        if (query.Errors() is { } errors)
        {
            return Problem.Validation(errors);
        }

        return await onward.OfAsync(caller.TenantId, id, stepId, query.Unjudged == "leave_out", cancellationToken) is { } view ? TypedResults.Ok(view) : Problem.NotFound("step");
    }

    /// <summary>
    /// Makes outputs of a step in review anew, as they were (with new seeds) or with a change: those named, or all rejected ones. The old ones stay as they
    /// are; the new ones come into the same review, at the places of the old ones. Prompts are made anew by the set. With <c>quote: true</c> it answers 200
    /// with what that would cost, and changes nothing. Takes <c>If-Match</c>.
    /// </summary>
    internal static async Task<Results<Accepted<StepView>, Ok<RetryQuoteView>, ProblemHttpResult>> RedoAsync(
        long id, long stepId, RedoRequest request, IfMatch ifMatch, Caller caller, Redoing redoing, PipelineReading reading, HttpResponse response, CancellationToken cancellationToken)
    {
        switch (await redoing.RedoAsync(new StepAddress(caller.TenantId, id, stepId, ifMatch), request, cancellationToken))
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
