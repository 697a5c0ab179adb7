using System.ComponentModel.DataAnnotations;
using Contracts.Costs.Grpc;
using Microsoft.AspNetCore.Http.HttpResults;
using Providers;
using Providers.Keys;
using ServiceDefaults.Grpc;
using ServiceDefaults.Identity;
using ServiceDefaults.OpenApi;
using ServiceDefaults.Problems;

namespace PipelineService.Traffic;

/// <summary><c>/providers/{name}/key</c> and <c>/check</c>: the workspace's own key of a vendor. It can be set, tried and removed, and never read.</summary>
internal static class ProviderKeysApi
{
    private const int LeastLetters = 8;
    private const int MostLetters = 400;
    private const int HintLetters = 4;

    public static void Map(RouteGroupBuilder providers)
    {
        providers.MapPut("/{name}/key", PutAsync).WithName("put_provider_key").WithTags("Models").WithExample(new ProviderKeyRequest("id:secret"))
            .WithExample(200, new ProviderKeyView("fal", "…cret", DateTimeOffset.UnixEpoch)).WithProblems(404, 409);
        providers.MapDelete("/{name}/key", RemoveAsync).WithName("remove_provider_key").WithTags("Models").WithProblems(404);
        providers.MapPost("/{name}/check", CheckAsync).WithName("check_provider_key").WithTags("Models")
            .WithExample(200, new ProviderCheckView("fal", KeyState.Works, "fal takes the workspace's key.", DateTimeOffset.UnixEpoch)).WithProblems(404, 503);
    }

    /// <summary>Keeps a key of the workspace's own, encrypted, in place of the one before. From then on its calls of that vendor carry it, and whoever serves the workspace's models may be another.</summary>
    internal static async Task<Results<Ok<ProviderKeyView>, ProblemHttpResult>> PutAsync(
        string name, ProviderKeyRequest request, Caller caller, KeySeal seal, WorkspaceKeys keys, CostClient costs, CancellationToken cancellationToken)
    {
        if (Vendor(name) is not { } provider)
        {
            return Unknown();
        }

        if (Fault(provider, request.Key) is { } fault)
        {
            return Problem.Validation("/key", fault);
        }

        if (!seal.IsSetUp)
        {
            return Problem.Conflict("This installation keeps no keys of workspaces: it has no key ring to encrypt them with (Keys:Ring).", "no-key-ring");
        }

        var key = request.Key!.Trim();
        await costs.PutProviderKeyAsync(
            new PutProviderKeyRequest { Key = new ProviderKey { TenantId = caller.TenantId, Provider = provider, Sealed = seal.Seal(caller.TenantId, provider, key), Hint = key[^HintLetters..] } },
            cancellationToken);
        await keys.RefreshAsync(cancellationToken);
        var kept = keys.Find(caller.TenantId, provider);
        return TypedResults.Ok(new ProviderKeyView(provider, ProviderKeyView.Shown(kept?.Hint ?? key[^HintLetters..]), kept?.ChangedAt));
    }

    /// <summary>Forgets the workspace's key. What runs goes on with the installation's, if there is one; jobs that the vendor has accepted for the other account are not found then.</summary>
    internal static async Task<Results<NoContent, ProblemHttpResult>> RemoveAsync(string name, Caller caller, WorkspaceKeys keys, CostClient costs, CancellationToken cancellationToken)
    {
        if (Vendor(name) is not { } provider)
        {
            return Unknown();
        }

        await costs.RemoveProviderKeyAsync(new RemoveProviderKeyRequest { TenantId = caller.TenantId, Provider = provider }, cancellationToken);
        await keys.RefreshAsync(cancellationToken);
        return TypedResults.NoContent();
    }

    /// <summary>Tries the key that the workspace's calls would carry, its own or the installation's, with a call that costs nothing.</summary>
    internal static async Task<Results<Ok<ProviderCheckView>, ProblemHttpResult>> CheckAsync(
        string name, Caller caller, KeyCheckClient checks, TimeProvider time, CancellationToken cancellationToken)
    {
        if (Vendor(name) is not { } provider)
        {
            return Unknown();
        }

        return await checks.CheckAsync(caller, provider, cancellationToken) is { } check
            ? TypedResults.Ok(new ProviderCheckView(provider, check.State, check.Message, time.GetUtcNow()))
            : Problem.Other(StatusCodes.Status503ServiceUnavailable, "unavailable", "The key cannot be tried right now.", "No service that calls this vendor answers. Try again shortly.");
    }

    private static string? Vendor(string name) => ProviderNames.Vendors.FirstOrDefault(vendor => string.Equals(vendor, name, StringComparison.OrdinalIgnoreCase));

    private static ProblemHttpResult Unknown() => Problem.NotFound($"provider that takes a key. Use one of: {string.Join(", ", ProviderNames.Vendors)}");

    /// <summary>What is wrong with a key; null when it may be one. It is never repeated.</summary>
    private static string? Fault(string provider, string? key) => key?.Trim() switch
    {
        null or "" => "Give the vendor's key, as its page shows it.",
        { Length: < LeastLetters or > MostLetters } => $"A key has {LeastLetters} to {MostLetters} letters.",
        { } text when text.Any(letter => letter is <= ' ' or > '~') => "A key has no blanks and no letters outside ASCII. Copy it once more.",
        { } text when provider == ProviderNames.Fal && !text.Contains(':', StringComparison.Ordinal) => "A key of fal has two parts with a colon between them: id:secret.",
        _ => null,
    };
}

/// <param name="Key">As the vendor's page shows it. It is kept encrypted and never given out again.</param>
public sealed record ProviderKeyRequest([property: Required] string? Key);

/// <param name="Hint">The last letters of the key.</param>
public sealed record ProviderKeyView(string Provider, string Hint, DateTimeOffset? ChangedAt)
{
    internal static string Shown(string hint) => "…" + hint;
}

/// <param name="State">works, refused, missing or unreachable.</param>
/// <param name="Message">In plain words, and what to do.</param>
public sealed record ProviderCheckView(string Provider, KeyState State, string Message, DateTimeOffset CheckedAt);
