using System.Collections.Frozen;

namespace Providers.Catalog;

/// <summary>One model of the catalog.</summary>
/// <param name="Id">For example <c>kling-image</c>.</param>
/// <param name="Kind">Image or video.</param>
/// <param name="Successor">Catalog id of the model to use instead; null when none is known or needed.</param>
/// <param name="TypicalLatencySec">Seconds one request usually takes at the vendor; an estimate.</param>
/// <param name="EnabledByDefault">Whether it is offered without being switched on.</param>
public sealed record ModelInfo(
    string Id,
    GenerationKind Kind,
    string DisplayName,
    string Vendor,
    ModelAvailability Availability,
    ModelCapabilities Capabilities,
    ModelPrice Price,
    string? Successor,
    int TypicalLatencySec,
    bool EnabledByDefault)
{
    /// <summary>The day its price and capabilities were last held to their sources; null when they were not.</summary>
    public DateOnly? Checked { get; init; }

    /// <summary>How fal is asked for it; null when that is not known.</summary>
    public ModelWire? Wire { get; init; }

    /// <summary>How OpenAI itself is asked for it; null where that is not known or it is not served there.</summary>
    public OpenAiWire? OpenAi { get; init; }

    /// <summary>How Replicate is asked for it; null where that is not known or it is not served there.</summary>
    public ReplicateWire? Replicate { get; init; }

    /// <summary>Whether it is known how a vendor is asked for it.</summary>
    public bool IsKnownAt(string provider)
    {
        ArgumentNullException.ThrowIfNull(provider);
        return provider.ToLowerInvariant() switch
        {
            ProviderNames.Fal => Wire is not null,
            ProviderNames.Replicate => Replicate is not null,
            ProviderNames.OpenAi => OpenAi is not null,
            _ => false,
        };
    }

    /// <summary>The model as a provider has it: what it can and what it costs may differ from the catalog's own entry.</summary>
    public ModelInfo At(string provider)
    {
        if (Replicate is not { } there || !string.Equals(provider, ProviderNames.Replicate, StringComparison.OrdinalIgnoreCase))
        {
            return this;
        }

        return this with
        {
            Price = there.Price ?? Price,
            Capabilities = there.AspectRatios is not { } ratios ? Capabilities : Capabilities with
            {
                AspectRatios = ratios,
                DefaultAspectRatio = Capabilities.DefaultAspectRatio is { } usual && ratios.Contains(usual) ? usual : ratios is [var first, ..] ? first : null,
                AspectMap = FrozenDictionary<string, string>.Empty,
            },
        };
    }

    internal static ModelInfo From(ModelEntry entry) => new(
        entry.Id,
        entry.Kind switch
        {
            "i2i" => GenerationKind.Image,
            "i2v" => GenerationKind.Video,
            _ => throw new FormatException($"The catalog's model '{entry.Id}' has the unknown kind '{entry.Kind}'."),
        },
        entry.DisplayName,
        entry.Vendor,
        ModelAvailability.Parse(entry.Status),
        ModelCapabilities.From(entry),
        entry.Price,
        entry.Successor,
        entry.TypicalLatencySec,
        entry.EnabledByDefault)
    {
        Checked = entry.Checked,
        Wire = ModelWire.From(entry),
        OpenAi = entry.OpenAi,
        Replicate = ReplicateWire.From(entry.Replicate),
    };
}
