using System.Collections.Frozen;
using System.Text.Json;

namespace Providers.Catalog;

/// <summary>The models, their capabilities and list prices, as embedded in this library.</summary>
public sealed class ModelCatalog
{
    private static readonly Lazy<ModelCatalog> Instance = new(Load);

    private readonly FrozenDictionary<string, ModelInfo> _byId;
    private readonly DefaultModels _defaults;

    private ModelCatalog(CatalogFile file)
    {
        All = [.. file.Models.Select(ModelInfo.From)];
        _byId = All.ToFrozenDictionary(model => model.Id, StringComparer.OrdinalIgnoreCase);
        _defaults = file.DefaultModels;
        PromptPrice = file.PromptPriceSeed.PerPrompt;
        PromptModels = [.. file.PromptModels.Select(PromptModel.From)];
        foreach (var named in All.Select(model => model.Successor).Append(_defaults.I2i).Append(_defaults.I2v))
        {
            if (named is not null && !_byId.ContainsKey(named))
            {
                throw new FormatException($"The catalog names the model '{named}' and does not list it.");
            }
        }
    }

    /// <summary>Parsed once a process.</summary>
    public static ModelCatalog Embedded => Instance.Value;

    /// <summary>In the catalog's order.</summary>
    public IReadOnlyList<ModelInfo> All { get; }

    /// <summary>The text models that are known to write prompts.</summary>
    public IReadOnlyList<PromptModel> PromptModels { get; }

    /// <summary>US dollars for one delivered prompt.</summary>
    public decimal PromptPrice { get; }

    /// <summary>Null when there is no such model. Ids are matched without regard to case.</summary>
    public ModelInfo? Find(string id) => _byId.GetValueOrDefault(id);

    public IEnumerable<ModelInfo> OfKind(GenerationKind kind) => All.Where(model => model.Kind == kind);

    /// <summary>The model used when a step names none.</summary>
    public ModelInfo Default(GenerationKind kind) => kind switch
    {
        GenerationKind.Image => _byId[_defaults.I2i],
        GenerationKind.Video => _byId[_defaults.I2v],
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Only images and videos have models."),
    };

    private static ModelCatalog Load()
    {
        using var json = typeof(ModelCatalog).Assembly.GetManifestResourceStream("models.json")
            ?? throw new InvalidOperationException("models.json is not embedded.");
        var file = JsonSerializer.Deserialize(json, CatalogJson.Default.CatalogFile) ?? throw new FormatException("models.json is empty.");
        return new ModelCatalog(file);
    }
}
