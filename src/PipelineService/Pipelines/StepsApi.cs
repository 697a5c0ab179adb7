using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults.Identity;
using ServiceDefaults.OpenApi;
using ServiceDefaults.Problems;

namespace PipelineService.Pipelines;

/// <summary><c>/pipelines/{id}/steps</c>: what a step takes and yields, and what a person decides about it.</summary>
internal static class StepsApi
{
    public static void Map(RouteGroupBuilder pipelines)
    {
        var steps = pipelines.MapGroup("/{id:long}/steps").WithTags("Steps");
        steps.MapGet("/", ListAsync).WithName("list_steps");
        steps.MapGet("/{stepId:long}", GetAsync).WithName("get_step");
        steps.MapPut("/{stepId:long}", ChangeAsync).WithName("change_step").WithExample(PipelineExamples.StepChange).WithProblems(409, 412);
        steps.MapGet("/{stepId:long}/outputs", OutputsAsync).WithName("list_outputs").WithProblems(422);
        steps.MapGet("/{stepId:long}/outputs/index", OutputIndexAsync).WithName("index_outputs").WithExample(200, PipelineExamples.OutputIndex).WithProblems(422);
        steps.MapGet("/{stepId:long}/items", ItemsAsync).WithName("list_items").WithProblems(422);
        steps.MapPost("/{stepId:long}/approve", ApproveAsync).WithName("approve_step").WithExample(PipelineExamples.Approve).WithProblems(409, 412);
        steps.MapPost("/{stepId:long}/items/{itemId:long}/cancel", CancelItemAsync).WithName("cancel_item").WithProblems(409, 412);
        steps.MapPost("/{stepId:long}/items/{itemId:long}/rerun", RerunAsync).WithName("rerun_item").WithExample("""{ "seed": 42 }""").WithProblems(409);
    }

    /// <summary>All steps of a pipeline, with the first outputs of each.</summary>
    internal static async Task<Results<Ok<StepList>, ProblemHttpResult>> ListAsync(long id, Caller caller, PipelineReading reading, CancellationToken cancellationToken)
    {
        var steps = await reading.StepsAsync(caller.TenantId, id, cancellationToken);
        return steps.Count == 0 ? Problem.NotFound("pipeline") : TypedResults.Ok(new StepList(await reading.ViewsAsync(steps, cancellationToken)));
    }

    /// <summary>A step with its first outputs.</summary>
    internal static async Task<Results<Ok<StepView>, ProblemHttpResult>> GetAsync(
        long id, long stepId, Caller caller, PipelineReading reading, HttpResponse response, CancellationToken cancellationToken) =>
        await reading.StepAsync(caller.TenantId, id, stepId, cancellationToken) is { } step
            ? TypedResults.Ok(await ViewAsync(step, reading, response, cancellationToken))
            : Problem.NotFound("step");

    /// <summary>
    /// Changes a step: its <c>config</c> before it starts; in review, or while it runs towards one, <c>outputs</c> (verdicts, ratings, new words) and
    /// <c>add</c> (prompts of your own). Many at once are one change. Takes <c>If-Match</c>.
    /// </summary>
    internal static async Task<Results<Ok<StepView>, ProblemHttpResult>> ChangeAsync(
        long id, long stepId, StepChange change, IfMatch ifMatch, Caller caller, StepCommands commands, PipelineChanges changes, PipelineReading reading, HttpResponse response,
        CancellationToken cancellationToken)
    {
        if (change.Config is not null == (change.Outputs is not null || change.Add is not null))
        {
            return Problem.Validation(string.Empty, "Give config (before the step starts), or outputs and add (while it is in review).");
        }

        var address = new StepAddress(caller.TenantId, id, stepId, ifMatch, caller.Name);
        var result = change.Config is { } config
            ? await changes.ConfigureAsync(address, config, change.Unknown, cancellationToken)
            : await commands.EditAsync(address, change, cancellationToken);
        return result is CommandResult.Done done
            ? TypedResults.Ok(await ViewAsync(done.Steps.Single(step => step.Id == stepId), reading, response, cancellationToken))
            : result.ToProblem();
    }

    /// <summary>Everything a step has yielded, in its order.</summary>
    internal static async Task<Results<Ok<OutputPage>, ProblemHttpResult>> OutputsAsync(
        long id, long stepId, [AsParameters] OutputQuery query, Caller caller, PipelineReading reading, CancellationToken cancellationToken)
    {
        if (query.Errors() is { } errors)
        {
            return Problem.Validation(errors);
        }

        return await reading.StepAsync(caller.TenantId, id, stepId, cancellationToken) is { } step
            ? TypedResults.Ok(await reading.OutputsAsync(step, query, cancellationToken))
            : Problem.NotFound("step");
    }

    /// <summary>All outputs of a step in brief and in its order, up to 10,000 at once: what a gallery needs before it knows more.</summary>
    internal static async Task<Results<Ok<OutputIndex>, ProblemHttpResult>> OutputIndexAsync(
        long id, long stepId, [AsParameters] OutputIndexQuery query, Caller caller, PipelineReading reading, CancellationToken cancellationToken)
    {
        if (query.Errors() is { } errors)
        {
            return Problem.Validation(errors);
        }

        return await reading.StepAsync(caller.TenantId, id, stepId, cancellationToken) is { } step
            ? TypedResults.Ok(await reading.OutputIndexAsync(step, query, cancellationToken))
            : Problem.NotFound("step");
    }

    /// <summary>Every unit of work of a step: inputs, attempts, errors, timings.</summary>
    internal static async Task<Results<Ok<ItemPage>, ProblemHttpResult>> ItemsAsync(
        long id, long stepId, [AsParameters] ItemQuery query, Caller caller, PipelineReading reading, CancellationToken cancellationToken)
    {
        if (query.Errors() is { } errors)
        {
            return Problem.Validation(errors);
        }

        return await reading.StepAsync(caller.TenantId, id, stepId, cancellationToken) is { } step
            ? TypedResults.Ok(await reading.ItemsAsync(step, query, cancellationToken))
            : Problem.NotFound("step");
    }

    /// <summary>Approves a step in review: its selected outputs go on. The body may carry last edits. Takes <c>If-Match</c>; a 412 says what has changed meanwhile.</summary>
    internal static Task<Results<Accepted<StepView>, ProblemHttpResult>> ApproveAsync(
        long id, long stepId, ReviewRequest? request, IfMatch ifMatch, Caller caller, StepCommands commands, PipelineReading reading, HttpResponse response,
        CancellationToken cancellationToken) =>
        AnswerAsync(stepId, commands.ApproveAsync(new StepAddress(caller.TenantId, id, stepId, ifMatch, caller.Name), request, cancellationToken), reading, response, cancellationToken);

    /// <summary>
    /// Cancels one item. One that waits ends at once; one that has been sent is asked to stop, and ends cancelled, or succeeded (kept and charged) when its
    /// result comes all the same.
    /// </summary>
    internal static Task<Results<Accepted<StepView>, ProblemHttpResult>> CancelItemAsync(
        long id, long stepId, long itemId, IfMatch ifMatch, Caller caller, StepCommands commands, PipelineReading reading, HttpResponse response, CancellationToken cancellationToken) =>
        AnswerAsync(stepId, commands.CancelItemAsync(new StepAddress(caller.TenantId, id, stepId, ifMatch, caller.Name), itemId, cancellationToken), reading, response, cancellationToken);

    /// <summary>
    /// One more like this one, with a new seed unless one is given, beside what is there. With <c>cascade=true</c> it also goes on through the later steps.
    /// </summary>
    internal static Task<Results<Accepted<StepView>, ProblemHttpResult>> RerunAsync(
        long id, long stepId, long itemId, bool? cascade, RerunRequest? request, IfMatch ifMatch, Caller caller, StepCommands commands, PipelineReading reading,
        HttpResponse response, CancellationToken cancellationToken) =>
        AnswerAsync(
            stepId, commands.RerunAsync(new StepAddress(caller.TenantId, id, stepId, ifMatch, caller.Name), itemId, cascade ?? false, request, cancellationToken), reading, response,
            cancellationToken);

    private static async Task<Results<Accepted<StepView>, ProblemHttpResult>> AnswerAsync(
        long stepId, Task<CommandResult> command, PipelineReading reading, HttpResponse response, CancellationToken cancellationToken)
    {
        var result = await command;
        if (result is not CommandResult.Done done)
        {
            return result.ToProblem();
        }

        var step = done.Steps.Single(candidate => candidate.Id == stepId);
        return TypedResults.Accepted($"/pipelines/{step.PipelineId}/steps/{step.Id}", await ViewAsync(step, reading, response, cancellationToken));
    }

    private static async Task<StepView> ViewAsync(Step step, PipelineReading reading, HttpResponse response, CancellationToken cancellationToken)
    {
        ETags.Set(response, step.Version);
        return (await reading.ViewsAsync([step], cancellationToken))[0];
    }
}
