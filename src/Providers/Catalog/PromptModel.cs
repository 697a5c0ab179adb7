namespace Providers.Catalog;

/// <summary>A text model that writes prompts, and what it costs.</summary>
/// <param name="Id">The vendor's id, for example <c>claude-haiku-5-5</c>.</param>
/// <param name="Provider">For example <c>anthropic</c>.</param>
/// <param name="Input">US dollars for a million tokens read.</param>
/// <param name="Output">US dollars for a million tokens written.</param>
/// <param name="Cached">US dollars for a million tokens read from the vendor's cache; null: as <paramref name="Input"/>.</param>
/// <param name="CacheWrite">US dollars for a million tokens written to the vendor's cache; null: as <paramref name="Input"/>.</param>
/// <param name="Status">As documented, for example <c>active</c> or <c>retired_2026-04-20</c>.</param>
public sealed record PromptModel(string Id, string Provider, decimal Input, decimal Output, decimal? Cached, decimal? CacheWrite, string Status)
{
    private const decimal Million = 1_000_000m;

    /// <summary>US dollars for one call, rounded once to millionths, half away from zero.</summary>
    public decimal Cost(Prompts.TextUsage usage) => Math.Round(
        ((usage.Input * Input) + (usage.Cached * (Cached ?? Input)) + (usage.CacheWrites * (CacheWrite ?? Input)) + (usage.Output * Output)) / Million,
        6,
        MidpointRounding.AwayFromZero);

    internal static PromptModel From(PromptModelEntry entry) => new(
        entry.Id, entry.Provider, entry.PricePerMtok.Input, entry.PricePerMtok.Output, entry.PricePerMtok.CacheRead ?? entry.PricePerMtok.CachedInput,
        entry.PricePerMtok.CacheWriteFiveMinutes ?? entry.PricePerMtok.CacheWrite, entry.Status);
}
