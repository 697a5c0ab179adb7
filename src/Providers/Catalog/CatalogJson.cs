using System.Text.Json;
using System.Text.Json.Serialization;

namespace Providers.Catalog;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, NumberHandling = JsonNumberHandling.Strict)]
[JsonSerializable(typeof(CatalogFile))]
[JsonSerializable(typeof(ModelPrice))]
internal sealed partial class CatalogJson : JsonSerializerContext;

/// <summary>
/// The parts of models.json that are used; the rest documents where they come from. What may be absent is nullable: generated readers set every
/// init property, so an initializer here would be overwritten.
/// </summary>
internal sealed record CatalogFile
{
    public required DefaultModels DefaultModels { get; init; }

    public required PromptPriceEntry PromptPriceSeed { get; init; }

    public required IReadOnlyList<PromptModelEntry> PromptModels { get; init; }

    public required IReadOnlyList<ModelEntry> Models { get; init; }
}

internal sealed record DefaultModels(string I2i, string I2v);

internal sealed record PromptPriceEntry(decimal PerPrompt);

internal sealed record PromptModelEntry(string Id, string Provider, TokenPrices PricePerMtok, string Status);

/// <summary>US dollars for a million tokens; what a vendor calls its cached reads and writes differs.</summary>
internal sealed record TokenPrices(
    decimal Input, decimal Output, decimal? CacheRead, decimal? CachedInput, decimal? CacheWrite, [property: JsonPropertyName("cache_write_5m")] decimal? CacheWriteFiveMinutes);

internal sealed record ModelEntry
{
    public required string Id { get; init; }

    public required string Kind { get; init; }

    public required string DisplayName { get; init; }

    public required string Vendor { get; init; }

    public required string Status { get; init; }

    public required ModelPrice Price { get; init; }

    public IReadOnlyList<string>? Qualities { get; init; }

    public string? DefaultQuality { get; init; }

    public IReadOnlyList<string>? Resolutions { get; init; }

    public string? DefaultResolution { get; init; }

    public IReadOnlyList<string>? AspectRatios { get; init; }

    public string? DefaultAspectRatio { get; init; }

    public IReadOnlyDictionary<string, string>? AspectMap { get; init; }

    public IReadOnlyList<int>? Durations { get; init; }

    public int? PromptMaxChars { get; init; }

    public bool NegativePrompt { get; init; }

    public int? NegativePromptMaxChars { get; init; }

    public bool SeedSupported { get; init; }

    public AudioEntry? Audio { get; init; }

    public string? Successor { get; init; }

    public int TypicalLatencySec { get; init; }

    public bool EnabledByDefault { get; init; }

    public DateOnly? Checked { get; init; }

    public required string Endpoint { get; init; }

    public required string QueueApp { get; init; }

    public required string ImageField { get; init; }

    public bool ImageFieldIsArray { get; init; }

    public DurationWireEntry? DurationWire { get; init; }

    public WireEntry? Wire { get; init; }

    [JsonPropertyName("openai")]
    public OpenAiWire? OpenAi { get; init; }

    public ReplicateEntry? Replicate { get; init; }
}

internal sealed record ReplicateEntry
{
    public required string Model { get; init; }

    public required string ImageField { get; init; }

    public bool ImageFieldIsArray { get; init; }

    public string? AutoAspect { get; init; }

    public IReadOnlyList<string>? AspectRatios { get; init; }

    public IReadOnlyDictionary<string, JsonElement>? Fixed { get; init; }

    public required IReadOnlyList<WireFieldEntry> Input { get; init; }

    public ModelPrice? Price { get; init; }
}

internal sealed record AudioEntry(bool Generated);

internal sealed record DurationWireEntry(string? Type, string? Format);

internal sealed record WireEntry(IReadOnlyList<WireFieldEntry>? Input);

internal sealed record WireFieldEntry(string Name, bool Required, string Type, IReadOnlyList<string>? Enum, int? Minimum, int? Maximum);
