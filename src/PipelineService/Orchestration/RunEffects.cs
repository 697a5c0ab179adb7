using Microsoft.EntityFrameworkCore;
using PipelineService.Expansion;
using PipelineService.Pipelines;
using PipelineService.Progress;
using PipelineService.Reuse;
using Contracts.Generation;
using Contracts.Pipelines;
using Providers.Catalog;

namespace PipelineService.Orchestration;

/// <summary>Does what was decided, in sets, on the transaction that holds the locks.</summary>
internal sealed class RunEffects(RunPlans plans, ModelCatalog catalog)
{
    public async Task ApplyAsync(RunTransaction run, RunDecision decision, CancellationToken cancellationToken)
    {
        var before = (run.Pipeline.Status, run.Pipeline.StatusReason, run.Pipeline.CurrentStepId, Steps: string.Join(',', run.Steps.Select(step => step.Status)));
        foreach (var effect in decision.Effects)
        {
            await ApplyAsync(run, effect, cancellationToken);
        }

        if (decision.Effects.Count == 0)
        {
            return;
        }

        run.Pipeline.CurrentStepId = run.Steps.FirstOrDefault(step => step.Status is not (StepStatus.Completed or StepStatus.Skipped or StepStatus.Failed or StepStatus.Cancelled))?.Id;
        run.Pipeline.UpdatedAt = run.Now;
        run.Pipeline.Version++;

        // A step that was opened and got nothing to do has no result that would end it.
        foreach (var idle in run.Steps.Where(step => step is { Status: StepStatus.Running, Open: 0 }))
        {
            run.Publish(new StepDrained(run.Pipeline.CorrelationId, run.Pipeline.TenantId, run.Pipeline.Id, idle.Id));
        }

        if (before != (run.Pipeline.Status, run.Pipeline.StatusReason, run.Pipeline.CurrentStepId, string.Join(',', run.Steps.Select(step => step.Status))))
        {
            run.Add(ProgressEvents.PipelineStatus(run.Pipeline.TenantId, run.Pipeline.Id, run.Pipeline.Status, run.Pipeline.CurrentStepId));
        }
    }

    private async Task ApplyAsync(RunTransaction run, RunEffect effect, CancellationToken cancellationToken)
    {
        switch (effect)
        {
            case RunEffect.SetPipeline set:
                SetPipeline(run, set);
                return;
            case RunEffect.SetPauseRequested set:
                run.Pipeline.PauseRequested = set.Requested;
                return;
            case RunEffect.SetStep set:
                SetStep(run, run.Step(set.StepId), set.Status);
                return;
            case RunEffect.ExpandInputs expand:
                await ExpandAsync(run, run.Step(expand.StepId), cancellationToken);
                return;
            case RunEffect.Advance advance:
                await AdvanceAsync(run, run.Step(advance.FromStepId), run.Step(advance.ToStepId), advance.PicksOnly, cancellationToken);
                return;
            case RunEffect.Hold hold:
                run.Ledger.Wake.Add(StepTypes.Lane(run.Step(hold.StepId).StepType));
                await run.Ledger.ExecuteAsync(
                    "update pipeline.dispatch_queues set held = $3 where pipeline_id = $1 and lane = $2 and held <> $3",
                    cancellationToken, run.Pipeline.Id, StepTypes.Lane(run.Step(hold.StepId).StepType), hold.Held);
                return;
            case RunEffect.RaiseEpoch:
                run.Pipeline.Epoch++;
                run.Ledger.Epochs.Add((run.Pipeline.TenantId, run.Pipeline.Id, run.Pipeline.Epoch));
                return;
            case RunEffect.CancelOpen cancel:
                await LedgerMoves.CancelOpenAsync(run, cancel.StepIds, cancellationToken);
                return;
            case RunEffect.Requeue requeue:
                await RetryMoves.RequeueAsync(run, (await plans.OfAsync(run, cancellationToken)).Plan, requeue, catalog, cancellationToken);
                return;
            case RunEffect.Repeat repeat:
                await ItemMoves.RepeatAsync(run, (await plans.OfAsync(run, cancellationToken)).Plan, repeat, cancellationToken);
                return;
            case RunEffect.Redo redo:
                await RedoMoves.RedoAsync(run, (await plans.OfAsync(run, cancellationToken)).Plan, redo, catalog, cancellationToken);
                return;
            case RunEffect.CancelItem cancel:
                await ItemMoves.CancelAsync(run, (await plans.OfAsync(run, cancellationToken)).Plan, cancel, cancellationToken);
                return;
            default:
                throw new InvalidOperationException($"No one does {effect.GetType().Name}.");
        }
    }

    private static void SetPipeline(RunTransaction run, RunEffect.SetPipeline set)
    {
        var pipeline = run.Pipeline;
        pipeline.Status = set.Status;
        pipeline.StatusReason = set.Reason;
        pipeline.SagaState = set.Status.ToString();
        if (set.Status == PipelineStatus.Running)
        {
            pipeline.StartedAt ??= run.Now;
            pipeline.FinishedAt = null;
        }

        if (set.Status == PipelineStatus.Cancelled)
        {
            // A pause lets go on what providers work on; a cancel is for good, and workers may tell it from the value.
            run.Ledger.Epochs.Add((pipeline.TenantId, pipeline.Id, Epochs.Never));
        }

        if (set.Status is PipelineStatus.Completed or PipelineStatus.Failed or PipelineStatus.Cancelled)
        {
            pipeline.FinishedAt = run.Now;
            run.Publish(new PipelineFinished(pipeline.CorrelationId, pipeline.TenantId, pipeline.Id, ServiceDefaults.Storage.SnakeCase.Word(set.Status)));
        }
    }

    private static void SetStep(RunTransaction run, Step step, StepStatus status)
    {
        step.Status = status;
        step.Version++;
        step.UpdatedAt = run.Now;
        switch (status)
        {
            case StepStatus.Running:
                step.StartedAt ??= run.Now;
                step.FinishedAt = null;
                step.Error = null;
                break;
            case StepStatus.Failed:
                step.FinishedAt = run.Now;
                step.Error = step.Succeeded == 0 ? "Every item failed." : "An item failed, and the run stops on failures.";
                break;
            case StepStatus.Completed or StepStatus.Cancelled or StepStatus.Review:
                step.FinishedAt = run.Now;
                break;
        }
    }

    private async Task ExpandAsync(RunTransaction run, Step step, CancellationToken cancellationToken)
    {
        var (plan, images) = await plans.WholeAsync(run, cancellationToken);
        var hashes = await HashesAsync(run, step, images.Select(image => image.AssetId), cancellationToken);
        var items = ItemExpansion.FromInputs(plan, plan.Find(step.StepType)!, run.Pipeline.Id);
        var count = await ItemWriter.WriteAsync(
            run.Ledger.Connection, step, items, item => item.Image is { } image ? images[image].AssetId : null, hashes, cascade: true, run.Now, cancellationToken);
        Count(run, step, count);
    }

    /// <summary>Follow-up items for selected outputs that have none yet. Outputs are read in pages, so that a large step is no large list.</summary>
    private async Task AdvanceAsync(RunTransaction run, Step from, Step to, bool picksOnly, CancellationToken cancellationToken)
    {
        const int page = 2000;
        var (plan, images) = await plans.OfAsync(run, cancellationToken);
        var target = plan.Find(to.StepType)!;
        IReadOnlyDictionary<long, string>? inputs = null;
        var lastOrdinal = -1L;
        var lastId = 0L;
        while (true)
        {
            var outputs = await run.Db.Outputs.AsNoTracking()
                .Where(output => output.StepId == from.Id && output.TenantId == from.TenantId && output.Selected && !output.Advanced
                    && (!picksOnly || output.Verdict == Verdict.Pick)
                    && (output.Ordinal > lastOrdinal || (output.Ordinal == lastOrdinal && output.Id > lastId)))
                .OrderBy(output => output.Ordinal).ThenBy(output => output.Id)
                .Take(page)
                .ToListAsync(cancellationToken);
            if (outputs.Count == 0)
            {
                return;
            }

            var assets = outputs.ToDictionary(output => output.Id, output => output.AssetId);
            inputs ??= assets.Values.All(asset => asset is null) ? await HashesAsync(run, to, images, cancellationToken) : null;
            var hashes = inputs ?? await HashesAsync(run, to, assets.Values.OfType<long>(), cancellationToken);
            var items = outputs.SelectMany(output => ItemExpansion.FromOutput(plan, target, Parent(output), run.Pipeline.Id));
            var count = await ItemWriter.WriteAsync(
                run.Ledger.Connection, to, items, item => item.Image is { } image ? images[image] : assets[item.ParentOutputId!.Value], hashes, cascade: true, run.Now,
                cancellationToken);
            Count(run, to, count);
            await run.Ledger.ExecuteAsync(
                "update pipeline.outputs set advanced = true where tenant_id = $1 and id = any($2)", cancellationToken, from.TenantId, assets.Keys.ToArray());
            (lastOrdinal, lastId) = (outputs[^1].Ordinal, outputs[^1].Id);
        }
    }

    // Prompts make no pictures of sources, so nobody needs to know these.
    private static async Task<IReadOnlyDictionary<long, string>> HashesAsync(RunTransaction run, Step step, IEnumerable<long> assets, CancellationToken cancellationToken) =>
        step.Resolved is null ? ItemWriter.NoHashes : await AssetHashes.OfAsync(run.Db, run.Pipeline.TenantId, assets, cancellationToken);

    public static ParentOutput Parent(Output output) =>
        new(output.Id, output.Type, output.Ordinal, output.Text ?? output.Prompt ?? string.Empty, output.ImageIndex, output.PromptIndex);

    private static void Count(RunTransaction run, Step step, int items)
    {
        step.Open += items;
        run.Queue(step, queued: items, inFlight: 0);
    }
}
