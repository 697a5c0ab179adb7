using Contracts.Generation;
using Jobs;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using ServiceDefaults.Identity;
using ServiceDefaults.Problems;

namespace EnhancerService;

/// <summary>The prompt box's call, made by PipelineService, which has checked the input and looked up the picture.</summary>
internal static class EnhanceApi
{
    public static void MapEnhance(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/internal/prompts/enhance", EnhanceAsync).RequireAuthorization();

    private static async Task<Results<Ok<EnhanceAnswer>, ProblemHttpResult>> EnhanceAsync(
        Caller caller, EnhanceQuestion question, Enhancer enhancer, IOptions<EnhancerOptions> limits, WorkerOptions worker, CancellationToken cancellationToken)
    {
        var errors = question.Check(caller.TenantId, limits.Value);
        if (errors.Any)
        {
            return Problem.Validation(errors.ToDictionary());
        }

        using var slots = new SemaphoreSlim(worker.Concurrency);
        var sets = await Task.WhenAll(question.Prompts!.Select(async prompt =>
        {
            await slots.WaitAsync(cancellationToken);
            try
            {
                return await enhancer.EnhanceAsync(Request(caller, question, prompt), CacheUse.Always, cancellationToken);
            }
            finally
            {
                slots.Release();
            }
        }));
        return sets.Select(set => set.Failure).FirstOrDefault(failure => failure is not null) is { } failed
            ? Refusal(failed)
            : TypedResults.Ok(new EnhanceAnswer([.. sets.Select((set, index) => EnhancedPrompt.Of(question.Prompts![index], set))]));
    }

    private static EnhancerRequest Request(Caller caller, EnhanceQuestion question, string prompt) => new(
        caller.TenantId, $"{caller.TenantId}-{Guid.NewGuid():N}", question.Provider ?? "auto", prompt, question.Count, question.Target!, question.TargetModel,
        question.MaxChars, question.StyleHints ?? [], question.ThemeFocus, question.Seed ?? 0, question.Image)
    { Similar = question.Similar };

    private static ProblemHttpResult Refusal(ItemFailure failure) => failure.Kind switch
    {
        FailureKind.InvalidRequest => Problem.Validation("/provider", failure.Message),
        FailureKind.SourceMissing => Problem.Validation("/image", failure.Message),
        FailureKind.ContentRefused => Problem.Validation("/prompts", failure.Message),
        FailureKind.RateLimited => Problem.Other(503, "provider-busy", "The provider takes no more just now.", failure.Message),
        _ => Problem.Other(502, "provider-failed", "The prompts could not be made.", failure.Message),
    };
}
