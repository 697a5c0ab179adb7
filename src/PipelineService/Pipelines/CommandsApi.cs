using Microsoft.AspNetCore.Http.HttpResults;
using PipelineService.Orchestration;
using PipelineService.Pipelines.Drafts;
using PipelineService.Retries;
using PipelineService.Reuse;
using ServiceDefaults.Identity;
using ServiceDefaults.OpenApi;
using ServiceDefaults.Problems;

namespace PipelineService.Pipelines;

/// <summary>run, pause, cancel: 202 with the pipeline; they never wait for a generation. What is possible when is in PipelineDecisions.</summary>
internal static class CommandsApi
{
    private static readonly string[] RunFields = ["max_cost_usd"];

    public static void Map(RouteGroupBuilder pipelines)
    {
        pipelines.MapPost("/{id:long}/run", RunAsync).WithName("run_pipeline").WithExample("""{ "max_cost_usd": 12.5 }""").WithProblems(409);
        pipelines.MapPost("/{id:long}/pause", PauseAsync).WithName("pause_pipeline").WithProblems(409);
        pipelines.MapPost("/{id:long}/cancel", CancelAsync).WithName("cancel_pipeline").WithProblems(409);
    }

    /// <summary>
    /// Starts or resumes. Twice is once. A pending pipeline is priced again first; with <c>max_cost_usd</c> it does not start when it would cost more.
    /// A failed one is retried. Where results are reused, <c>reuse_quote</c> says how many there are already.
    /// </summary>
    internal static async Task<Results<Accepted<PipelineView>, ProblemHttpResult>> RunAsync(
        long id, RunRequest? request, Caller caller, PipelineCommands commands, Retrying retrying, PipelineReading reading, HttpResponse response,
        CancellationToken cancellationToken)
    {
        var faults = new Faults();
        faults.Unknown(string.Empty, request?.Unknown, RunFields);
        if (request?.MaxCostUsd < 0)
        {
            faults.Add("/max_cost_usd", "Use US dollars of 0 or more, or leave it out.");
        }

        if (faults.Any)
        {
            return Problem.Validation(faults.ToDictionary());
        }

        var seen = await reading.RowAsync(caller.TenantId, id, cancellationToken);
        var reusable = await reading.ReusableAsync(seen, cancellationToken);
        var result = seen?.Status == PipelineStatus.Failed
            ? await retrying.RetryAsync(caller.TenantId, id, null, new IfMatch([]), new RetryRequest { MaxCostUsd = request?.MaxCostUsd }, cancellationToken)
            : await commands.RunAsync(caller.TenantId, id, request?.MaxCostUsd, cancellationToken);
        return await AnswerAsync(result, reading, response, cancellationToken, reusable);
    }

    /// <summary>Pauses when the running step ends. With <c>now=true</c> nothing more is sent out at once; what is in flight lands.</summary>
    internal static async Task<Results<Accepted<PipelineView>, ProblemHttpResult>> PauseAsync(
        long id, bool? now, Caller caller, PipelineCommands commands, PipelineReading reading, HttpResponse response, CancellationToken cancellationToken) =>
        await AnswerAsync(
            await commands.DecideAsync(caller.TenantId, id, state => PipelineDecisions.Pause(state, now ?? false), cancellationToken), reading, response, cancellationToken);

    /// <summary>Cancels for good. Work not yet sent is dropped; work in flight is cancelled at the provider where it can be.</summary>
    internal static async Task<Results<Accepted<PipelineView>, ProblemHttpResult>> CancelAsync(
        long id, Caller caller, PipelineCommands commands, PipelineReading reading, HttpResponse response, CancellationToken cancellationToken) =>
        await AnswerAsync(await commands.DecideAsync(caller.TenantId, id, PipelineDecisions.Cancel, cancellationToken), reading, response, cancellationToken);

    private static async Task<Results<Accepted<PipelineView>, ProblemHttpResult>> AnswerAsync(
        CommandResult result, PipelineReading reading, HttpResponse response, CancellationToken cancellationToken, ReuseQuote? reusable = null)
    {
        if (result is not CommandResult.Done done)
        {
            return result.ToProblem();
        }

        ETags.Set(response, done.Pipeline.Version);
        return TypedResults.Accepted($"/pipelines/{done.Pipeline.Id}", await reading.ViewAsync(done.Pipeline, done.Steps, cancellationToken) with { ReuseQuote = reusable });
    }
}
