using Contracts.Generation;
using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults.Identity;
using ServiceDefaults.Problems;

namespace EnhancerService;

/// <summary>The prompt box's call, made by PipelineService, which has checked the input and looked up the picture.</summary>
internal static class EnhanceApi
{
    public static void MapEnhance(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/internal/prompts/enhance", Enhance).RequireAuthorization();

    private static async Task<Results<Ok<EnhanceAnswer>, ProblemHttpResult>> Enhance(Caller caller, EnhanceQuestion question, Enhancer enhancer, CancellationToken cancellationToken)
    {
        var sets = await Task.WhenAll(question.Prompts.Select(prompt => enhancer.EnhanceAsync(
            new EnhancerRequest(
                caller.TenantId, $"{caller.TenantId}-{Guid.NewGuid():N}", question.Provider ?? "auto", prompt, question.Count, question.Target, question.TargetModel,
                question.MaxChars, question.StyleHints ?? [], question.ThemeFocus, question.Seed ?? 0, question.Image),
            useCache: true,
            cancellationToken)));
        if (sets.Select(set => set.Failure).FirstOrDefault(failure => failure is not null) is { } failed)
        {
            return failed.Kind == FailureKind.InvalidRequest
                ? Problem.Validation("/provider", failed.Message)
                : Problem.Other(502, "provider-failed", "The prompts could not be made.", failed.Message);
        }

        return TypedResults.Ok(new EnhanceAnswer([.. sets.Select((set, index) => new EnhancedPrompt(question.Prompts[index], set.Prompts, set.Provider, set.Cached))]));
    }
}

/// <param name="Count">Prompts for each input, 1..20.</param>
/// <param name="Target">i2i or i2v.</param>
internal sealed record EnhanceQuestion(
    IReadOnlyList<string> Prompts, int Count, string Target, IReadOnlyList<string>? StyleHints, string? ThemeFocus, MediaRef? Image, string? Provider, string? TargetModel,
    int? MaxChars, long? Seed);

internal sealed record EnhanceAnswer(IReadOnlyList<EnhancedPrompt> Results);

internal sealed record EnhancedPrompt(string Input, IReadOnlyList<string> Prompts, string Provider, bool Cached);
