using System.Collections.Frozen;

namespace Providers.Catalog;

/// <summary>What a model takes. An empty list means that the model has no such setting; defaults are members of their lists.</summary>
/// <param name="AspectRatios">As the model delivers them; <c>source</c> and <c>auto</c> keep the input's ratio.</param>
/// <param name="AspectMap">Ratio → delivered size, for models that know sizes only. Its ratios are accepted too.</param>
/// <param name="Durations">Seconds, ascending as listed; empty for images.</param>
/// <param name="DefaultDurationSec">The base duration of its price, else the first; null for images.</param>
/// <param name="PromptMaxChars">Null when the vendor states none.</param>
/// <param name="Audio">Whether it can make sound.</param>
public sealed record ModelCapabilities(
    IReadOnlyList<string> AspectRatios,
    string? DefaultAspectRatio,
    IReadOnlyDictionary<string, string> AspectMap,
    IReadOnlyList<string> Resolutions,
    string? DefaultResolution,
    IReadOnlyList<string> Qualities,
    string? DefaultQuality,
    IReadOnlyList<int> Durations,
    int? DefaultDurationSec,
    int? PromptMaxChars,
    bool NegativePrompt,
    int? NegativePromptMaxChars,
    bool Seed,
    bool Audio)
{
    /// <summary>Every ratio that may be asked for: the model's own, then those it maps.</summary>
    public IEnumerable<string> AcceptedAspectRatios => AspectRatios.Union(AspectMap.Keys, StringComparer.OrdinalIgnoreCase);

    internal static ModelCapabilities From(ModelEntry entry) => new(
        entry.AspectRatios ?? [],
        Default(entry.AspectRatios, entry.DefaultAspectRatio),
        (entry.AspectMap ?? FrozenDictionary<string, string>.Empty).ToFrozenDictionary(StringComparer.OrdinalIgnoreCase),
        entry.Resolutions ?? [],
        Default(entry.Resolutions, entry.DefaultResolution),
        entry.Qualities ?? [],
        Default(entry.Qualities, entry.DefaultQuality),
        entry.Durations ?? [],
        DefaultDuration(entry),
        entry.PromptMaxChars,
        entry.NegativePrompt,
        entry.NegativePromptMaxChars,
        entry.SeedSupported,
        entry.Audio is { Generated: true });

    private static string? Default(IReadOnlyList<string>? listed, string? named) =>
        named is not null && listed?.Contains(named) == true ? named : listed is [var first, ..] ? first : null;

    private static int? DefaultDuration(ModelEntry entry) => entry switch
    {
        { Durations: null or [] } => null,
        { Price.BaseDurationSec: { } seconds } when entry.Durations.Contains(seconds) => seconds,
        _ => entry.Durations[0],
    };
}
