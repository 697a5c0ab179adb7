using System.Text.Json.Serialization;
using Contracts.Generation;
using PipelineService.Pipelines;
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
/// <param name="SetModePlans">In set mode: what each coverage would come to, the chosen one among them; null outside of it.</param>
/// <param name="Fallbacks">Who makes what the first provider cannot, as allowed, the preferred first; null for nobody. Their prices are not in the total.</param>
public sealed record EstimateStepView(
    [StepTypeWords] string StepType, string? Model, long Count, [OutputWords] string Unit, decimal UnitPrice, decimal Amount, string AmountDisplay, GenerationParameters? Resolved,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<SetModePlanView>? SetModePlans = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<FallbackView>? Fallbacks = null);

/// <summary>One way to cover the chosen options.</summary>
/// <param name="Coverage">full, one_at_a_time or pairwise.</param>
/// <param name="Variations">Variations that one picture and prompt get.</param>
/// <param name="Count">Outputs of the step.</param>
/// <param name="Amount">US dollars for the step.</param>
/// <param name="Total">US dollars for the whole pipeline, with all that follows from the step.</param>
/// <param name="Chosen">It is what the step asks for.</param>
/// <param name="OverLimit">There would be more items than a step may have.</param>
public sealed record SetModePlanView([CoverageWords] string Coverage, long Variations, long Count, decimal Amount, string AmountDisplay, decimal Total, string TotalDisplay, bool Chosen, bool OverLimit);
