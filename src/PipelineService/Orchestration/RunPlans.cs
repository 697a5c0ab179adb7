using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using PipelineService.Expansion;
using PipelineService.Pipelines;
using PipelineService.Storage;
using Providers.Catalog;

namespace PipelineService.Orchestration;

/// <summary>A stored pipeline's plan, as far as work needs it that follows from outputs: without the prompts that its first step multiplies out.</summary>
/// <param name="ImageAssets">By input index.</param>
internal sealed record StoredPlan(RunPlan Plan, IReadOnlyList<long> ImageAssets);

/// <summary>
/// Plans of stored pipelines. A plan is made again only when the configuration has changed, so that the work of a batch of results does not grow
/// with the lists that went in.
/// </summary>
internal sealed class RunPlans(ModelCatalog catalog)
{
    private const int Most = 512;
    private readonly ConcurrentDictionary<long, Kept> _kept = new();
    private long _clock;

    /// <summary>The plan of a pipeline as it is stored; not to be asked for after a change of its configuration that has not been committed.</summary>
    public async Task<StoredPlan> OfAsync(PipelineDbContext db, Pipeline pipeline, IReadOnlyList<Step> steps, CancellationToken cancellationToken)
    {
        if (Known(pipeline) is { } known)
        {
            return known;
        }

        return Keep(pipeline, steps, await InputStore.WholeAsync(db, pipeline.TenantId, pipeline.Id, cancellationToken));
    }

    /// <summary>Gives runs their plans: from memory, else all that are missing in one statement.</summary>
    public async Task AttachAsync(LedgerTransaction ledger, IReadOnlyCollection<RunTransaction> runs, CancellationToken cancellationToken)
    {
        var missing = new List<RunTransaction>();
        foreach (var run in runs.Where(run => run.Plan is null))
        {
            run.Plan = Known(run.Pipeline);
            if (run.Plan is null)
            {
                missing.Add(run);
            }
        }

        if (missing.Count == 0)
        {
            return;
        }

        var ids = missing.Select(run => run.Pipeline.Id).ToArray();
        var parts = (await ledger.Db.Inputs.AsNoTracking().Where(part => ids.Contains(part.PipelineId)).ToListAsync(cancellationToken)).ToLookup(part => part.PipelineId);
        foreach (var run in missing)
        {
            run.Plan = Keep(run.Pipeline, run.Steps, PipelineInputs.Of(parts[run.Pipeline.Id]));
        }
    }

    public async Task<StoredPlan> OfAsync(RunTransaction run, CancellationToken cancellationToken)
    {
        await AttachAsync(run.Ledger, [run], cancellationToken);
        return run.Plan!;
    }

    /// <summary>With all prompts, for the step that starts from them.</summary>
    public async Task<(RunPlan Plan, IReadOnlyList<InputImage> Images)> WholeAsync(RunTransaction run, CancellationToken cancellationToken)
    {
        var inputs = await InputStore.WholeAsync(run.Db, run.Pipeline.TenantId, run.Pipeline.Id, cancellationToken);
        return (PlanOfPipeline.Plan(run.Pipeline, run.Steps, inputs, catalog), inputs.Images);
    }

    private StoredPlan? Known(Pipeline pipeline)
    {
        if (!_kept.TryGetValue(pipeline.Id, out var kept) || kept.Version != pipeline.ConfigVersion)
        {
            return null;
        }

        kept.Used = Interlocked.Increment(ref _clock);
        return kept.Plan;
    }

    private StoredPlan Keep(Pipeline pipeline, IReadOnlyList<Step> steps, PipelineInputs inputs)
    {
        var plan = new StoredPlan(PlanOfPipeline.Plan(pipeline, steps, inputs, catalog).WithoutInputs(), [.. inputs.Images.Select(image => image.AssetId)]);
        _kept[pipeline.Id] = new Kept(pipeline.ConfigVersion, plan) { Used = Interlocked.Increment(ref _clock) };
        if (_kept.Count > Most)
        {
            foreach (var (id, _) in _kept.OrderBy(pair => pair.Value.Used).Take(Most / 4).ToList())
            {
                _kept.TryRemove(id, out _);
            }
        }

        return plan;
    }

    private sealed class Kept(int version, StoredPlan plan)
    {
        public int Version => version;

        public StoredPlan Plan => plan;

        public long Used { get; set; }
    }
}
