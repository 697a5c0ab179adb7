using Contracts.Costs;
using Contracts.Generation;
using Contracts.Pipelines;
using PipelineService.Assets;
using PipelineService.Expansion;
using PipelineService.Pipelines;
using PipelineService.Progress;
using PipelineService.Waiting;
using Providers.Catalog;
using ServiceDefaults.Storage;

namespace PipelineService.Orchestration;

/// <summary>
/// Records what became of items: some hundreds of results in one transaction. Decides each by <see cref="ItemDecisions"/>, then writes in sets:
/// assets, outputs, items, follow-up items, counters, events, settlements.
/// </summary>
internal sealed class Completion(RunPlans plans, FollowUps followUps, ModelCatalog catalog, ServiceTimes durations, WaitingMonitor waiting, OrchestrationOptions options)
{
    /// <summary>Applies results on the open transaction. A repeat of any of them changes nothing.</summary>
    /// <returns>What they tell of their lanes.</returns>
    public async Task<IReadOnlyList<LaneTime>> ApplyAsync(LedgerTransaction ledger, IReadOnlyList<ItemResult> results, CancellationToken cancellationToken)
    {
        var locked = await LockedBatch.LoadAsync(ledger, results, cancellationToken);
        var (runs, items) = (locked.Runs, locked.Items);
        await plans.AttachAsync(ledger, [.. runs.Values], cancellationToken);
        var batch = new CompletionBatch(ledger, locked, followUps, catalog);
        var times = new List<LaneTime>(results.Count);

        foreach (var result in results)
        {
            if (!items.TryGetValue(result.Item.ItemId, out var item) || !runs.TryGetValue(item.PipelineId, out var run) || run.Pipeline.TenantId != result.Item.TenantId)
            {
                continue;
            }

            var decision = ItemDecisions.OnResult(
                item.Facts, result.Item.Attempt, result.Failure, run.Pipeline.Status == PipelineStatus.Cancelled, options, Random.Shared.NextDouble());
            if (item is { InFlight: true, DispatchedAt: { } sent })
            {
                times.Add(new LaneTime(StepTypes.Lane(run.Step(item.StepId).StepType), ledger.Now - sent, result.FinishedAt - result.StartedAt, item.Status == ItemStatus.Running));
            }

            items[item.Id] = Apply(batch, run, item, result, decision);
            if (decision.Meaning == ResultMeaning.Requeue && result.Failure?.Kind == FailureKind.Cancelled)
            {
                // A worker believed it stopped: tell it again how things stand, or it would turn the item away for ever.
                ledger.Epochs.Add((run.Pipeline.TenantId, run.Pipeline.Id, run.Pipeline.Epoch));
            }
        }

        await batch.WriteAsync(cancellationToken);
        foreach (var run in batch.Touched)
        {
            Report(ledger, run, batch.PaidBy(run));
        }

        return times;
    }

    private LedgerItem Apply(CompletionBatch batch, RunTransaction run, LedgerItem item, ItemResult result, ResultDecision decision)
    {
        // A result belongs to what was asked of its attempt, which a retry may have changed since.
        var asked = item.At(result.Item.Attempt);
        if (ItemDecisions.FallsBack(decision, result.Failure) && StepFallback.After(run.Step(item.StepId), asked.Asked(run.Step(item.StepId)), result.Provider) is { } other)
        {
            batch.FallBack(run, asked, result, other);
            return item with { Status = ItemStatus.Queued, Attempt = item.Attempt + 1 };
        }

        switch (decision.Meaning)
        {
            case ResultMeaning.Succeed or ResultMeaning.Reconcile:
                batch.Succeed(run, asked, result);
                if (!result.Cached && asked.Resolved is null)
                {
                    durations.Observe(run.Step(item.StepId), result.StartedAt, result.FinishedAt);
                }

                return item with { Status = ItemStatus.Succeeded, Attempt = result.Item.Attempt };
            case ResultMeaning.BookLate:
                batch.BookLate(run, asked, result);
                return item;
            case ResultMeaning.Requeue:
                batch.Requeue(run, asked, result, decision);
                return item with { Status = ItemStatus.Queued, Attempt = item.Attempt + 1 };
            case ResultMeaning.PauseForAccount:
                batch.Requeue(run, asked, result, decision);
                batch.PauseForAccount(run);
                return item with { Status = ItemStatus.Queued, Attempt = item.Attempt + 1 };
            case ResultMeaning.Fail:
                batch.End(run, asked, result, ItemStatus.Failed);
                return item with { Status = ItemStatus.Failed };
            case ResultMeaning.Cancel:
                batch.End(run, asked, result, ItemStatus.Cancelled);
                return item with { Status = ItemStatus.Cancelled };
            default:
                return item;
        }
    }

    /// <summary>Events and messages of a pipeline after its results are in.</summary>
    private void Report(LedgerTransaction ledger, RunTransaction run, bool paid)
    {
        run.Pipeline.UpdatedAt = ledger.Now;
        if (paid)
        {
            run.Add(ProgressEvents.CostUpdate(run.Pipeline.TenantId, run.Pipeline.Id, run.Pipeline.CostActual));
        }

        foreach (var step in run.Steps.Where(step => step.ProgressDue))
        {
            StepProgressReport.AddIfTime(run, step, options.ProgressEvery, due => Eta.OfStep(due, waiting.Latest, catalog));
            if (step is { Open: 0, Status: StepStatus.Running })
            {
                run.Publish(new StepDrained(run.Pipeline.CorrelationId, run.Pipeline.TenantId, run.Pipeline.Id, step.Id));
            }
        }
    }
}
