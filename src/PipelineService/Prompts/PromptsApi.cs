using Contracts.Generation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PipelineService.Storage;
using Providers.Catalog;
using ServiceDefaults.Identity;
using ServiceDefaults.OpenApi;
using ServiceDefaults.Problems;

namespace PipelineService.Prompts;

/// <summary>The prompt box: variations of a prompt, and completions while somebody types.</summary>
public static class PromptsApi
{
    private const int MaxTyped = 2000;
    private const int DefaultCount = 5;

    public static RouteGroupBuilder MapPrompts(this IEndpointRouteBuilder routes)
    {
        ArgumentNullException.ThrowIfNull(routes);
        var group = routes.MapGroup("/prompts").WithTags("Prompts").RequireAuthorization();
        group.MapPost("/enhance", EnhanceAsync).WithName("enhance_prompts").WithSummary("Write variations of prompts")
            .WithDescription("The variations of a prompt are distinct and keep its facts. The same question again is answered from a cache and costs nothing; so is a similar one, where the workspace turned that on.")
            .WithExample(new EnhanceRequest(["woman in red dress"], 5, "i2i", "photorealistic", null, "outfits", new EnhanceImage(12)))
            .WithExample(StatusCodes.Status200OK, new EnhanceResponse([new EnhancedPrompt("woman in red dress", ["A woman in a flowing red silk dress, soft window light"], "local", false)], 0.001m));
        group.MapGet("/suggest", SuggestAsync).WithName("suggest_prompts").WithSummary("Complete what is being typed")
            .WithDescription("Up to 8 prompts that begin with q, from the tenant's newest ones and a built-in vocabulary.")
            .WithExample(StatusCodes.Status200OK, new SuggestionsResponse(["woman in red dress", "woman in a linen suit"]))
            .WithProblems(StatusCodes.Status422UnprocessableEntity);
        PromptSettingsApi.Map(group);
        return group;
    }

    private static async Task<Results<Ok<EnhanceResponse>, ProblemHttpResult>> EnhanceAsync(
        EnhanceRequest request, HttpResponse response, Caller caller, PipelineDbContext db, EnhancerClient enhancer, PromptBooking booking, ModelCatalog catalog, IOptions<PromptsOptions> options,
        CancellationToken cancellationToken)
    {
        var faults = EnhanceChecks.Check(request, options.Value, catalog);
        var image = request.Image?.AssetId is { } asset ? await FindAsync(asset, caller, db, cancellationToken) : null;
        if (request.Image?.AssetId is { } missing && image is null)
        {
            faults.Add("/image/asset_id", $"There is no picture {missing} in the library.");
        }

        if (faults.Any)
        {
            return Problem.Validation(faults.ToDictionary());
        }

        var model = request.Model is null ? null : catalog.Find(request.Model);
        IEnumerable<string> styles = request.Style is null ? [] : [request.Style];
        var question = new EnhanceQuestion(
            request.Prompts!, request.Count ?? DefaultCount, request.Target ?? "i2i", [.. styles.Concat(request.StyleHints ?? [])], request.ThemeFocus, image,
            request.Provider ?? "auto", model?.Id, model?.Capabilities.PromptMaxChars, request.Seed ?? 0, await PromptSettingsApi.SimilarAsync(db, caller.TenantId, cancellationToken));
        switch (await enhancer.EnhanceAsync(caller, question, cancellationToken))
        {
            case EnhanceOutcome.Enhanced enhanced:
                var results = enhanced.Results.Select(result => result with { Cost = result.Cached ? 0m : result.Cost ?? result.Prompts.Count * catalog.PromptPrice }).ToList();
                await booking.BookAsync(caller.TenantId, results);
                return TypedResults.Ok(new EnhanceResponse([.. results.Select(Public)], results.Sum(result => result.Cost!.Value)));
            case EnhanceOutcome.Refused refused:
                return Problem.Validation("/provider", refused.Reason);
            case EnhanceOutcome.Away away:
                response.Headers.RetryAfter = "5";
                return Problem.Other(
                    StatusCodes.Status503ServiceUnavailable, "unavailable", "Prompts cannot be enhanced right now.",
                    away.Reason ?? "Use them as they are, or try again shortly. Nothing was charged.");
            default:
                throw new InvalidOperationException("Unknown outcome.");
        }
    }

    private static EnhancedPrompt Public(EnhancedSet set) => new(set.Input, set.Prompts, set.Provider, set.Cached, set.Fallback, set.Cost ?? 0m, set.SimilarTo);

    private static async Task<Results<Ok<SuggestionsResponse>, ProblemHttpResult>> SuggestAsync(
        string? q, Caller caller, PromptHistory history, CancellationToken cancellationToken) =>
        q is { Length: > MaxTyped } || q?.Contains('\0', StringComparison.Ordinal) == true
            ? Problem.Validation("/q", $"Use up to {MaxTyped} printable characters.")
            : TypedResults.Ok(new SuggestionsResponse(await history.SuggestAsync(caller.TenantId, q ?? string.Empty, cancellationToken)));

    private static Task<MediaRef?> FindAsync(long assetId, Caller caller, PipelineDbContext db, CancellationToken cancellationToken) => db.Assets
        .Where(asset => asset.TenantId == caller.TenantId && asset.Id == assetId && asset.Type == "image")
        .Select(asset => new MediaRef(asset.ObjectKey, asset.Sha256, asset.ContentType, asset.Width, asset.Height, asset.Bytes, null, null))
        .SingleOrDefaultAsync(cancellationToken)!;
}
