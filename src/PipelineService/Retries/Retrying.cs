using Microsoft.EntityFrameworkCore;
using PipelineService.Expansion;
using PipelineService.Orchestration;
using PipelineService.Pipelines;
using PipelineService.Pipelines.Drafts;
using PipelineService.Storage;

namespace PipelineService.Retries;

/// <summary>New attempts for failed items: checked and priced first, outside of any lock; what was priced is what is sent.</summary>
internal sealed class Retrying(
    PipelineDbContext db, PipelineCommands commands, PipelineReading reading, RetryQuotes quotes, RetryChecks checks, RunPlans plans)
{
    /// <param name="stepId">Null for all steps.</param>
    public async Task<CommandResult> RetryAsync(long tenantId, long pipelineId, long? stepId, IfMatch ifMatch, RetryRequest? asked, CancellationToken cancellationToken)
    {
        var request = asked ?? new RetryRequest();
        var faults = new Faults();
        RetryChecks.Check(request, stepId is not null, faults);
        var filter = new FailedFilter(request.Reasons is null ? null : [.. request.Reasons.OfType<string>().Distinct()], request.ItemIds is null ? null : [.. request.ItemIds.Distinct()]);
        while (true)
        {
            db.ChangeTracker.Clear();
            var pipeline = await reading.RowAsync(tenantId, pipelineId, cancellationToken);
            var steps = pipeline is null ? [] : await reading.StepsAsync(tenantId, pipelineId, cancellationToken);
            if (pipeline is null || (stepId is not null && steps.All(step => step.Id != stepId)))
            {
                return new CommandResult.NotFound(pipeline is null ? "pipeline" : "step");
            }

            if (steps.Find(step => step.Id == stepId) is { } one && !ifMatch.Holds(one.Version))
            {
                return new CommandResult.Stale(one.Version);
            }

            var plan = (await plans.OfAsync(db, pipeline, steps, cancellationToken)).Plan;
            var taken = await TakeAsync(pipeline, steps, stepId, filter, cancellationToken);
            await NamedAsync(request, tenantId, stepId, faults, cancellationToken);
            var warnings = new List<string>();
            var changes = request.Change is { } change && !faults.Any
                ? checks.Change(change, [.. steps.Where(step => step.Id == stepId || taken.Failed.Exists(group => group.StepId == step.Id))], taken.Failed, pipeline.Simulate, warnings, faults)
                : new Dictionary<long, ItemChange>();
            if (faults.Any)
            {
                return new CommandResult.Invalid(faults.ToDictionary());
            }

            // Row and items were read one after the other: what looks impossible here may have been possible, so a command is refused under the lock.
            if (request.Quote == true && taken.Decision.Refusal is { } why)
            {
                return new CommandResult.Refused(Because(why, filter, taken));
            }

            var (prices, unpriced) = await quotes.PricesAsync(steps, [.. taken.All], changes, cancellationToken);
            if (unpriced is not null)
            {
                return new CommandResult.Refused(unpriced);
            }

            var lines = Lines(plan, steps, taken, prices, changes)!;
            if (request.Quote == true)
            {
                return new CommandResult.Priced(await quotes.ViewAsync(pipeline, taken.Failed, lines, warnings, cancellationToken));
            }

            var moved = false;
            var result = await commands.LockedAsync(
                tenantId, pipelineId,
                async run =>
                {
                    if (stepId is { } id && !ifMatch.Holds(run.Step(id).Version))
                    {
                        return new CommandResult.Stale(run.Step(id).Version);
                    }

                    // What failed meanwhile is taken too, at prices that are known; anything else is priced first.
                    var now = await TakeAsync(run.Pipeline, run.Steps, stepId, filter, cancellationToken);
                    if (now.Decision.Refusal is { } refusal)
                    {
                        return new CommandResult.Refused(Because(refusal, filter, now));
                    }

                    if (Lines((await plans.OfAsync(run, cancellationToken)).Plan, run.Steps, now, prices, changes) is not { } priced)
                    {
                        moved = true;
                        return new CommandResult.Done(run.Pipeline, run.Steps);
                    }

                    if (RetryPricing.Total(priced) is var total && total > request.MaxCostUsd)
                    {
                        return new CommandResult.QuoteChanged(Money.Plain(now.Failed.Concat(now.Restarted).Sum(group => group.Quoted)), total, request.MaxCostUsd.Value);
                    }

                    return await commands.DoAsync(run, Priced(now.Decision, new RetryTerms(filter.Reasons, prices, changes)), cancellationToken);
                },
                cancellationToken);
            if (!moved)
            {
                return result;
            }
        }
    }

    /// <summary>What a retry would take as things stand, and whether it may.</summary>
    private async Task<Taken> TakeAsync(Pipeline pipeline, IReadOnlyList<Step> steps, long? stepId, FailedFilter filter, CancellationToken cancellationToken)
    {
        var (tenant, scope) = (pipeline.TenantId, steps.Where(step => stepId is null || step.Id == stepId).Select(step => step.Id).ToArray());
        var all = await FailedItems.CountAsync(db, tenant, [.. steps.Select(step => step.Id)], cancelled: false, FailedFilter.All, cancellationToken);
        var failed = filter == FailedFilter.All && stepId is null ? all : await FailedItems.CountAsync(db, tenant, scope, cancelled: false, filter, cancellationToken);
        var state = PlanOfPipeline.State(pipeline, steps, Items(all));
        var decision = PipelineDecisions.Retry(state, stepId, filter.ItemIds, Items(failed));
        var restarted = decision.Effects.OfType<RunEffect.Requeue>().Where(requeue => requeue.AlsoCancelled).SelectMany(requeue => requeue.StepIds).ToArray();
        return new Taken(decision, failed, await FailedItems.CountAsync(db, tenant, restarted, cancelled: true, FailedFilter.All, cancellationToken), all.Sum(group => group.Items));
    }

    /// <summary>Named items have to be of the step, and failed. One that is tried again already is what was asked for.</summary>
    private async Task NamedAsync(RetryRequest request, long tenantId, long? stepId, Faults faults, CancellationToken cancellationToken)
    {
        if (request.ItemIds is not { Count: > 0 } ids || stepId is null)
        {
            return;
        }

        var asked = ids.ToArray();
        var good = await db.Items
            .Where(item => item.StepId == stepId && item.TenantId == tenantId && asked.Contains(item.Id) && item.Status != ItemStatus.Succeeded && item.Status != ItemStatus.Cancelled)
            .Select(item => item.Id).ToHashSetAsync(cancellationToken);
        for (var index = 0; index < asked.Length; index++)
        {
            if (!good.Contains(asked[index]))
            {
                faults.Add($"/item_ids/{index}", $"Item {asked[index]} is no failed item of this step. Failed ones are listed at items?status=failed.");
            }
        }
    }

    /// <returns>Null when something has no price yet.</returns>
    private static IReadOnlyList<RetryLineView>? Lines(
        RunPlan plan, IReadOnlyList<Step> steps, Taken taken, IReadOnlyList<RetryPrice> prices, IReadOnlyDictionary<long, ItemChange> changes) =>
        RetryQuotes.Price(steps, taken.Failed, prices, changes) is { } failed && RetryQuotes.Price(steps, taken.Restarted, prices, changes) is { } restarted
            ? RetryPricing.Lines(plan, steps, failed, restarted)
            : null;

    private static RunDecision Priced(RunDecision decision, RetryTerms terms) => decision with
    {
        Effects = [.. decision.Effects.Select(effect => effect is RunEffect.Requeue requeue ? requeue with { Terms = requeue.AlsoCancelled ? terms.ForCancelled : terms } : effect)],
    };

    private static Dictionary<long, int> Items(IEnumerable<FailedGroup> groups) =>
        groups.GroupBy(group => group.StepId).ToDictionary(group => group.Key, group => group.Sum(part => part.Items));

    private static string Because(string why, FailedFilter filter, Taken taken) =>
        filter.Reasons is { } reasons && taken.OfAnyReason > 0 && taken.Failed.Count == 0 ? $"No item failed for {string.Join(" or ", reasons)}, so there is nothing to retry." : why;

    /// <param name="Restarted">Cancelled because a step failed; they come back with it.</param>
    /// <param name="OfAnyReason">All failed items of the pipeline.</param>
    private sealed record Taken(RunDecision Decision, List<FailedGroup> Failed, List<FailedGroup> Restarted, int OfAnyReason)
    {
        public IEnumerable<FailedGroup> All => Failed.Concat(Restarted);
    }
}
