using Contracts.Generation;
using ServiceDefaults.Problems;

namespace EnhancerService;

/// <param name="Prompts">Each becomes a set of prompts.</param>
/// <param name="Count">Prompts for each input, 1..20.</param>
/// <param name="Target">i2i or i2v.</param>
/// <param name="Image">The caller's own picture that the prompts are for; null for none.</param>
/// <param name="Provider">auto (the default) or a provider's name.</param>
/// <param name="Similar">An answer to nearly the same prompt will do.</param>
/// <param name="MaxChars">Longest prompt the target takes; null when it states none.</param>
internal sealed record EnhanceQuestion(
    IReadOnlyList<string>? Prompts, int Count, string? Target, IReadOnlyList<string>? StyleHints, string? ThemeFocus, MediaRef? Image, string? Provider, string? TargetModel,
    int? MaxChars, long? Seed, bool Similar = false)
{
    /// <summary>Every broken rule by JSON pointer.</summary>
    public ProblemErrors Check(long tenantId, EnhancerOptions limits)
    {
        var errors = new ProblemErrors();
        if (Prompts is not { Count: > 0 } || Prompts.Count > limits.MaxPrompts)
        {
            errors.Add("/prompts", $"Give 1 to {limits.MaxPrompts} prompts.");
        }

        for (var index = 0; index < (Prompts?.Count ?? 0); index++)
        {
            if (string.IsNullOrWhiteSpace(Prompts![index]) || Prompts[index].Length > limits.MaxPromptChars)
            {
                errors.Add($"/prompts/{index}", $"A prompt has 1 to {limits.MaxPromptChars:N0} characters.");
            }
        }

        if (Count < 1 || Count > limits.MaxCount)
        {
            errors.Add("/count", $"Ask for 1 to {limits.MaxCount} prompts of each input.");
        }

        if (Target is not (StepTypes.ImageToImage or StepTypes.ImageToVideo))
        {
            errors.Add("/target", $"Use {StepTypes.ImageToImage} or {StepTypes.ImageToVideo}.");
        }

        if (MaxChars < 1)
        {
            errors.Add("/max_chars", "Give at least 1, or leave it out.");
        }

        if (Image is not null && !(Image.ObjectKey ?? string.Empty).StartsWith($"t/{tenantId}/", StringComparison.Ordinal))
        {
            errors.Add("/image", "There is no such picture.");
        }

        return errors;
    }
}

/// <param name="Results">In the order of the inputs.</param>
internal sealed record EnhanceAnswer(IReadOnlyList<EnhancedPrompt> Results);

/// <param name="Provider">Who wrote them.</param>
/// <param name="Cached">True when it was answered before and costs nothing.</param>
/// <param name="Fallback">How many of them the demo writer made because the provider's could not be used.</param>
/// <param name="Cost">US dollars as the provider counts them; null when it counts none.</param>
/// <param name="SimilarTo">The prompt that it was written for, where that was nearly this one.</param>
internal sealed record EnhancedPrompt(string Input, IReadOnlyList<string> Prompts, string Provider, bool Cached, int Fallback, decimal? Cost, string? SimilarTo)
{
    public static EnhancedPrompt Of(string input, PromptSet set) => new(
        input, [.. set.Prompts.Select(prompt => prompt.Text)], set.Provider, set.Cached, set.Prompts.Count(prompt => prompt.By is not null), set.Cached ? 0m : set.ReportedCost, set.SimilarTo);
}
