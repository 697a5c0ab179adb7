using Contracts.Generation;

namespace PipelineService.Pipelines;

/// <summary>A provider that stands by for a step, because the person allowed it.</summary>
/// <param name="Resolved">Model and parameters as that provider takes them.</param>
/// <param name="UnitPrice">US dollars for one output there.</param>
public sealed record StepFallback(string Provider, GenerationParameters Resolved, decimal UnitPrice)
{
    /// <summary>Who comes after a provider that could not make it; null when nobody does, or when it was asked for something of its own.</summary>
    public static StepFallback? After(Step step, GenerationParameters? asked, string provider)
    {
        ArgumentNullException.ThrowIfNull(step);
        if (step.Fallbacks is not { Count: > 0 } fallbacks || asked is null || asked.Model != step.Resolved?.Model)
        {
            return null;
        }

        var place = fallbacks.ToList().FindIndex(fallback => Same(fallback.Provider, provider));
        return place < 0 && !Same(step.Provider, provider) ? null : fallbacks.ElementAtOrDefault(place + 1);
    }

    private static bool Same(string? left, string? right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}

/// <summary>Who stands by for a step, as clients see it.</summary>
/// <param name="UnitPrice">US dollars for one output there.</param>
public sealed record FallbackView(string Provider, decimal UnitPrice)
{
    internal static IReadOnlyList<FallbackView>? Of(IReadOnlyList<StepFallback>? fallbacks) =>
        fallbacks is { Count: > 0 } ? [.. fallbacks.Select(fallback => new FallbackView(fallback.Provider, Money.Plain(fallback.UnitPrice)))] : null;
}
