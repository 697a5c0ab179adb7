using Contracts.Generation;
using CostService.Prices;
using Providers.Catalog;

namespace CostService.Estimates;

/// <summary>Prices lines. Touches neither provider nor database.</summary>
internal sealed class Estimator(PriceBook prices)
{
    /// <param name="provider">Who makes them; null for whoever serves the model.</param>
    public EstimatedLine Line(string stepType, GenerationParameters? parameters, long count, string? provider = null)
    {
        var unit = count < 0 ? UnitPrice.Unknown("The count has to be 0 or more.") : prices.PriceOf(stepType, parameters, provider);
        var model = stepType == StepTypes.PromptEnhance ? null : parameters?.Model;
        return new EstimatedLine(stepType, model, count, unit.Amount, unit.Amount is { } price ? CostFormula.Amount(price, count) : null, unit.Why);
    }

    /// <summary>Null when a line has no price: a sum without it would be wrong.</summary>
    public static decimal? Total(IReadOnlyList<EstimatedLine> lines) =>
        lines.Any(line => line.Amount is null) ? null : lines.Sum(line => line.Amount!.Value);
}
