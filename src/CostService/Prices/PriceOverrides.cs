using System.Text.Json;
using System.Text.Json.Serialization;
using Providers.Catalog;

namespace CostService.Prices;

/// <summary>
/// Prices of one's own contract: <c>{ "as_of": "2026-12-01", "source": "our contract", "per_prompt": 0.001, "models": { "kling": { "unit": "clip", "amount": 0.3, "base_duration_sec": 5 } } }</c>.
/// A model's price is written as in models.json and replaces the catalog's whole price.
/// </summary>
internal sealed record PriceOverrides
{
    public static readonly PriceOverrides None = new();

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    public DateOnly? AsOf { get; init; }

    public string? Source { get; init; }

    /// <summary>US dollars for one delivered prompt.</summary>
    public decimal? PerPrompt { get; init; }

    [JsonPropertyName("models")]
    public IReadOnlyDictionary<string, JsonElement> ModelPrices { get; init; } = new Dictionary<string, JsonElement>();

    /// <exception cref="InvalidOperationException">It is missing, unreadable, or prices what the catalog does not have.</exception>
    public static PriceOverrides Load(string path, ModelCatalog catalog)
    {
        try
        {
            var overrides = JsonSerializer.Deserialize<PriceOverrides>(File.ReadAllText(path), Json) ?? throw new JsonException("It is empty.");
            overrides.Check(catalog);
            return overrides;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new InvalidOperationException($"The price file '{path}' cannot be used: {exception.Message}", exception);
        }
    }

    public ModelPrice? Find(string model) => ModelPrices.TryGetValue(model, out var json) ? ModelPrice.Parse(json) : null;

    private void Check(ModelCatalog catalog)
    {
        if (PerPrompt is <= 0)
        {
            throw new JsonException("per_prompt has to be above 0.");
        }

        foreach (var (id, json) in ModelPrices)
        {
            var model = catalog.Find(id) ?? throw new JsonException($"models names '{id}', which the catalog does not have.");
            var price = ModelPrice.Parse(json);
            if (price.Amount <= 0 || (price.Unit == PriceUnit.Image) != (model.Kind == Providers.GenerationKind.Image))
            {
                throw new JsonException($"models.{id} needs an amount above 0 and the unit of its kind (image or clip).");
            }
        }
    }
}
