using Microsoft.EntityFrameworkCore;
using PipelineService.Pipelines;
using PipelineService.Progress;
using PipelineService.Storage;

namespace PipelineService.Orchestration;

/// <summary>A pipeline and its steps under their row locks.</summary>
internal sealed class RunTransaction(LedgerTransaction ledger, Pipeline pipeline, List<Step> steps)
{
    public LedgerTransaction Ledger => ledger;

    public PipelineDbContext Db => ledger.Db;

    public Pipeline Pipeline => pipeline;

    /// <summary>In step order.</summary>
    public IReadOnlyList<Step> Steps => steps;

    public DateTimeOffset Now => ledger.Now;

    /// <summary>Null until <see cref="RunPlans"/> gives it.</summary>
    public StoredPlan? Plan { get; set; }

    public Step Step(long id) => steps.Single(step => step.Id == id);

    public void Add(NewEvent progress) => ledger.Add(progress);

    public void Publish(object message) => ledger.Publish(pipeline.TenantId, message);

    /// <summary>Counts items of a step in or out of the dispatch queue of its lane.</summary>
    public void Queue(Step step, int queued, int inFlight) => ledger.Queues.Add(
        Contracts.Generation.StepTypes.Lane(step.StepType), pipeline.TenantId, pipeline.Id, queued, inFlight, Held(step));

    public async Task<RunState> StateAsync(CancellationToken cancellationToken)
    {
        // By step: the index of failed items begins with it.
        var ids = steps.Select(step => step.Id).ToArray();
        var failed = await Db.Items
            .Where(item => ids.Contains(item.StepId) && item.TenantId == pipeline.TenantId && item.HasFailed)
            .GroupBy(item => item.StepId)
            .Select(group => new { group.Key, Count = group.Count() })
            .ToDictionaryAsync(group => group.Key, group => group.Count, cancellationToken);
        return PlanOfPipeline.State(pipeline, steps, failed);
    }

    /// <summary>Locks a tenant's pipeline and its steps on the context's open transaction; null when the tenant has no such pipeline.</summary>
    public static async Task<RunTransaction?> LoadAsync(LedgerTransaction ledger, long tenantId, long pipelineId, CancellationToken cancellationToken)
    {
        var pipeline = await ledger.Db.Pipelines
            .FromSql($"select * from pipeline.pipelines where id = {pipelineId} and tenant_id = {tenantId} for update")
            .SingleOrDefaultAsync(cancellationToken);
        return pipeline is null ? null : await LoadStepsAsync(ledger, pipeline, cancellationToken);
    }

    /// <summary>The same for a pipeline whose row the caller has locked already.</summary>
    public static async Task<RunTransaction> LoadStepsAsync(LedgerTransaction ledger, Pipeline pipeline, CancellationToken cancellationToken)
    {
        var steps = await ledger.Db.Steps
            .FromSql($"select * from pipeline.pipeline_steps where pipeline_id = {pipeline.Id} and tenant_id = {pipeline.TenantId} order by id for update")
            .ToListAsync(cancellationToken);
        return new RunTransaction(ledger, pipeline, [.. steps.OrderBy(step => step.StepOrder)]);
    }

    /// <summary>Several pipelines at once, locked in order of id, without those that somebody else has locked.</summary>
    public static async Task<Dictionary<long, RunTransaction>> LoadFreeAsync(LedgerTransaction ledger, long[] pipelineIds, CancellationToken cancellationToken)
    {
        var pipelines = await ledger.Db.Pipelines
            .FromSql($"select * from pipeline.pipelines where id = any({pipelineIds}) order by id for update skip locked")
            .ToListAsync(cancellationToken);
        pipelineIds = [.. pipelines.Select(pipeline => pipeline.Id)];
        var steps = await ledger.Db.Steps
            .FromSql($"select * from pipeline.pipeline_steps where pipeline_id = any({pipelineIds}) order by id for update")
            .ToListAsync(cancellationToken);
        return Of(ledger, pipelines, steps);
    }

    /// <summary>By pipeline.</summary>
    public static Dictionary<long, RunTransaction> Of(LedgerTransaction ledger, IReadOnlyList<Pipeline> pipelines, IReadOnlyList<Step> steps)
    {
        var byPipeline = steps.ToLookup(step => step.PipelineId);
        return pipelines.ToDictionary(pipeline => pipeline.Id, pipeline => new RunTransaction(ledger, pipeline, [.. byPipeline[pipeline.Id].OrderBy(step => step.StepOrder)]));
    }

    // A queue that comes into being while the pipeline is paused, or behind the step that may still end, starts held.
    private bool Held(Step step) =>
        pipeline.Status == PipelineStatus.Paused && pipeline.StatusReason != StatusReason.Review
        || (pipeline.PauseRequested && step.Id != pipeline.CurrentStepId);
}
