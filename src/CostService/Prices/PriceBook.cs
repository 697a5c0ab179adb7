using Contracts.Generation;
using Microsoft.Extensions.Options;
using Providers;
using Providers.Catalog;
using Providers.Selection;

namespace CostService.Prices;

/// <summary>What everything costs: the catalog's list prices, where no override file says otherwise.</summary>
internal sealed class PriceBook
{
    private readonly ModelCatalog _catalog;
    private readonly PriceOverrides _overrides;
    private readonly ProviderSelection _selection;

    public PriceBook(ModelCatalog catalog, IOptions<PriceBookOptions> options, ProviderSelection selection)
    {
        (_catalog, _selection) = (catalog, selection);
        _overrides = options.Value.OverrideFile is { Length: > 0 } path ? PriceOverrides.Load(path, catalog) : PriceOverrides.None;
    }

    /// <summary>Of one output of a step. For a prompt, <paramref name="parameters"/> is not looked at.</summary>
    /// <param name="provider">Who makes it; null for whoever serves the model.</param>
    public UnitPrice PriceOf(string stepType, GenerationParameters? parameters, string? provider = null) => stepType switch
    {
        StepTypes.PromptEnhance => UnitPrice.Of(_overrides.PerPrompt ?? _catalog.PromptPrice),
        StepTypes.ImageToImage => PriceOf(GenerationKind.Image, parameters, provider),
        StepTypes.ImageToVideo => PriceOf(GenerationKind.Video, parameters, provider),
        _ => UnitPrice.Unknown($"There is no step type '{Short(stepType)}'. Use one of: {string.Join(", ", StepTypes.InOrder)}."),
    };

    /// <summary>When and from where a model's price was taken.</summary>
    public (DateOnly? AsOf, string? Source, string? Note) Origin(ModelInfo model, string? provider = null) => Own(model, provider ?? _selection.ServedBy(model.Id)) is null
        ? (model.Checked, PriceOf(model, provider).Published?.Source, PriceOf(model, provider).Published?.Text)
        : (_overrides.AsOf, _overrides.Source ?? "price override file", null);

    /// <summary>The price that holds for a model.</summary>
    /// <param name="provider">Who makes it; null for whoever serves the model.</param>
    public ModelPrice PriceOf(ModelInfo model, string? provider = null)
    {
        var asked = provider ?? _selection.ServedBy(model.Id);
        return Own(model, asked) ?? model.At(asked).Price;
    }

    // A price of one's own contract is with who serves the model; anybody else is paid at the list price.
    private ModelPrice? Own(ModelInfo model, string provider) =>
        string.Equals(provider, _selection.ServedBy(model.Id), StringComparison.OrdinalIgnoreCase) ? _overrides.Find(model.Id) : null;

    private UnitPrice PriceOf(GenerationKind kind, GenerationParameters? parameters, string? provider)
    {
        if (parameters is null || _catalog.Find(parameters.Model) is not { } model || model.Kind != kind)
        {
            var known = string.Join(", ", _catalog.OfKind(kind).Select(one => one.Id));
            return UnitPrice.Unknown($"There is no price for the model '{Short(parameters?.Model ?? string.Empty)}'. Use one of: {known}.");
        }

        return CostFormula.PriceOf(PriceOf(model, provider), parameters);
    }

    private static string Short(string text) => text.Length <= 60 ? text : text[..60] + "…";
}
