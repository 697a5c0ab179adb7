using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using PipelineService.Pipelines;
using PipelineService.Pipelines.Drafts;
using PipelineService.Reuse;
using ServiceDefaults.Identity;
using ServiceDefaults.OpenApi;
using ServiceDefaults.Problems;

namespace PipelineService.Estimates;

/// <summary><c>/pipelines/estimate</c> and <c>/pipelines/dry-run</c>: prices and counts for what is not stored.</summary>
internal static class EstimatesApi
{
    public static void Map(RouteGroupBuilder pipelines)
    {
        pipelines.MapPost("/estimate", EstimateAsync).WithName("estimate_pipeline").WithExample(PipelineExamples.Estimate).WithExample(200, EstimateExamples.Answer);
        pipelines.MapPost("/dry-run", DryRunAsync).WithName("dry_run_pipeline").WithExample(PipelineExamples.Estimate);
    }

    /// <summary>What a pipeline would cost. Takes what creation takes, or only its inputs and steps; addresses are not fetched, nothing is stored.</summary>
    internal static async Task<Results<Ok<EstimateView>, ProblemHttpResult>> EstimateAsync(
        PipelineRequest request, Caller caller, DraftIntake intake, ReuseForecast reuse, IOptions<PipelineLimits> limits, CancellationToken cancellationToken)
    {
        var (draft, faults) = await intake.PriceAsync(caller.TenantId, request, cancellationToken);
        return draft is null ? Problem.Validation(faults!) : TypedResults.Ok(View(draft, await ReusableAsync(caller.TenantId, draft, reuse, cancellationToken), limits.Value.MaxItemsPerStep));
    }

    /// <summary>The whole expansion of a pipeline as a tree with counts and costs, and a sample of its items. Nothing is stored or generated.</summary>
    internal static async Task<Results<Ok<DryRunView>, ProblemHttpResult>> DryRunAsync(
        PipelineRequest request, Caller caller, DraftIntake intake, IOptions<PipelineLimits> limits, CancellationToken cancellationToken)
    {
        var (draft, faults) = await intake.PriceAsync(caller.TenantId, request, cancellationToken);
        return draft is null
            ? Problem.Validation(faults!)
            : TypedResults.Ok(DryRun.View(draft.Draft.Plan, draft.Quote, draft.Draft.Warnings, limits.Value.DryRunSample));
    }

    private static async Task<ReuseQuote?> ReusableAsync(long tenantId, PricedDraft priced, ReuseForecast reuse, CancellationToken cancellationToken) => priced.Draft.Reuse
        ? await reuse.OfAsync(
            tenantId, priced.Draft.Plan, [.. priced.Draft.Images.Select(image => image.AssetId)],
            type => new StepPrice(priced.Draft.Steps.Single(step => step.StepType == type).Provider, priced.Quote.Find(type)!.UnitPrice), cancellationToken)
        : null;

    private static EstimateView View(PricedDraft priced, ReuseQuote? reusable, int mostItems) => new(
        priced.Quote.Currency,
        priced.Quote.Total,
        priced.Quote.TotalDisplay,
        [.. priced.Quote.Lines.Select(line => (Line: line, Step: priced.Draft.Plan.Find(line.StepType)!)).Select(one => new EstimateStepView(
            one.Line.StepType, one.Line.Model, one.Line.Count, one.Line.Unit, one.Line.UnitPrice, one.Line.Amount, one.Line.AmountDisplay, one.Step.Parameters,
            SetModePlans.Of(priced.Draft.Plan, one.Step, priced.Quote, mostItems), FallbackView.Of(priced.Draft.Steps.Single(step => step.StepType == one.Line.StepType).Fallbacks)))],
        priced.Quote.Display,
        priced.Draft.Warnings,
        reusable);
}
