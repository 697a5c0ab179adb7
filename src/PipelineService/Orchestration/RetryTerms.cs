using Contracts.Generation;
using PipelineService.Expansion;
using PipelineService.Pipelines;
using Providers.Catalog;

namespace PipelineService.Orchestration;

/// <summary>On which terms items are tried again: which of the failed ones, at what price, and what is asked of them now.</summary>
/// <param name="Reasons">Error codes; null for any.</param>
/// <param name="Changes">By step; a step that is not there asks for the same as before.</param>
public sealed record RetryTerms(IReadOnlyList<string>? Reasons, IReadOnlyList<RetryPrice> Prices, IReadOnlyDictionary<long, ItemChange> Changes)
{
    /// <summary>For what was cancelled because a step failed: it failed for no reason of its own, and nothing of it is left out.</summary>
    public RetryTerms ForCancelled => this with { Reasons = null };
}

/// <param name="Resolved">The items' own parameters as they stand in the ledger; null for those without.</param>
/// <param name="ServedBy">Who makes them instead of who makes the step's; null for nobody else.</param>
/// <param name="UnitPrice">US dollars for one output, after a change.</param>
public sealed record RetryPrice(long StepId, string? Resolved, string? ServedBy, decimal UnitPrice);

/// <summary>What a retry asks instead of what failed; null stays as it was.</summary>
/// <param name="Resolved">Parameters of another model.</param>
/// <param name="Provider">Who serves that model.</param>
/// <param name="Seed">Of the first take; take n gets seed + n.</param>
/// <param name="MaxChars">Longest prompt of the other model; null when it states none.</param>
public sealed record ItemChange(GenerationParameters? Resolved, string? Provider, long? Seed, string? Prompt, int? MaxChars)
{
    /// <summary>The item's new input. The words of its variation follow a new prompt as they followed the old one; what another model cannot take is shortened.</summary>
    /// <param name="maxChars">Longest prompt of the model that it has now, when the change brings no other.</param>
    public ItemInput Of(ItemInput input, int? maxChars)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (Prompt is null && Resolved is null)
        {
            return input with { Seed = SeedOf(input) };
        }

        var whole = Prompt is { } words ? VariationText.Apply(words, input.Variation ?? new Dictionary<string, string>()) : input.Original ?? input.Prompt;
        var sent = PromptLimit.Shorten(whole, Resolved is null ? maxChars : MaxChars);
        return input with { Prompt = sent, Original = sent == whole ? null : whole, Seed = SeedOf(input) };
    }

    private long SeedOf(ItemInput input) => Seed is { } seed ? Seeds.Of(seed, 0, 0, 0, input.Take) : input.Seed;
}
