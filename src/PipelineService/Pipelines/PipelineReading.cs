using Microsoft.EntityFrameworkCore;
using PipelineService.History;
using PipelineService.Orchestration;
using PipelineService.Pipelines.Drafts;
using PipelineService.Reuse;
using PipelineService.Storage;
using PipelineService.Traffic;
using PipelineService.Waiting;
using Contracts.Generation;
using Providers;
using Providers.Catalog;
using Providers.Keys;
using Providers.Traffic;

namespace PipelineService.Pipelines;

/// <summary>Makes views out of rows. Reads only.</summary>
internal sealed class PipelineReading(PipelineDbContext db, StoredWarnings warnings, WaitingMonitor waiting, RouteTraffic traffic, WorkspaceKeys keys, ReuseForecast reuse, ModelCatalog catalog)
{
    private const int FirstOutputs = 100;

    /// <returns>Null when the tenant has no such pipeline.</returns>
    public async Task<PipelineView?> FindAsync(long tenantId, long id, CancellationToken cancellationToken)
    {
        var pipeline = await RowAsync(tenantId, id, cancellationToken);
        return pipeline is null ? null : await ViewAsync(pipeline, await StepsAsync(tenantId, id, cancellationToken), cancellationToken);
    }

    public Task<Pipeline?> RowAsync(long tenantId, long id, CancellationToken cancellationToken) =>
        db.Pipelines.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id && row.TenantId == tenantId, cancellationToken);

    public Task<List<Step>> StepsAsync(long tenantId, long pipelineId, CancellationToken cancellationToken) =>
        db.Steps.AsNoTracking().Where(step => step.PipelineId == pipelineId && step.TenantId == tenantId).OrderBy(step => step.StepOrder).ToListAsync(cancellationToken);

    public Task<Step?> StepAsync(long tenantId, long pipelineId, long stepId, CancellationToken cancellationToken) =>
        db.Steps.AsNoTracking().SingleOrDefaultAsync(step => step.Id == stepId && step.PipelineId == pipelineId && step.TenantId == tenantId, cancellationToken);

    public async Task<PipelinePage> ListAsync(long tenantId, PipelineQuery query, CancellationToken cancellationToken)
    {
        var rows = await query.Apply(db.Pipelines.AsNoTracking(), tenantId).ToListAsync(cancellationToken);
        var page = rows.Take(query.PageSize).ToList();
        var ids = page.Select(pipeline => pipeline.Id).ToArray();
        var steps = await db.Steps.AsNoTracking().Where(step => ids.Contains(step.PipelineId) && step.TenantId == tenantId).ToListAsync(cancellationToken);
        var running = await RunningAsync(steps, cancellationToken);
        var now = await NowAsync(steps, cancellationToken);
        var byPipeline = steps.ToLookup(step => step.PipelineId);
        return new PipelinePage(
            [.. page.Select(pipeline => Summary(pipeline, [.. byPipeline[pipeline.Id].OrderBy(step => step.StepOrder)], running, now))],
            rows.Count > query.PageSize ? HistoryOrder.CursorOf(query.Sort, page[^1]) : null);
    }

    public async Task<OutputPage> OutputsAsync(Step step, OutputQuery query, CancellationToken cancellationToken)
    {
        var rows = await query.Apply(OutputsOf(step)).ToListAsync(cancellationToken);
        var page = rows.Take(query.PageSize).ToList();
        return new OutputPage(await ViewsAsync(page, cancellationToken), rows.Count > query.PageSize ? new PlaceCursor(page[^1].Ordinal, page[^1].Id).ToString() : null);
    }

    public async Task<OutputIndex> OutputIndexAsync(Step step, OutputIndexQuery query, CancellationToken cancellationToken) =>
        OutputIndex.Of(step.Succeeded, await query.Apply(db, step).ToListAsync(cancellationToken), query);

    public async Task<ItemPage> ItemsAsync(Step step, ItemQuery query, CancellationToken cancellationToken)
    {
        var rows = await query.Apply(db.Items.AsNoTracking(), step.TenantId, step.Id).ToListAsync(cancellationToken);
        var page = rows.Take(query.PageSize).ToList();
        return new ItemPage([.. page.Select(ItemView.Of)], rows.Count > query.PageSize ? new PlaceCursor(page[^1].Ordinal, page[^1].Id).ToString() : null);
    }

    /// <param name="steps">All of them, in step order.</param>
    public async Task<PipelineView> ViewAsync(Pipeline pipeline, IReadOnlyList<Step> steps, CancellationToken cancellationToken)
    {
        var inputs = await InputStore.FirstAsync(db, pipeline.TenantId, pipeline.Id, cancellationToken);
        var now = await NowAsync(steps, cancellationToken);
        var views = await ViewsAsync(steps, inputs, now, cancellationToken);
        return new PipelineView(
            pipeline.Id, pipeline.Name, pipeline.Status, pipeline.StatusReason, pipeline.PauseRequested, pipeline.Mode, pipeline.Checkpoints, pipeline.Review, Inputs(pipeline, inputs),
            pipeline.CurrentStepId, views, Money.Plain(pipeline.CostEstimate), Money.Plain(pipeline.CostActual), Money.Plain(pipeline.BudgetUsd), Money.Currency,
            pipeline.OnItemFailure, pipeline.Reuse, pipeline.Simulate, pipeline.WebhookUrl, pipeline.Tags, pipeline.RunGroupId,
            Progress(pipeline, steps, views.Sum(view => view.Progress.Running), now), views.FirstOrDefault(view => view.Queue is not null)?.Queue,
            Warnings(pipeline, steps, inputs), pipeline.Version,
            pipeline.CreatedAt, pipeline.UpdatedAt, pipeline.StartedAt, pipeline.FinishedAt);
    }

    private IReadOnlyList<string> Warnings(Pipeline pipeline, IReadOnlyList<Step> steps, PipelineInputs inputs)
    {
        var stored = warnings.Of(pipeline, steps, inputs);
        return ProviderWaits.Sentence(pipeline, steps, traffic.Look, keys) is { } wait ? [wait, .. stored] : stored;
    }

    /// <summary>What a run of it would reuse; null where it does not reuse results or has begun.</summary>
    public async Task<ReuseQuote?> ReusableAsync(Pipeline? pipeline, CancellationToken cancellationToken)
    {
        if (pipeline is not { Reuse: true, Status: PipelineStatus.Pending })
        {
            return null;
        }

        var steps = await StepsAsync(pipeline.TenantId, pipeline.Id, cancellationToken);
        var inputs = await InputStore.WholeAsync(db, pipeline.TenantId, pipeline.Id, cancellationToken);
        return await reuse.OfAsync(
            pipeline.TenantId, PlanOfPipeline.Plan(pipeline, steps, inputs, catalog), [.. inputs.Images.Select(image => (long?)image.AssetId)],
            type => steps.Where(step => step.StepType == type).Select(step => new StepPrice(step.Provider, step.UnitPrice)).Single(), cancellationToken);
    }

    /// <summary>Views of steps of one pipeline, with their first outputs.</summary>
    public async Task<IReadOnlyList<StepView>> ViewsAsync(IReadOnlyList<Step> steps, CancellationToken cancellationToken) =>
        steps.Count == 0 ? [] : await ViewsAsync(steps, await InputStore.FirstAsync(db, steps[0].TenantId, steps[0].PipelineId, cancellationToken), await NowAsync(steps, cancellationToken), cancellationToken);

    private async Task<IReadOnlyList<StepView>> ViewsAsync(IReadOnlyList<Step> steps, PipelineInputs inputs, WaitingNow now, CancellationToken cancellationToken)
    {
        var running = await RunningAsync(steps, cancellationToken);
        var views = new List<StepView>(steps.Count);
        foreach (var step in steps)
        {
            IReadOnlyList<OutputView> outputs = step.Succeeded == 0 ? [] : await ViewsAsync(await OutputsOf(step).Take(FirstOutputs).ToListAsync(cancellationToken), cancellationToken);
            views.Add(View(step, inputs.Whole(step), running.GetValueOrDefault(step.Id), outputs, now));
        }

        return views;
    }

    private IQueryable<Output> OutputsOf(Step step) =>
        db.Outputs.AsNoTracking().Where(output => output.StepId == step.Id && output.TenantId == step.TenantId).OrderBy(output => output.Ordinal).ThenBy(output => output.Id);

    private async Task<IReadOnlyList<OutputView>> ViewsAsync(List<Output> rows, CancellationToken cancellationToken)
    {
        var ids = rows.Where(row => row.AssetId is not null).Select(row => row.AssetId!.Value).ToArray();
        var files = ids.Length == 0
            ? []
            : await db.Assets.AsNoTracking().Where(asset => ids.Contains(asset.Id)).ToDictionaryAsync(
                asset => asset.Id, asset => new OutputFile(asset.Width, asset.Height, asset.DurationSec, asset.Bytes), cancellationToken);
        return [.. rows.Select(row => View(row, row.AssetId is { } id ? files.GetValueOrDefault(id) : null))];
    }

    private PipelineProgress Progress(Pipeline pipeline, IReadOnlyList<Step> steps, int running, WaitingNow now) => new(
        steps.Sum(step => step.Total), steps.Sum(step => step.Succeeded), steps.Sum(step => step.Failed), running, Eta.OfRun(pipeline, steps, now, catalog));

    // Only what has something open can wait; what does not is not asked about.
    private Task<WaitingNow> NowAsync(IReadOnlyList<Step> steps, CancellationToken cancellationToken) =>
        waiting.NowAsync([.. steps.Where(step => step.Open > 0).Select(step => StepTypes.Lane(step.StepType)).Distinct()], cancellationToken);

    /// <summary>Outputs in the making right now, by step.</summary>
    private async Task<Dictionary<long, int>> RunningAsync(IReadOnlyList<Step> steps, CancellationToken cancellationToken)
    {
        var open = steps.Where(step => step.Open > 0).ToList();
        if (open.Count == 0)
        {
            return [];
        }

        var (tenant, ids) = (open[0].TenantId, open.Select(step => step.Id).ToArray());
        return await db.Items.Where(item => item.Status == ItemStatus.Running && ids.Contains(item.StepId) && item.TenantId == tenant)
            .GroupBy(item => item.StepId)
            .Select(group => new { group.Key, Units = group.Sum(item => item.Units) })
            .ToDictionaryAsync(group => group.Key, group => group.Units, cancellationToken);
    }

    private StepView View(Step step, StepConfig config, int running, IReadOnlyList<OutputView> outputs, WaitingNow now) => new(
        step.Id, step.PipelineId, step.StepType, step.StepOrder, config, step.Resolved, step.Provider, step.Provider is { } provider && ProviderNames.IsSimulated(provider),
        step.Status, new StepInputs(step.ImagesIn, step.PromptsIn),
        new StepProgress(
            step.Total, Math.Max(0, (step.Open * step.UnitsPerItem) - running), running, step.Succeeded, step.Failed, step.Cancelled,
            StepProgressReport.Percent(step), Eta.OfStep(step, now, catalog)),
        now.Place(step), outputs, step.Succeeded, Money.Plain(step.UnitPrice), Money.Plain(step.CostEstimate), Money.Plain(step.CostActual), step.Error, step.Version,
        step.CreatedAt, step.UpdatedAt, step.StartedAt, step.FinishedAt, FallbackView.Of(step.Fallbacks));

    private PipelineSummary Summary(Pipeline pipeline, IReadOnlyList<Step> steps, Dictionary<long, int> running, WaitingNow now) => new(
        pipeline.Id, pipeline.Name, pipeline.Status, pipeline.StatusReason, pipeline.PauseRequested, pipeline.Mode, pipeline.CurrentStepId, Money.Plain(pipeline.CostEstimate),
        Money.Plain(pipeline.CostActual), Money.Plain(pipeline.BudgetUsd), Money.Currency, pipeline.Tags, pipeline.RunGroupId,
        Progress(pipeline, steps, steps.Sum(step => running.GetValueOrDefault(step.Id)), now), RunFigures.Seconds(pipeline.StartedAt, pipeline.FinishedAt),
        RunFigures.SuccessRate(steps.Sum(step => step.Succeeded), steps.Sum(step => step.Failed)), steps.Any(step => step.Provider is { } provider && ProviderNames.IsSimulated(provider)),
        pipeline.Version, pipeline.CreatedAt, pipeline.UpdatedAt, pipeline.StartedAt, pipeline.FinishedAt);

    private static OutputView View(Output output, OutputFile? file) => new(
        output.Id, output.ItemId, output.Type, output.Text,
        output.AssetId is { } asset ? $"/assets/{asset}/content" : null, output.AssetId is { } shown ? $"/assets/{shown}/thumbnail" : null, output.AssetId,
        file?.Width, file?.Height, file?.DurationSec, file?.Bytes, output.Model, output.Prompt, output.Variation, output.Seed, Money.Plain(output.Cost), output.Selected,
        output.Verdict, output.Rating, output.ParentOutputId, output.ImageIndex, output.PromptIndex, output.Provider, output.Simulated, output.Reused, output.CreatedAt);

    private static InputsView Inputs(Pipeline pipeline, PipelineInputs inputs) => new(
        [.. inputs.Images.Select(image => new InputImageView(image.AssetId, $"/assets/{image.AssetId}/content", $"/assets/{image.AssetId}/thumbnail", image.Url))],
        inputs.Prompts, pipeline.Combine, pipeline.InputImages, pipeline.InputPrompts);

    private sealed record OutputFile(int Width, int Height, decimal? DurationSec, long Bytes);
}
