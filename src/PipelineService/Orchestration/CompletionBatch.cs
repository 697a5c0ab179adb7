using Contracts.Costs;
using Contracts.Generation;
using Npgsql;
using PipelineService.Assets;
using PipelineService.Expansion;
using PipelineService.Pipelines;
using PipelineService.Progress;
using PipelineService.Reuse;
using Providers.Catalog;
using ServiceDefaults.Storage;

namespace PipelineService.Orchestration;

/// <summary>Gathers what a batch of results does, so that it is written in a few statements whatever its size.</summary>
internal sealed class CompletionBatch(LedgerTransaction ledger, LockedBatch locked, FollowUps followUps, ModelCatalog catalog)
{
    private readonly List<Delivered> _delivered = [];
    private readonly List<LateResult> _late = [];
    private readonly List<ItemUpdate> _updates = [];
    private readonly List<(RunTransaction Run, ItemSettlement Settlement)> _settlements = [];
    private readonly HashSet<RunTransaction> _touched = [];
    private readonly HashSet<long> _paid = [];
    private readonly List<MovedItem> _moved = [];

    public IReadOnlyCollection<RunTransaction> Touched => _touched;

    public bool PaidBy(RunTransaction run) => _paid.Contains(run.Pipeline.Id);

    public void Succeed(RunTransaction run, LedgerItem item, ItemResult result)
    {
        var step = Touch(run, item);
        var cost = Cost(step, item, result);
        if (item.Status == ItemStatus.Failed)
        {
            // Reconciled: it had been counted as failed, and what follows from it as lost.
            step.Failed -= item.Units;
            Later(run, step, item, item.Units);
        }
        else
        {
            step.Open--;
            run.Queue(step, item.Status == ItemStatus.Queued ? -1 : 0, item.InFlight ? -1 : 0);
        }

        step.Succeeded += result.Outputs.Count;
        if (result.Outputs.Count != item.Units)
        {
            step.Total += result.Outputs.Count - item.Units;
            Later(run, step, item, result.Outputs.Count - item.Units);
        }

        _updates.Add(ItemUpdate.Ended(item, result, ItemStatus.Succeeded, cost));
        Pay(run, step, item, result, cost);
        _delivered.Add(new Delivered(run, step, item, result, cost) { Advances = item.Cascade && Target(run, step) is not null });
    }

    public void BookLate(RunTransaction run, LedgerItem item, ItemResult result)
    {
        var step = Touch(run, item);
        _late.Add(new LateResult { TenantId = run.Pipeline.TenantId, ItemId = item.Id, Attempt = result.Item.Attempt, At = ledger.Now });
        // A late text has no place to go to, and nobody is charged for what he does not get; what was held for it is freed.
        _delivered.Add(new Delivered(run, step, item, result, result.Outputs.Any(output => output.Media is not null) ? Cost(step, item, result) : 0m, Late: true));
    }

    public void Requeue(RunTransaction run, LedgerItem item, ItemResult result, ResultDecision decision)
    {
        var step = Touch(run, item);
        run.Queue(step, queued: 1, inFlight: -1);
        _updates.Add(ItemUpdate.Requeued(item, result, decision, ledger.Now));
        Release(run, step, item, result);
    }

    /// <summary>Asks somebody else, at that one's price.</summary>
    public void FallBack(RunTransaction run, LedgerItem item, ItemResult result, StepFallback other)
    {
        Requeue(run, item, result, new ResultDecision(ResultMeaning.Requeue));
        _moved.Add(MovedItem.To(other, run.Step(item.StepId), item, result));
        Dearer(run, run.Step(item.StepId), (other.UnitPrice * item.Units) - item.QuotedCost);
    }

    public void PauseForAccount(RunTransaction run)
    {
        if (run.Pipeline.Status != PipelineStatus.Running)
        {
            return;
        }

        run.Pipeline.Status = PipelineStatus.Paused;
        run.Pipeline.StatusReason = StatusReason.Account;
        run.Pipeline.Version++;
        run.Add(ProgressEvents.PipelineStatus(run.Pipeline.TenantId, run.Pipeline.Id, run.Pipeline.Status, run.Pipeline.CurrentStepId));
        _hold.Add(run.Pipeline.Id);
    }

    public void End(RunTransaction run, LedgerItem item, ItemResult result, ItemStatus status)
    {
        var step = Touch(run, item);
        step.Open--;
        run.Queue(step, queued: 0, inFlight: -1);
        _updates.Add(ItemUpdate.Ended(item, result, status, 0m));
        Release(run, step, item, result);
        if (status == ItemStatus.Cancelled)
        {
            step.Cancelled += item.Units;
            return;
        }

        step.Failed += item.Units;
        Later(run, step, item, -item.Units);
        run.Add(ProgressEvents.Error(run.Pipeline.TenantId, run.Pipeline.Id, step.Id, item.Id, result.Failure!.Message, result.Failure.Kind.IsRetryable()));
    }

    /// <summary>Hands over what is to be written with the transaction's end.</summary>
    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        await KeepNewLateAsync(cancellationToken);
        List<NpgsqlBatchCommand> statements = [.. OutputWriter.Make(ledger, locked, _delivered)];
        if (_updates.Count > 0)
        {
            statements.Add(ItemUpdate.Write(ItemUpdate.Merged(_updates)));
        }

        if (_moved.Count > 0)
        {
            statements.Add(MovedItem.Write(_moved));
        }

        statements.AddRange(await FollowAsync(cancellationToken));
        foreach (var group in _settlements.GroupBy(entry => entry.Run.Pipeline.TenantId))
        {
            foreach (var chunk in group.Select(entry => entry.Settlement).Chunk(500))
            {
                ledger.Publish(group.Key, new SettleItems(chunk));
            }
        }

        if (_hold.Count > 0)
        {
            statements.Add(LedgerTransaction.Statement("update pipeline.dispatch_queues set held = true where pipeline_id = any($1)", _hold.ToArray()));
        }

        ledger.Defer(statements);
    }

    private readonly HashSet<long> _hold = [];

    // A late result is booked once: whoever wrote its row first.
    private async Task KeepNewLateAsync(CancellationToken cancellationToken)
    {
        if (_late.Count == 0)
        {
            return;
        }

        await using var command = ledger.Command(
            """
            insert into pipeline.late_results (tenant_id, item_id, attempt, at)
            select * , $4 from unnest($1, $2, $3) on conflict do nothing returning item_id, attempt
            """,
            _late.Select(row => row.TenantId).ToArray(), _late.Select(row => row.ItemId).ToArray(), _late.Select(row => row.Attempt).ToArray(), ledger.Now);
        var fresh = new HashSet<(long, int)>();
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                fresh.Add((reader.GetInt64(0), reader.GetInt32(1)));
            }
        }

        _delivered.RemoveAll(entry => entry.Late && !fresh.Contains((entry.Item.Id, entry.Result.Item.Attempt)));
        foreach (var entry in _delivered.Where(entry => entry.Late))
        {
            Pay(entry.Run, entry.Step, entry.Item, entry.Result, entry.Cost);
            _updates.Add(ItemUpdate.Charged(entry.Item, entry.Cost));
        }
    }

    /// <summary>Rolling flow: finished outputs start their follow-up items in the same transaction.</summary>
    private async Task<IReadOnlyList<NpgsqlBatchCommand>> FollowAsync(CancellationToken cancellationToken)
    {
        var statements = new List<NpgsqlBatchCommand>();
        foreach (var group in _delivered.Where(entry => !entry.Advances).GroupBy(entry => entry.Step.Id))
        {
            followUps.Saw(group.Key, group.Count(), items: 0);
        }

        foreach (var group in _delivered.Where(entry => entry.Advances).GroupBy(entry => (entry.Run, entry.Step)))
        {
            var (run, step) = group.Key;
            var (plan, images) = run.Plan!;
            var target = Target(run, step)!;
            var next = run.Steps.First(candidate => candidate.StepType == target.StepType);
            var outputs = group.SelectMany(entry => entry.Outputs).ToList();
            var assets = outputs.ToDictionary(output => output.Id, output => output.AssetId);
            var hashes = next.Resolved is null ? ItemWriter.NoHashes : await HashesAsync(run, images, [.. group], cancellationToken);
            var items = outputs.SelectMany(output => ItemExpansion.FromOutput(plan, target, RunEffects.Parent(output), run.Pipeline.Id)).ToList();
            if (items.Count > 0)
            {
                statements.Add(ItemWriter.Insert(next, items, item => item.Image is { } image ? images[image] : assets[item.ParentOutputId!.Value], hashes, ledger.Now));
            }

            followUps.Saw(step.Id, group.Count(), items.Count);
            next.Open += items.Count;
            run.Queue(next, queued: items.Count, inFlight: 0);
            if (next.Status is StepStatus.Pending or StepStatus.Completed or StepStatus.Review)
            {
                next.Status = StepStatus.Running;
                next.StartedAt ??= ledger.Now;
                next.FinishedAt = null;
                next.Version++;
            }
        }

        return statements;
    }

    // Files that have just come are known by their hash; prompts meet the pictures that went in.
    private async Task<IReadOnlyDictionary<long, string>> HashesAsync(
        RunTransaction run, IReadOnlyList<long> images, IReadOnlyList<Delivered> delivered, CancellationToken cancellationToken)
    {
        var made = delivered.SelectMany(entry => entry.Outputs.Zip(entry.Result.Outputs)).Where(pair => pair.First.AssetId is not null).ToList();
        if (made.Count > 0)
        {
            return made.ToDictionary(pair => pair.First.AssetId!.Value, pair => pair.Second.Media!.Sha256);
        }

        var bound = delivered.Select(entry => entry.Item.Input.ImageIndex).Distinct().ToList();
        return await AssetHashes.OfAsync(ledger.Db, run.Pipeline.TenantId, bound.Contains(null) ? images : bound.Select(image => images[image!.Value]), cancellationToken);
    }

    /// <summary>The step that takes the outputs of this one at once; null when they wait.</summary>
    private static StepPlan? Target(RunTransaction run, Step step) =>
        run.Plan!.Plan.After(run.Plan.Plan.Find(step.StepType)!) is { } target
        && PipelineDecisions.Rolls(run.Pipeline.Mode, PlanOfPipeline.HasCheckpoint(run.Pipeline, step), run.Pipeline.Status, step.Status)
            ? target
            : null;

    // What comes of an item that goes nowhere changes nothing downstream.
    private static void Later(RunTransaction run, Step step, LedgerItem item, int outputs)
    {
        if (item.Cascade)
        {
            Downstream.Change(run.Steps, run.Plan!.Plan, step, outputs);
        }
    }

    private Step Touch(RunTransaction run, LedgerItem item)
    {
        _touched.Add(run);
        var step = run.Step(item.StepId);
        step.ProgressDue = true;
        return step;
    }

    private static void Dearer(RunTransaction run, Step step, decimal dollars)
    {
        step.CostEstimate += dollars;
        run.Pipeline.CostEstimate += dollars;
    }

    private void Pay(RunTransaction run, Step step, LedgerItem item, ItemResult result, decimal cost)
    {
        step.CostActual += cost;
        run.Pipeline.CostActual += cost;
        _paid.Add(run.Pipeline.Id);
        Settle(run, step, item, result, cost, result.Outputs.Count);
    }

    private void Release(RunTransaction run, Step step, LedgerItem item, ItemResult result) => Settle(run, step, item, result, 0m, 0);

    private void Settle(RunTransaction run, Step step, LedgerItem item, ItemResult result, decimal cost, int units) => _settlements.Add((run, new ItemSettlement(
        run.Pipeline.TenantId, run.Pipeline.Id, step.Id, result.Item.ItemId, result.Item.Attempt, step.StepType, item.Model(step),
        result.Provider, units, cost, item.QuotedCost, result.Simulated, ledger.Now)));

    /// <summary>
    /// What the provider billed, in money or in the units of the price, else what was quoted for the units delivered. Nothing for what came from a cache.
    /// </summary>
    private decimal Cost(Step step, LedgerItem item, ItemResult result) => result switch
    {
        { Cached: true } => 0m,
        { ReportedCost: { } billed } => billed,
        { BilledUnits: > 0 and var counted } when item.Asked(step) is { } asked && catalog.Find(asked.Model)?.At(result.Provider) is { } model && BilledUnits.Of(model.Price, asked) is { } quoted =>
            Math.Round(item.QuotedCost / item.Units * counted / quoted, 6, MidpointRounding.AwayFromZero),
        _ => item.QuotedCost / item.Units * result.Outputs.Count,
    };
}

/// <summary>A result that brought outputs.</summary>
/// <param name="Late">It goes to the library only; the item stays as it is.</param>
internal sealed record Delivered(RunTransaction Run, Step Step, LedgerItem Item, ItemResult Result, decimal Cost, bool Late = false)
{
    /// <summary>Follow-up items are written with its outputs.</summary>
    public bool Advances { get; init; }

    /// <summary>Filled by <see cref="OutputWriter"/>.</summary>
    public List<Output> Outputs { get; } = [];
}
