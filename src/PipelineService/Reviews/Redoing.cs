using Microsoft.EntityFrameworkCore;
using PipelineService.Orchestration;
using PipelineService.Pipelines;
using PipelineService.Pipelines.Drafts;
using PipelineService.Retries;
using PipelineService.Storage;

namespace PipelineService.Reviews;

/// <summary>Makes outputs anew in a review: checked and priced first, outside of any lock; what was priced is what is made.</summary>
internal sealed class Redoing(PipelineDbContext db, PipelineCommands commands, PipelineReading reading, RetryQuotes quotes, RetryChecks checks)
{
    private const int MostOutputs = 10_000;
    private static readonly string[] Fields = ["output_ids", "rejected", "change", "quote", "max_cost_usd"];

    public async Task<CommandResult> RedoAsync(StepAddress address, RedoRequest request, CancellationToken cancellationToken)
    {
        var faults = new Faults();
        Check(request, faults);
        var ids = request.OutputIds?.Distinct().ToList();
        while (true)
        {
            db.ChangeTracker.Clear();
            var pipeline = await reading.RowAsync(address.TenantId, address.PipelineId, cancellationToken);
            var steps = pipeline is null ? [] : await reading.StepsAsync(address.TenantId, address.PipelineId, cancellationToken);
            if (pipeline is null || steps.Find(candidate => candidate.Id == address.StepId) is not { } step)
            {
                return new CommandResult.NotFound(pipeline is null ? "pipeline" : "step");
            }

            if (!address.IfMatch.Holds(step.Version))
            {
                return await ReviewChanges.StaleAsync(db, step, address.IfMatch, cancellationToken);
            }

            var taken = faults.Any ? new RedoItems([], []) : await RedoItems.FindAsync(db, step, ids, cancellationToken);
            Named(request, ids, taken, faults);
            var warnings = new List<string>();
            var changes = request.Change is { } change && !faults.Any ? checks.Change(change, [step], taken.Groups, pipeline.Simulate, warnings, faults) : new Dictionary<long, ItemChange>();
            if (faults.Any)
            {
                return new CommandResult.Invalid(faults.ToDictionary());
            }

            if (taken.OutputIds.Count == 0)
            {
                return new CommandResult.Refused("Nothing is rejected that has not been made anew already, so there is nothing to do. Reject outputs first, or name them in output_ids.");
            }

            var (prices, unpriced) = await quotes.PricesAsync(steps, taken.Groups, changes, cancellationToken);
            if (unpriced is not null)
            {
                return new CommandResult.Refused(unpriced);
            }

            if (request.Quote == true)
            {
                var decision = ReviewDecisions.Redo(PlanOfPipeline.State(pipeline, steps, new Dictionary<long, int>()), step.Id, Effect(step, taken, prices, changes));
                var lines = RetryPricing.Redo(RetryQuotes.Price(steps, taken.Groups, prices, changes)!);
                return decision.Refusal is { } why ? new CommandResult.Refused(why) : new CommandResult.Priced(await quotes.ViewAsync(pipeline, taken.Groups, lines, warnings, cancellationToken));
            }

            var moved = false;
            var result = await commands.LockedAsync(
                address.TenantId, address.PipelineId,
                async run =>
                {
                    var locked = run.Step(address.StepId);
                    if (!address.IfMatch.Holds(locked.Version))
                    {
                        return await ReviewChanges.StaleAsync(db, locked, address.IfMatch, cancellationToken);
                    }

                    // What was rejected meanwhile is made anew, too; what somebody else has made anew is not bought twice.
                    var now = await RedoItems.FindAsync(db, locked, ids, cancellationToken);
                    if (now.OutputIds.Count == 0 || RetryQuotes.Price(run.Steps, now.Groups, prices, changes) is not { } priced)
                    {
                        moved = true;
                        return new CommandResult.Done(run.Pipeline, run.Steps);
                    }

                    if (RetryPricing.Total(RetryPricing.Redo(priced)) is var total && total > request.MaxCostUsd)
                    {
                        return new CommandResult.QuoteChanged(Money.Plain(now.Groups.Sum(group => group.Quoted)), total, request.MaxCostUsd.Value);
                    }

                    return await commands.DoAsync(
                        run, ReviewDecisions.Redo(await run.StateAsync(cancellationToken), locked.Id, Effect(locked, now, prices, changes)), cancellationToken);
                },
                cancellationToken);
            if (!moved)
            {
                return result;
            }
        }
    }

    private static RunEffect.Redo Effect(Step step, RedoItems items, IReadOnlyList<RetryPrice> prices, IReadOnlyDictionary<long, ItemChange> changes) =>
        new(step.Id, items.OutputIds, new RetryTerms(null, prices, changes));

    private static void Check(RedoRequest request, Faults faults)
    {
        faults.Unknown(string.Empty, request.Unknown, Fields);
        if (request.OutputIds is null == request.Rejected is not true)
        {
            faults.Add(string.Empty, "Give either output_ids, or rejected: true for all rejected ones.");
        }
        else if (request.OutputIds is { Count: 0 or > MostOutputs })
        {
            faults.Add("/output_ids", $"Name 1 to {MostOutputs:N0} outputs of the step, or use rejected: true.");
        }

        if (request.MaxCostUsd < 0)
        {
            faults.Add("/max_cost_usd", "Use US dollars of 0 or more, or leave it out.");
        }

        RetryChecks.Check(request.Change, faults);
    }

    private static void Named(RedoRequest request, List<long>? ids, RedoItems taken, Faults faults)
    {
        if (faults.Any || ids is null || taken.OutputIds.Count == ids.Count)
        {
            return;
        }

        var good = taken.OutputIds.ToHashSet();
        for (var index = 0; index < request.OutputIds!.Count; index++)
        {
            if (!good.Contains(request.OutputIds[index]))
            {
                faults.Add($"/output_ids/{index}", $"Output {request.OutputIds[index]} is none of this step that was generated. Use an id from its outputs.");
            }
        }
    }
}
