using Providers.Catalog;

namespace CostService.Models;

/// <summary>A model as clients see it.</summary>
/// <param name="Id">What a step's config names, for example <c>kling-image</c>.</param>
/// <param name="RetiredAt">The day of the announced or past end; null when there is none.</param>
/// <param name="Successor">The model to use instead.</param>
/// <param name="ServedBy">The provider that runs it now, for example <c>fal</c> or <c>local</c>.</param>
/// <param name="Simulated">True when that provider makes samples and nobody is charged.</param>
/// <param name="Default">Used when a step names no model.</param>
/// <param name="Defaults">What a step gets that asks for nothing.</param>
/// <param name="Warnings">Sentences for people.</param>
internal sealed record ModelListing(
    string Id, string Name, string Vendor, ModelKind Kind, ModelStatus Status, DateOnly? RetiredAt, string? Successor, string ServedBy, bool Simulated,
    bool Default, PriceListing Price, CapabilityListing Capabilities, DefaultListing Defaults, IReadOnlyList<string> Warnings);

internal enum ModelKind
{
    Image,
    Video,
}

/// <summary>A list price. The refining forms are as in the catalog; estimates apply them.</summary>
/// <param name="Unit">image or clip.</param>
/// <param name="Amount">US dollars for one unit at the model's defaults.</param>
/// <param name="BaseDurationSec">Seconds of video that <paramref name="Amount"/> is for.</param>
/// <param name="Display">For people, from the cheapest to the dearest of its settings: <c>$0.35 per 5 s</c>.</param>
/// <param name="AsOf">The day it was last held to its source.</param>
/// <param name="Note">The price in the vendor's words.</param>
internal sealed record PriceListing(
    PriceUnit Unit, decimal Amount, int? BaseDurationSec, string Display, DateOnly? AsOf, string? Source, string? Note,
    IReadOnlyDictionary<string, decimal>? ByResolution,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, decimal>>? ByQualitySize,
    IReadOnlyDictionary<string, SecondRate>? PerSecond,
    IReadOnlyDictionary<string, decimal>? PerClip,
    IReadOnlyDictionary<int, decimal>? PerClipByDuration,
    IReadOnlyDictionary<string, decimal>? ResolutionMultiplier,
    IReadOnlyDictionary<int, decimal>? DurationMultiplier);

/// <summary>What a model takes; an empty list means that it has no such setting.</summary>
/// <param name="AspectRatios">Every ratio that may be asked for.</param>
/// <param name="AspectMap">Ratio → delivered size, for models that know sizes only.</param>
/// <param name="PromptMaxChars">Null when the vendor states none.</param>
/// <param name="TypicalLatencySec">Seconds one request usually takes at the vendor; an estimate.</param>
/// <param name="Seed">Whether it takes a seed.</param>
/// <param name="Audio">Whether it can make sound.</param>
internal sealed record CapabilityListing(
    IReadOnlyList<string> AspectRatios, IReadOnlyDictionary<string, string> AspectMap, IReadOnlyList<string> Resolutions, IReadOnlyList<string> Qualities,
    IReadOnlyList<int> DurationsSec, int? PromptMaxChars, int TypicalLatencySec, bool Seed, bool NegativePrompt, bool Audio);

internal sealed record DefaultListing(string? AspectRatio, string? Resolution, int? DurationSec, string? Quality);

/// <summary>The whole catalog stands on one page.</summary>
internal sealed record ModelPage(IReadOnlyList<ModelListing> Data, string? NextCursor);
