using Microsoft.Extensions.Options;
using Providers.Catalog;

namespace Providers.Selection;

/// <summary>Which provider serves a model. Decided by configuration at start.</summary>
public sealed class ProviderSelection(IOptions<ProvidersOptions> options, ModelCatalog catalog)
{
    private readonly ProvidersOptions _options = options.Value;

    /// <param name="model">Catalog id; null for prompts.</param>
    public string ServedBy(string? model) =>
        model is null ? _options.Prompts ?? _options.Default
        : _options.Models.TryGetValue(model, out var named) ? named
        : _options.Order.FirstOrDefault(provider => Serves(provider, model)) ?? _options.Default;

    /// <summary>Who else serves it, the preferred first.</summary>
    public IReadOnlyList<string> Others(string model)
    {
        var chosen = ServedBy(model);
        return [.. _options.Order.Where(provider => !string.Equals(provider, chosen, StringComparison.OrdinalIgnoreCase) && Serves(provider, model)).Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    private bool Serves(string provider, string model) => catalog.Find(model)?.IsKnownAt(provider) == true;

    /// <summary>Everything wrong with a configuration, in sentences; empty when it can serve what it says.</summary>
    internal static IEnumerable<string> Problems(ProvidersOptions options, ProviderRegistry registry, ModelCatalog catalog)
    {
        var known = string.Join(", ", registry.All.Select(provider => provider.Name).Order(StringComparer.Ordinal));
        if (registry.Find(options.Default) is null)
        {
            yield return $"Providers:Default names '{options.Default}', which is not set up. Use one of: {known}.";
        }

        if (options.Prompts is { } prompts && registry.Find(prompts)?.Serves(GenerationKind.Prompts, null) != true)
        {
            yield return $"Providers:Prompts names '{prompts}', which is not set up or makes no prompts.";
        }

        for (var place = 0; place < options.Order.Count; place++)
        {
            if (registry.Find(options.Order[place]) is null)
            {
                yield return $"Providers:Order:{place} names '{options.Order[place]}', which is not set up. Use one of: {known}.";
            }
        }

        foreach (var (id, name) in options.Models)
        {
            if (catalog.Find(id) is not { } model)
            {
                yield return $"Providers:Models names the model '{id}', which the catalog does not have.";
            }
            else if (registry.Find(name) is not { } provider)
            {
                yield return $"Providers:Models:{id} names '{name}', which is not set up. Use one of: {known}.";
            }
            else if (!provider.Serves(model.Kind, model.Id))
            {
                yield return $"Providers:Models:{id} names '{name}', which does not serve that model.";
            }
        }
    }
}
