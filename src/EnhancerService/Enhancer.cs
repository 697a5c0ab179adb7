using Contracts.Generation;
using Jobs;
using Media;
using Microsoft.Extensions.Options;
using Providers;
using Providers.Keys;
using Providers.Selection;
using Providers.Traffic;

namespace EnhancerService;

/// <summary>One set of prompts to make.</summary>
/// <param name="Provider">auto, or a provider's name.</param>
internal sealed record EnhancerRequest(
    long TenantId, string RequestKey, string Provider, string Prompt, int Count, string TargetType, string? TargetModel, int? MaxChars, IReadOnlyList<string> StyleHints,
    string? ThemeFocus, long Seed, MediaRef? Image)
{
    /// <summary>An earlier answer to nearly the same prompt will do.</summary>
    public bool Similar { get; init; }
}

/// <param name="Failure">Null when there are prompts.</param>
internal sealed record PromptSet(
    IReadOnlyList<WrittenPrompt> Prompts, ItemFailure? Failure, string Provider, string? RequestId, decimal? ReportedCost, bool Simulated, bool Cached)
{
    /// <summary>The prompt that it was written for, where that was nearly this one.</summary>
    public string? SimilarTo { get; init; }
}

/// <param name="By">Who wrote it, where that is not the set's provider.</param>
internal sealed record WrittenPrompt(string Text, string? By = null);

/// <summary>When an earlier answer to the same question will do.</summary>
internal enum CacheUse
{
    Never,

    /// <summary>Where it saves money.</summary>
    Paid,

    Always,
}

/// <summary>Asks the provider of prompts, or the cache.</summary>
internal sealed class Enhancer(
    ProviderRegistry providers, ProviderSelection selection, WorkspaceKeys keys, EnhancementCache cache, IObjectStore store, RouteTraffic traffic, ProviderTroubles troubles, WorkerOptions options, ILogger<Enhancer> logger)
{
    /// <param name="use">Whose answers may be repeated: the demo writer's cost nothing, so a run has them written afresh.</param>
    public async Task<PromptSet> EnhanceAsync(EnhancerRequest request, CacheUse use, CancellationToken cancellationToken)
    {
        var name = request.Provider == "auto" ? selection.ServedBy(null, keys.Of(request.TenantId)) : request.Provider;
        if (providers.Find(name) is not { } provider || !provider.Serves(GenerationKind.Prompts, null) || !MayUse(provider, request.TenantId))
        {
            var known = providers.All.Where(other => other.Serves(GenerationKind.Prompts, null) && MayUse(other, request.TenantId)).Select(other => other.Name).Order(StringComparer.Ordinal);
            return Failed(name, new ItemFailure(FailureKind.InvalidRequest, $"No prompt provider named '{name}' is set up. There are: {string.Join(", ", known)}."));
        }

        var useCache = use == CacheUse.Always || (use == CacheUse.Paid && !provider.Simulated);
        if (useCache && await cache.FindAsync(provider, request) is { } cached)
        {
            return new PromptSet(cached.Prompts, null, provider.Name, null, 0m, provider.Simulated, Cached: true) { SimilarTo = cached.SimilarTo };
        }

        var path = request.Image is { } image ? await store.GetLocalPathAsync(image.ObjectKey, cancellationToken) : null;
        if (request.Image is not null && path is null)
        {
            return Failed(name, new ItemFailure(FailureKind.SourceMissing, "The picture is gone from the library. Upload it again and retry."));
        }

        var set = await CallAsync(provider, request, path, cancellationToken);
        if (useCache && set.Failure is null)
        {
            await cache.KeepAsync(provider, request, set.Prompts);
        }

        return set;
    }

    private async Task<PromptSet> CallAsync(IProvider provider, EnhancerRequest request, string? path, CancellationToken cancellationToken)
    {
        await using var pass = await traffic.EnterAsync(keys.Route(request.TenantId, provider.Name, null));
        return (pass.Refusal is { } refusal ? new ProviderResult.Failed(refusal) : pass.Tell(await AskAsync(provider, request, path, cancellationToken))) switch
        {
            ProviderResult.Finished finished => new PromptSet(
                [.. finished.Outputs.Select(output => new WrittenPrompt(output.Text!, output.By))], null, provider.Name, finished.RequestId, finished.ReportedCost, provider.Simulated, finished.Cached),
            ProviderResult.Failed failed => Told(request.TenantId, provider.Name, failed.Failure),
            var other => throw new InvalidOperationException($"No one reads {other.GetType().Name}."),
        };
    }

    /// <summary>Prompts, or a failure.</summary>
    private async Task<ProviderResult> AskAsync(IProvider provider, EnhancerRequest request, string? path, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.CallTimeout);
        try
        {
            var outcome = await provider.SubmitAsync(
                new PromptsRequest(
                    request.TenantId, request.RequestKey, request.Seed, request.Prompt, request.Count, request.TargetType, request.TargetModel, request.MaxChars,
                    request.StyleHints, request.ThemeFocus, path),
                limit.Token);
            return outcome switch
            {
                ProviderResult.Finished finished when finished.Outputs.Count > 0 && finished.Outputs.All(output => !string.IsNullOrWhiteSpace(output.Text)) => outcome,
                ProviderResult.Failed => outcome,
                ProviderResult.Finished => Failure(FailureKind.BadResponse, "The provider answered without prompts."),
                _ => Failure(FailureKind.BadResponse, "Prompts are answered at once; the provider did something else."),
            };
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Failure(FailureKind.TimedOut, $"The provider did not answer within {options.CallTimeout.TotalSeconds:0} seconds.");
        }
        catch (Exception exception) when (exception is not OutOfMemoryException and not OperationCanceledException)
        {
            logger.ProviderBroke(exception, provider.Name);
            return Failure(FailureKind.Internal, "The provider's adapter failed unexpectedly; see the enhancer's log.");
        }
    }

    private bool MayUse(IProvider provider, long tenantId) => provider.SetUp || keys.Find(tenantId, provider.Name) is not null;

    private PromptSet Told(long tenantId, string provider, ItemFailure failure)
    {
        troubles.Tell(tenantId, provider, failure);
        return Failed(provider, failure);
    }

    private static ProviderResult.Failed Failure(FailureKind kind, string message) => new(new ItemFailure(kind, message));

    private PromptSet Failed(string provider, ItemFailure failure) =>
        new([], failure, provider, null, null, providers.Find(provider)?.Simulated ?? false, false);
}
