using System.Diagnostics;
using Contracts.Pipelines;
using PipelineService.Estimates;
using PipelineService.Orchestration;
using PipelineService.Storage;

namespace PipelineService.Pipelines;

/// <summary>Runs one decision about a pipeline under its row lock, with all that follows from it in the same transaction.</summary>
internal sealed class PipelineCommands(PipelineDbContext db, LedgerCommit commit, RunEffects effects, Quoting quoting, PipelineReading reading, RunPlans plans)
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
                return new CommandResult.NotFound("pipeline");
            }

            Quote? quote = null;
            if (seen.Status == PipelineStatus.Pending)
            {
                var (plan, _) = await plans.OfAsync(db, seen, await reading.StepsAsync(tenantId, id, cancellationToken), cancellationToken);
                quote = await quoting.OfAsync(plan, cancellationToken);
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
        LockedAsync(tenantId, id, async run => await DoAsync(run, decide(run, await run.StateAsync(cancellationToken)), cancellationToken), cancellationToken);

    /// <summary>Does work under the pipeline's row lock, in one transaction. Work checks first and changes afterwards: what it has changed is committed.</summary>
    public Task<CommandResult> LockedAsync(long tenantId, long id, Func<RunTransaction, Task<CommandResult>> work, CancellationToken cancellationToken) =>
        commit.RunAsync(
            db,
            async ledger => await RunTransaction.LoadAsync(ledger, tenantId, id, cancellationToken) is { } run ? await work(run) : new CommandResult.NotFound("pipeline"),
            cancellationToken);

    /// <summary>Does what was decided, or tells why not.</summary>
    public async Task<CommandResult> DoAsync(RunTransaction run, RunDecision decision, CancellationToken cancellationToken)
    {
        if (decision.Refusal is { } why)
        {
            return new CommandResult.Refused(why);
        }

        await effects.ApplyAsync(run, decision, cancellationToken);
        return new CommandResult.Done(run.Pipeline, run.Steps);
    }
}
