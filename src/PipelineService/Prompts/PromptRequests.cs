using System.ComponentModel.DataAnnotations;
using PipelineService.Pipelines;

namespace PipelineService.Prompts;

/// <param name="Prompts">1..100 of 1..2,000 characters.</param>
/// <param name="Count">Distinct variations of each, 1..20; default 5.</param>
/// <param name="Target">What they are for: i2i (default) or i2v.</param>
/// <param name="Style">For example photorealistic.</param>
/// <param name="StyleHints">More of them.</param>
/// <param name="ThemeFocus">outfits, poses, expressions or lighting.</param>
/// <param name="Image">The picture the prompts are for.</param>
/// <param name="Model">The model they are for; its longest prompt is kept to.</param>
/// <param name="Provider">auto (default), anthropic, openai or local.</param>
/// <param name="Seed">Another seed gives other variations; default 0.</param>
public sealed record EnhanceRequest(
    [property: Required] IReadOnlyList<string>? Prompts,
    int? Count = null,
    [TargetWords] string? Target = null,
    string? Style = null,
    IReadOnlyList<string>? StyleHints = null,
    [ThemeWords] string? ThemeFocus = null,
    EnhanceImage? Image = null,
    string? Model = null,
    [WriterWords] string? Provider = null,
    long? Seed = null);

public sealed record EnhanceImage([property: Required] long? AssetId);

/// <param name="Results">In the order of the prompts.</param>
/// <param name="Cost">US dollars for the prompts delivered; those from the cache cost nothing.</param>
public sealed record EnhanceResponse(IReadOnlyList<EnhancedPrompt> Results, decimal Cost);

/// <param name="Provider">Who wrote them.</param>
/// <param name="Cached">The same was asked before, or nearly the same.</param>
/// <param name="Fallback">How many of them, the last ones, the demo writer made because the provider's could not be used even when it was asked again.</param>
/// <param name="Cost">US dollars for this input's prompts.</param>
/// <param name="SimilarTo">The prompt that the answer was written for, where it was nearly this one; null where it was this one.</param>
public sealed record EnhancedPrompt(string Input, IReadOnlyList<string> Prompts, string Provider, bool Cached, int Fallback = 0, decimal Cost = 0m, string? SimilarTo = null);

/// <param name="Data">Whole prompts that begin with what was typed, the likeliest first.</param>
public sealed record SuggestionsResponse(IReadOnlyList<string> Data);
