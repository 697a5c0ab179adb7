using Microsoft.Extensions.Options;
using Providers.Catalog;

namespace Providers.Selection;

/// <summary>Which provider serves a model: as configured at start, and for a workspace whoever it has keys of its own for.</summary>
public sealed class ProviderSelection(IOptions<ProvidersOptions> options, ModelCatalog catalog)
{
    private readonly ProvidersOptions _options = options.Value;

    /// <param name="model">Catalog id; null for prompts.</param>
    /// <param name="own">Providers that the workspace has keys of its own for: whoever brings one wants it used.</param>
    public string ServedBy(string? model, IReadOnlyCollection<string>? own = null) =>
        model is null ? ProviderNames.Writers.FirstOrDefault(writer => Has(own, writer)) ?? _options.Prompts ?? _options.Default
        : _options.Models.TryGetValue(model, out var named) ? named
        : Order(own).FirstOrDefault(provider => Serves(provider, model)) ?? _options.Default;

    /// <summary>Who else serves it, the preferred first.</summary>
    public IReadOnlyList<string> Others(string model, IReadOnlyCollection<string>? own = null)
    {
        var chosen = ServedBy(model, own);
        return [.. Order(own).Where(provider => !Same(provider, chosen) && Serves(provider, model)).Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    private IEnumerable<string> Order(IReadOnlyCollection<string>? own) => own is { Count: > 0 }
        ? _options.Order.Concat(ProviderNames.Makers).Where(provider => Has(own, provider)).Concat(_options.Order)
        : _options.Order;

    private bool Serves(string provider, string model) => catalog.Find(model)?.IsKnownAt(provider) == true;

    private static bool Has(IReadOnlyCollection<string>? own, string provider) => own?.Contains(provider, StringComparer.OrdinalIgnoreCase) == true;

    private static bool Same(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);

    /// <summary>Everything wrong with a configuration, in sentences; empty when it can serve what it says.</summary>
    internal static IEnumerable<string> Problems(ProvidersOptions options, ProviderRegistry registry, ModelCatalog catalog)
    {
        var known = string.Join(", ", registry.All.Where(provider => provider.SetUp).Select(provider => provider.Name).Order(StringComparer.Ordinal));
        IProvider? Find(string name) => registry.Find(name) is { SetUp: true } found ? found : null;
        if (Find(options.Default) is null)
        {
            yield return $"Providers:Default names '{options.Default}', which is not set up. Use one of: {known}.";
        }

        if (options.Prompts is { } prompts && Find(prompts)?.Serves(GenerationKind.Prompts, null) != true)
        {
            yield return $"Providers:Prompts names '{prompts}', which is not set up or makes no prompts.";
        }

        for (var place = 0; place < options.Order.Count; place++)
        {
            if (Find(options.Order[place]) is null)
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
            else if (Find(name) is not { } provider)
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
