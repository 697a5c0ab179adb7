using Contracts.Generation;
using PipelineService.Estimates;

namespace PipelineService.Pipelines.Drafts;

/// <summary>Prices who stands by for a step, and leaves out who would take more than is allowed.</summary>
internal sealed class FallbackPricing(Quoting quoting)
{
    /// <summary>The draft with those who stand by, and warnings that say who does and at which price.</summary>
    public async Task<PipelineDraft> PricedAsync(PipelineDraft draft, Quote quote, CancellationToken cancellationToken)
    {
        var all = draft.Steps.SelectMany(step => step.Fallbacks.Select(fallback => (Step: step, Fallback: fallback))).ToList();
        if (all.Count == 0)
        {
            return draft;
        }

        var prices = await quoting.UnitsAsync([.. all.Select(pair => (pair.Step.StepType, (GenerationParameters?)pair.Fallback.Resolved, (string?)pair.Fallback.Provider))], cancellationToken);
        var (kept, notes) = (new Dictionary<StepDraft, List<StepFallback>>(), new List<string>());
        foreach (var ((step, fallback), price) in all.Zip(prices))
        {
            var own = quote.Find(step.StepType)!.UnitPrice;
            var (fits, note) = Judge(step, fallback, price, own);
            notes.Add(note);
            if (fits)
            {
                kept.TryAdd(step, []);
                kept[step].Add(fallback with { UnitPrice = price.UnitPrice });
            }
        }

        return draft with { Steps = [.. draft.Steps.Select(step => step with { Fallbacks = kept.GetValueOrDefault(step) ?? [] })], Warnings = [.. draft.Warnings, .. notes] };
    }

    private static (bool Fits, string Note) Judge(StepDraft step, StepFallback fallback, QuoteLine price, decimal own)
    {
        var most = step.Config.Fallback!.MaxUnitPriceUsd ?? own;
        return price switch
        {
            { Error: { } error } => (false, $"{fallback.Provider} cannot stand by for {step.Provider}: {error}"),
            _ when price.UnitPrice > most => (false, $"{fallback.Provider} does not stand by for {step.Provider}: it takes ${price.UnitPrice:0.######} for one {price.Unit}, more than the ${most:0.######} that are allowed."),
            _ => (true, $"Where {step.Provider} cannot make it, {fallback.Provider} does, at ${price.UnitPrice:0.######} for one {price.Unit}."),
        };
    }
}
