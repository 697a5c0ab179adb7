using Contracts.Generation;
using PipelineService.Reuse;

namespace PipelineService.Estimates;

/// <summary>What a pipeline would cost. Amounts are exact; only the display texts round, half away from zero.</summary>
/// <param name="Total">US dollars; the most it will cost.</param>
/// <param name="Display">The whole as a tree, for people.</param>
/// <param name="Warnings">What is delivered differently from what was asked, what is not used, what ends soon.</param>
/// <param name="ReuseQuote">With <c>reuse</c>: how many results are there already; null otherwise.</param>
public sealed record EstimateView(
    string Currency, decimal Total, string TotalDisplay, IReadOnlyList<EstimateStepView> Steps, string Display, IReadOnlyList<string> Warnings,
    ReuseQuote? ReuseQuote);

/// <summary>The price of one step that runs.</summary>
/// <param name="Model">Null for prompt_enhance.</param>
/// <param name="Count">Outputs.</param>
/// <param name="Unit">prompt, image or video.</param>
/// <param name="UnitPrice">US dollars for one output.</param>
/// <param name="Resolved">Model and parameters after defaults and mappings; null for prompt_enhance.</param>
public sealed record EstimateStepView(
    string StepType, string? Model, long Count, string Unit, decimal UnitPrice, decimal Amount, string AmountDisplay, GenerationParameters? Resolved);
