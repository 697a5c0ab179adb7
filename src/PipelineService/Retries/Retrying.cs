using System.Text.Json;
using Contracts.Costs.Grpc;
using Contracts.Generation;
using Microsoft.EntityFrameworkCore;
using PipelineService.Estimates;
using PipelineService.Expansion;
using PipelineService.Orchestration;
using PipelineService.Pipelines;
using PipelineService.Pipelines.Drafts;
using PipelineService.Storage;
using ServiceDefaults;
using ServiceDefaults.Grpc;

namespace PipelineService.Retries;

/// <summary>New attempts for failed items: checked and priced first, outside of any lock; what was priced is what is sent.</summary>
internal sealed class Retrying(
    PipelineDbContext db, PipelineCommands commands, PipelineReading reading, Quoting quoting, RetryChecks checks, CostClient costs, RunPlans plans)
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

            var (prices, unpriced) = await PricesAsync(steps, taken, changes, cancellationToken);
            if (unpriced is not null)
            {
                return new CommandResult.Refused(unpriced);
            }

            var lines = Lines(plan, steps, taken, prices, changes)!;
            if (request.Quote == true)
            {
                return new CommandResult.Priced(await ViewAsync(pipeline, taken, lines, warnings, cancellationToken));
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

    private async Task<(IReadOnlyList<RetryPrice> Prices, string? Unpriced)> PricesAsync(
        IReadOnlyList<Step> steps, Taken taken, IReadOnlyDictionary<long, ItemChange> changes, CancellationToken cancellationToken)
    {
        var kinds = taken.All.Select(group => (group.StepId, group.Resolved, group.ServedBy)).Distinct()
            .Select(kind => (kind.StepId, kind.Resolved, kind.ServedBy, Step: steps.Single(step => step.Id == kind.StepId))).ToList();
        var quotes = await quoting.UnitsAsync(
            [.. kinds.Select(kind => (kind.Step.StepType, Asked(kind.Step, kind.Resolved, changes), Maker(kind.Step, kind.ServedBy, changes)))], cancellationToken);
        var unpriced = quotes.FirstOrDefault(line => line.Error is not null);
        return unpriced is not null
            ? ([], $"{unpriced.StepType} has no price: {unpriced.Error}")
            : ([.. kinds.Select((kind, index) => new RetryPrice(kind.StepId, kind.Resolved, kind.ServedBy, quotes[index].UnitPrice))], null);
    }

    /// <returns>Null when something has no price yet.</returns>
    private static IReadOnlyList<RetryLineView>? Lines(
        RunPlan plan, IReadOnlyList<Step> steps, Taken taken, IReadOnlyList<RetryPrice> prices, IReadOnlyDictionary<long, ItemChange> changes)
    {
        var known = prices.ToDictionary(price => (price.StepId, price.Resolved, price.ServedBy), price => price.UnitPrice);
        if (taken.All.Any(group => !known.ContainsKey((group.StepId, group.Resolved, group.ServedBy))))
        {
            return null;
        }

        return RetryPricing.Lines(plan, steps, [.. taken.Failed.Select(Price)], [.. taken.Restarted.Select(Price)]);

        PricedGroup Price(FailedGroup group)
        {
            var step = steps.Single(step => step.Id == group.StepId);
            return new PricedGroup(
                group, step, Asked(step, group.Resolved, changes), Maker(step, group.ServedBy, changes), known[(group.StepId, group.Resolved, group.ServedBy)]);
        }
    }

    private async Task<RetryQuoteView> ViewAsync(
        Pipeline pipeline, Taken taken, IReadOnlyList<RetryLineView> lines, IReadOnlyList<string> warnings, CancellationToken cancellationToken)
    {
        var total = RetryPricing.Total(lines);
        decimal? left = null;
        if (pipeline.BudgetUsd is { } budget)
        {
            var spend = await costs.GetPipelineSpendAsync(new PipelineSpendRequest { TenantId = pipeline.TenantId, PipelineId = pipeline.Id }, cancellationToken);
            var waiting = await db.Items
                .Where(item => item.PipelineId == pipeline.Id && item.TenantId == pipeline.TenantId && item.Open && item.Status == ItemStatus.Queued)
                .SumAsync(item => item.QuotedCost, cancellationToken);
            left = budget - Quoting.Number(spend.Spent) - Quoting.Number(spend.Held) - waiting;
        }

        return new RetryQuoteView(
            Money.Currency, taken.Failed.Sum(group => group.Items), taken.Failed.Where(group => FailedItems.MayHaveBeenBought(group.Code)).Sum(group => group.Items),
            [.. taken.Failed.GroupBy(group => group.Code).Select(same => new RetryReasonView(same.Key, same.Sum(group => group.Items), same.Any(group => group.Retryable)))
                .OrderByDescending(reason => reason.Items).ThenBy(reason => reason.Code, StringComparer.Ordinal)],
            lines, total, Money.Display(total), Money.Plain(pipeline.BudgetUsd), Money.Plain(left), total > left, warnings);
    }

    private static RunDecision Priced(RunDecision decision, RetryTerms terms) => decision with
    {
        Effects = [.. decision.Effects.Select(effect => effect is RunEffect.Requeue requeue ? requeue with { Terms = requeue.AlsoCancelled ? terms.ForCancelled : terms } : effect)],
    };

    private static string? Maker(Step step, string? servedBy, IReadOnlyDictionary<long, ItemChange> changes) =>
        changes.GetValueOrDefault(step.Id)?.Provider ?? servedBy ?? step.Provider;

    private static GenerationParameters? Asked(Step step, string? resolved, IReadOnlyDictionary<long, ItemChange> changes) =>
        changes.GetValueOrDefault(step.Id)?.Resolved ?? (resolved is null ? step.Resolved : JsonSerializer.Deserialize<GenerationParameters>(resolved, PipelineJson.Options));

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
