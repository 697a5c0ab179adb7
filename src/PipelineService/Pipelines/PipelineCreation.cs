using Microsoft.EntityFrameworkCore;
using PipelineService.Estimates;
using PipelineService.Expansion;
using PipelineService.Pipelines.Drafts;
using PipelineService.Storage;

namespace PipelineService.Pipelines;

/// <summary>Stores a priced draft: the pipeline and its steps in one transaction.</summary>
internal sealed class PipelineCreation(PipelineDbContext db, TimeProvider time)
{
    /// <returns>Null when an input image was deleted while the draft was being prepared.</returns>
    public async Task<(Pipeline Pipeline, IReadOnlyList<Step> Steps)?> StoreAsync(long tenantId, PricedDraft priced, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await AddAsync(tenantId, priced, cancellationToken) is not { } added)
        {
            return null;
        }

        await transaction.CommitAsync(cancellationToken);
        return added;
    }

    /// <summary>The same in the transaction that is open: several pipelines come to be together or not at all.</summary>
    public async Task<(Pipeline Pipeline, IReadOnlyList<Step> Steps)?> AddAsync(long tenantId, PricedDraft priced, CancellationToken cancellationToken)
    {
        var now = time.GetStoredNow();
        if (!await KeepImagesAsync(db, tenantId, priced.Images, cancellationToken))
        {
            return null;
        }

        var pipeline = New(tenantId, priced, now);
        db.Add(pipeline);
        await db.SaveChangesAsync(cancellationToken);
        var steps = priced.Draft.Steps.Select(step => NewStep(pipeline, step, priced.Draft.Plan.Find(step.StepType)!, priced.Quote, now)).ToList();
        db.AddRange(steps);
        await InputStore.AddAsync(db, pipeline, priced.Inputs, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return (pipeline, steps);
    }

    /// <summary>Locks the images against being deleted until the open transaction ends; false when one is gone already, or in the trash.</summary>
    public static async Task<bool> KeepImagesAsync(PipelineDbContext db, long tenantId, IReadOnlyList<InputImage> images, CancellationToken cancellationToken)
    {
        var ids = images.Select(image => image.AssetId).Distinct().ToArray();
        if (ids.Length == 0)
        {
            return true;
        }

        var there = await db.Database.SqlQuery<long>(
            $"select id as \"Value\" from pipeline.assets where tenant_id = {tenantId} and id = any({ids}) and deleted_at is null order by id for share").ToListAsync(cancellationToken);
        return there.Count == ids.Length;
    }

    public static Step NewStep(Pipeline pipeline, StepDraft draft, StepPlan plan, Quote quote, DateTimeOffset now)
    {
        var step = new Step
        {
            TenantId = pipeline.TenantId,
            PipelineId = pipeline.Id,
            StepType = draft.StepType,
            StepOrder = plan.Order,
            Config = StepPrompts.Without(draft.StepType, draft.Config),
            CreatedAt = now,
        };
        Configure(step, draft, plan, quote.Find(draft.StepType)?.UnitPrice ?? 0m, (int)plan.Outputs, now);
        return step;
    }

    /// <summary>Everything of a step that follows from its config, before it starts.</summary>
    /// <param name="total">Outputs expected of it.</param>
    public static void Configure(Step step, StepDraft draft, StepPlan plan, decimal unitPrice, int total, DateTimeOffset now)
    {
        step.Config = StepPrompts.Without(draft.StepType, draft.Config);
        step.Status = draft.Config.Skip ? StepStatus.Skipped : StepStatus.Pending;
        step.Resolved = draft.Resolved;
        step.Provider = draft.Provider;
        step.Fallbacks = draft.Fallbacks is { Count: > 0 } fallbacks ? fallbacks : null;
        step.ImagesIn = plan.ImagesIn;
        step.PromptsIn = plan.PromptsIn;
        step.UnitsPerItem = plan.UnitsPerItem;
        step.UnitPrice = unitPrice;
        step.Total = total;
        step.CostEstimate = unitPrice * total;
        step.UpdatedAt = now;
    }

    private static Pipeline New(long tenantId, PricedDraft priced, DateTimeOffset now) => new()
    {
        TenantId = tenantId,
        CorrelationId = Guid.NewGuid(),
        SagaState = nameof(PipelineStatus.Pending),
        Name = priced.Draft.Name,
        Mode = priced.Draft.Mode,
        Checkpoints = priced.Draft.Checkpoints,
        Review = priced.Draft.Review,
        Combine = priced.Draft.Combine,
        BudgetUsd = priced.Draft.BudgetUsd,
        OnItemFailure = priced.Draft.OnItemFailure,
        Reuse = priced.Draft.Reuse,
        Simulate = priced.Draft.Simulate,
        WebhookUrl = priced.Draft.WebhookUrl,
        Tags = priced.Draft.Tags,
        RunGroupId = priced.Draft.RunGroupId,
        CostEstimate = priced.Quote.Total,
        CreatedAt = now,
        UpdatedAt = now,
    };
}
