using System.Diagnostics;
using Contracts.Pipelines;
using PipelineService.Estimates;
using PipelineService.Orchestration;
using PipelineService.Storage;
using Providers.Catalog;

namespace PipelineService.Pipelines;

/// <summary>What became of a command.</summary>
internal abstract record CommandResult
{
    private CommandResult()
    {
    }

    /// <summary>The tenant has no such pipeline.</summary>
    public sealed record NotFound : CommandResult;

    /// <param name="Why">A sentence that says what is possible.</param>
    public sealed record Refused(string Why) : CommandResult;

    /// <summary>The run is dearer now than the caller allows.</summary>
    public sealed record QuoteChanged(decimal Estimate, decimal Quote, decimal Allowed) : CommandResult;

    /// <summary>Done, or already so.</summary>
    public sealed record Done(Pipeline Pipeline, IReadOnlyList<Step> Steps) : CommandResult;
}

/// <summary>Runs one decision about a pipeline under its row lock, with all that follows from it in the same transaction.</summary>
internal sealed class PipelineCommands(PipelineDbContext db, LedgerCommit commit, RunEffects effects, Quoting quoting, PipelineReading reading, ModelCatalog catalog)
{
    public Task<CommandResult> DecideAsync(long tenantId, long id, Func<RunState, RunDecision> decide, CancellationToken cancellationToken) =>
        DecideAsync(tenantId, id, (_, state) => decide(state), cancellationToken);

    /// <summary>Starts, resumes or retries. What has not started yet is quoted again first, outside of any lock.</summary>
    /// <param name="allowed">US dollars above which it must not start; null for any.</param>
    public async Task<CommandResult> RunAsync(long tenantId, long id, decimal? allowed, CancellationToken cancellationToken)
    {
        while (true)
        {
            db.ChangeTracker.Clear();
            var seen = await reading.RowAsync(tenantId, id, cancellationToken);
            if (seen is null)
            {
                return new CommandResult.NotFound();
            }

            Quote? quote = null;
            if (seen.Status == PipelineStatus.Pending)
            {
                quote = await quoting.OfAsync(PlanOfPipeline.Plan(seen, await reading.StepsAsync(tenantId, id, cancellationToken), catalog), cancellationToken);
                if (quote.Lines.FirstOrDefault(line => line.Error is not null) is { } unpriced)
                {
                    return new CommandResult.Refused($"{unpriced.StepType} has no price: {unpriced.Error}");
                }

                if (quote.Total > allowed)
                {
                    return new CommandResult.QuoteChanged(seen.CostEstimate, quote.Total, allowed.Value);
                }
            }

            var moved = false;
            var result = await DecideAsync(
                tenantId, id,
                (run, state) =>
                {
                    // What was quoted is what starts; a change in between is quoted again.
                    moved = state.Status == PipelineStatus.Pending && run.Pipeline.Version != seen.Version;
                    return moved ? RunDecision.Nothing : Start(run, state, quote);
                },
                cancellationToken);
            if (!moved)
            {
                return result;
            }
        }
    }

    private static RunDecision Start(RunTransaction run, RunState state, Quote? quote)
    {
        var decision = PipelineDecisions.Run(state);
        if (decision.Effects.Count == 0)
        {
            return decision;
        }

        if (state.Status == PipelineStatus.Pending && quote is not null)
        {
            foreach (var line in quote.Lines)
            {
                var step = run.Steps.Single(candidate => candidate.StepType == line.StepType);
                (step.UnitPrice, step.CostEstimate) = (line.UnitPrice, line.Amount);
            }

            run.Pipeline.CostEstimate = quote.Total;
        }

        run.Pipeline.TraceParent = Activity.Current?.Id;
        run.Publish(new PipelineStarted(run.Pipeline.CorrelationId, run.Pipeline.TenantId, run.Pipeline.Id));
        return decision;
    }

    private Task<CommandResult> DecideAsync(long tenantId, long id, Func<RunTransaction, RunState, RunDecision> decide, CancellationToken cancellationToken) =>
        commit.RunAsync<CommandResult>(
            db,
            async ledger =>
            {
                if (await RunTransaction.LoadAsync(ledger, tenantId, id, cancellationToken) is not { } run)
                {
                    return new CommandResult.NotFound();
                }

                var decision = decide(run, await run.StateAsync(cancellationToken));
                if (decision.Refusal is { } why)
                {
                    return new CommandResult.Refused(why);
                }

                await effects.ApplyAsync(run, decision, cancellationToken);
                return new CommandResult.Done(run.Pipeline, run.Steps);
            },
            cancellationToken);
}
