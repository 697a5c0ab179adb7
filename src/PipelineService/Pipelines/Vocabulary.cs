using Contracts.Generation;
using PipelineService.Expansion;
using ServiceDefaults.OpenApi;

namespace PipelineService.Pipelines;

/// <summary>The words that requests and answers choose from, where no enum has them.</summary>
internal static class Vocabulary
{
    /// <summary>What prompts can be written for.</summary>
    public static readonly string[] Targets = [StepTypes.ImageToImage, StepTypes.ImageToVideo];

    public static readonly string[] Themes = ["outfits", "poses", "expressions", "lighting"];

    /// <summary>Whether every image gets prompts of its own.</summary>
    public static readonly string[] Scopes = ["per_image", "shared"];

    /// <summary>Who can be asked to write prompts.</summary>
    public static readonly string[] Writers = ["auto", "anthropic", "openai", "local"];

    /// <summary>What an approval does with what nobody judged; the first is the default.</summary>
    public static readonly string[] Unjudged = ["include", "leave_out"];

    /// <summary>What a step makes.</summary>
    public static readonly string[] Outputs = ["prompt", "image", "video"];
}

[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
internal sealed class StepTypeWordsAttribute() : WordsAttribute([.. StepTypes.InOrder]);

[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
internal sealed class TargetWordsAttribute() : WordsAttribute(Vocabulary.Targets);

[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
internal sealed class ThemeWordsAttribute() : WordsAttribute(Vocabulary.Themes);

[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
internal sealed class ScopeWordsAttribute() : WordsAttribute(Vocabulary.Scopes);

[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
internal sealed class WriterWordsAttribute() : WordsAttribute(Vocabulary.Writers);

[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
internal sealed class UnjudgedWordsAttribute() : WordsAttribute(Vocabulary.Unjudged);

[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
internal sealed class OutputWordsAttribute() : WordsAttribute(Vocabulary.Outputs);

[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
internal sealed class CoverageWordsAttribute() : WordsAttribute([.. SetMode.Coverages]);

[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
internal sealed class SetKindWordsAttribute() : WordsAttribute([.. SetMode.Standard.Keys]);
