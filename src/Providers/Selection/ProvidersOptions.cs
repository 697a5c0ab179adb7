using System.ComponentModel.DataAnnotations;

namespace Providers.Selection;

/// <summary>Section <c>Providers</c>: which provider serves what. Read at start; an unknown name is an error then.</summary>
public sealed class ProvidersOptions
{
    public const string Section = "Providers";

    /// <summary>Serves everything that no override names. Default <c>local</c>, the demo renderer.</summary>
    [Required]
    public string Default { get; set; } = ProviderNames.Local;

    /// <summary>
    /// Providers in order of preference: the first that serves a model has it, unless <see cref="Models"/> says otherwise; what none of them serves is <see cref="Default"/>'s.
    /// Default none.
    /// </summary>
    public IReadOnlyList<string> Order { get; set; } = [];

    /// <summary>Serves prompts; <see cref="Default"/> unless told. Default not set.</summary>
    public string? Prompts { get; set; }

    /// <summary>Catalog id → provider name.</summary>
    public Dictionary<string, string> Models { get; set; } = new(StringComparer.OrdinalIgnoreCase);
}
