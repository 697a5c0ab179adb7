using System.Text.Json;
using System.Text.Json.Serialization;

namespace Providers.Catalog;

/// <summary>
/// A model's list price as the catalog states it, in US dollars. At most one of the refining forms applies; the formula over them is CostService's.
/// </summary>
public sealed record ModelPrice
{
    /// <summary>The key of a rate that holds whatever the resolution.</summary>
    public const string Any = "*";

    public required PriceUnit Unit { get; init; }

    /// <summary>One image, or one clip of <see cref="BaseDurationSec"/>, at the model's defaults.</summary>
    public required decimal Amount { get; init; }

    /// <summary>Seconds that <see cref="Amount"/> is for; null for images and for prices a clip.</summary>
    public int? BaseDurationSec { get; init; }

    /// <summary>The resolution <see cref="Amount"/> is for, where it matters.</summary>
    public string? BaseResolution { get; init; }

    /// <summary>Whether <see cref="Amount"/> includes sound; null where sound has no price.</summary>
    public bool? Audio { get; init; }

    /// <summary>True when a clip costs the same whatever its duration.</summary>
    public bool Flat { get; init; }

    /// <summary>Quality → size such as <c>1024x1536</c> → price an image.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, decimal>>? ByQualitySize { get; init; }

    /// <summary>Resolution → price an image.</summary>
    public IReadOnlyDictionary<string, decimal>? ByResolution { get; init; }

    /// <summary>Resolution or <see cref="Any"/> → price a second.</summary>
    public IReadOnlyDictionary<string, SecondRate>? PerSecond { get; init; }

    /// <summary>Resolution → price a clip of the model's only duration.</summary>
    public IReadOnlyDictionary<string, decimal>? PerClip { get; init; }

    /// <summary>Duration in seconds → price a clip.</summary>
    public IReadOnlyDictionary<int, decimal>? PerClipByDuration { get; init; }

    /// <summary>Kind of token, <c>audio_on</c>, <c>audio_off</c> or <see cref="Any"/> → price of a million tokens.</summary>
    [JsonConverter(typeof(TokenRatesConverter))]
    public IReadOnlyDictionary<string, decimal>? PerMillionTokens { get; init; }

    /// <summary>Resolution → factor on <see cref="Amount"/>.</summary>
    public IReadOnlyDictionary<string, decimal>? ResolutionMultiplier { get; init; }

    /// <summary>Duration in seconds → factor on <see cref="Amount"/>.</summary>
    public IReadOnlyDictionary<int, decimal>? DurationMultiplier { get; init; }

    /// <summary>What the vendor publishes, and where; null when nothing was found.</summary>
    public PublishedPrice? Published { get; init; }

    /// <summary>Reads a price as the catalog writes one, for example from a price override file.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static ModelPrice Parse(JsonElement json) =>
        json.Deserialize(CatalogJson.Default.ModelPrice) ?? throw new JsonException("A price is an object.");
}
