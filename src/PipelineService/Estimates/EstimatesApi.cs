using Microsoft.AspNetCore.Http.HttpResults;
using PipelineService.Pipelines;
using PipelineService.Pipelines.Drafts;
using ServiceDefaults.Identity;
using ServiceDefaults.OpenApi;
using ServiceDefaults.Problems;

namespace PipelineService.Estimates;

/// <summary><c>/pipelines/estimate</c>: prices for what is not stored.</summary>
internal static class EstimatesApi
{
    public static void Map(RouteGroupBuilder pipelines)
    {
        pipelines.MapPost("/estimate", EstimateAsync).WithName("estimate_pipeline").WithTags("Pipelines").WithExample(PipelineExamples.Estimate).WithExample(200, EstimateExamples.Answer);
    }

    /// <summary>What a pipeline would cost. Takes what creation takes, or only its inputs and steps; addresses are not fetched, nothing is stored.</summary>
    internal static async Task<Results<Ok<EstimateView>, ProblemHttpResult>> EstimateAsync(
        PipelineRequest request, Caller caller, DraftIntake intake, CancellationToken cancellationToken)
    {
        var (draft, faults) = await intake.PriceAsync(caller.TenantId, request, cancellationToken);
        return draft is null ? Problem.Validation(faults!) : TypedResults.Ok(View(draft));
    }

    internal static EstimateView View(PricedDraft priced) => new(
        priced.Quote.Currency,
        priced.Quote.Total,
        priced.Quote.TotalDisplay,
        [.. priced.Quote.Lines.Select(line => new EstimateStepView(
            line.StepType, line.Model, line.Count, line.Unit, line.UnitPrice, line.Amount, line.AmountDisplay, priced.Draft.Plan.Find(line.StepType)?.Parameters))],
        priced.Quote.Display,
        priced.Draft.Warnings);
}
