using Providers.Catalog;

namespace CostService.Estimates;

/// <summary>One step's part of an estimate.</summary>
/// <param name="Model">Null for prompts.</param>
/// <param name="UnitPrice">US dollars for one output; null when there is no price.</param>
/// <param name="Error">Why there is no price; null when there is one.</param>
internal sealed record EstimatedLine(string StepType, string? Model, long Count, decimal? UnitPrice, decimal? Amount, string? Error);
