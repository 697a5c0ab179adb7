using Contracts.Generation;

namespace Providers.Catalog;

/// <summary>What came of resolving parameters.</summary>
public abstract record ParameterResolution
{
    private ParameterResolution()
    {
    }

    /// <param name="Warnings">Sentences for people: what is delivered differently, or ends soon.</param>
    public sealed record Resolved(GenerationParameters Parameters, ModelInfo Model, IReadOnlyList<string> Warnings) : ParameterResolution;

    /// <param name="Errors">All of them, never empty.</param>
    public sealed record Refused(IReadOnlyList<ParameterError> Errors) : ParameterResolution;
}
