using Microsoft.AspNetCore.Http.HttpResults;
using PipelineService.Pipelines;
using Providers;
using Providers.Catalog;
using Providers.Keys;
using Providers.Selection;
using Providers.Traffic;
using ServiceDefaults.Identity;
using ServiceDefaults.OpenApi;

namespace PipelineService.Traffic;

/// <summary><c>/providers</c>: who makes things here, and whether they take anything just now. Keys are not shown.</summary>
internal static class ProvidersApi
{
    private const string Example =
        """
        {
          "data": [
            { "name": "fal", "simulated": false, "key": "workspace", "key_hint": "…cret", "takes_key": true, "makes": ["image", "video"], "serves": 36, "stands_by_for": 0, "state": "throttled", "until": "2026-01-31T12:00:10Z",
              "limits": [ { "model": "kling", "state": "throttled", "until": "2026-01-31T12:00:10Z", "in_flight_limit": 2 } ],
              "last_error": { "code": "rate_limited", "message": "fal asks to wait.", "at": "2026-01-31T12:00:00Z" } },
            { "name": "replicate", "simulated": false, "key": "installation", "key_hint": null, "takes_key": true, "makes": ["image", "video"], "serves": 0, "stands_by_for": 12, "state": "free", "until": null, "limits": [], "last_error": null }
          ],
          "next_cursor": null
        }
        """;

    public static void Map(WebApplication app)
    {
        var providers = app.MapGroup("/providers").RequireAuthorization();
        providers.MapGet("/", ListAsync).WithName("list_providers").WithTags("Models").WithExample(200, Example);
        ProviderKeysApi.Map(providers);
    }

    /// <summary>The providers: whose key pays there, what they make, what they are preferred for and what they stand by for, what of it waits for them, and what they failed with last.</summary>
    internal static async Task<Ok<ProviderPage>> ListAsync(
        Caller caller, ProviderRegistry registry, ProviderSelection selection, ModelCatalog catalog, RouteTraffic traffic, WorkspaceKeys keys, ProviderTroubles troubles)
    {
        await traffic.FreshAsync();
        var known = traffic.Known.Where(route => route == keys.Route(caller.TenantId, route.Provider, route.Model))
            .ToLookup(route => route.Provider, route => new ProviderLimit(route.Model.Length == 0 ? null : route.Model, traffic.Look(route)));
        var failed = await troubles.OfAsync(caller.TenantId);
        var own = keys.Of(caller.TenantId);
        return TypedResults.Ok(new ProviderPage(
            [
                .. registry.All.OrderBy(provider => provider.Simulated).ThenBy(provider => provider.Name, StringComparer.Ordinal).Select(provider => View(
                    provider, keys.Find(caller.TenantId, provider.Name), own, selection, catalog, known[provider.Name.ToLowerInvariant()], failed.GetValueOrDefault(provider.Name.ToLowerInvariant()))),
            ],
            null));
    }

    private static ProviderView View(
        IProvider provider, SealedKey? key, IReadOnlyList<string> own, ProviderSelection selection, ModelCatalog catalog, IEnumerable<ProviderLimit> routes, ProviderTrouble? failed)
    {
        var limits = routes.Where(limit => limit.View.Mood != RouteMood.Free || limit.View.Limit is not null).OrderBy(limit => limit.Model, StringComparer.Ordinal).ToList();
        // The worst of what it is asked for: one model that is out may be all that somebody uses.
        var worst = limits.OrderByDescending(limit => Badness(limit.View.Mood)).FirstOrDefault();
        return new ProviderView(
            provider.Name, provider.Simulated, key is not null ? "workspace" : provider is { SetUp: true, Simulated: false } ? "installation" : null,
            key is null ? null : ProviderKeyView.Shown(key.Hint), ProviderNames.Vendors.Contains(provider.Name), [.. Made(provider, catalog)],
            catalog.All.Count(model => Same(selection.ServedBy(model.Id, own), provider.Name)), catalog.All.Count(model => selection.Others(model.Id, own).Any(other => Same(other, provider.Name))),
            Word(worst?.View.Mood ?? RouteMood.Free), worst?.View.Until, [.. limits.Select(limit => new ProviderLimitView(limit.Model, Word(limit.View.Mood), limit.View.Until, limit.View.Limit))],
            failed is null ? null : new ProviderErrorView(failed.Code, failed.Message, failed.At));
    }

    private static IEnumerable<string> Made(IProvider provider, ModelCatalog catalog)
    {
        if (provider.Serves(GenerationKind.Prompts, null))
        {
            yield return "prompt";
        }

        foreach (var (kind, word) in new[] { (GenerationKind.Image, "image"), (GenerationKind.Video, "video") })
        {
            if (catalog.OfKind(kind).Any(model => provider.Serves(kind, model.Id)))
            {
                yield return word;
            }
        }
    }

    private static int Badness(RouteMood mood) => mood switch
    {
        RouteMood.Down => 3,
        RouteMood.Trying => 2,
        RouteMood.Throttled => 1,
        _ => 0,
    };

    private static string Word(RouteMood mood) => mood switch
    {
        RouteMood.Down => "down",
        RouteMood.Trying => "trying",
        RouteMood.Throttled => "throttled",
        _ => "free",
    };

    private static bool Same(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);

    private sealed record ProviderLimit(string? Model, RouteView View);
}

/// <summary>All of them stand on one page.</summary>
public sealed record ProviderPage(IReadOnlyList<ProviderView> Data, string? NextCursor);

/// <summary>A provider.</summary>
/// <param name="Simulated">It makes samples; nobody is charged.</param>
/// <param name="Key">Whose key pays: workspace or installation; null where there is none, or none is needed.</param>
/// <param name="KeyHint">The last letters of the workspace's own key.</param>
/// <param name="TakesKey">Whether a workspace may bring a key of its own.</param>
/// <param name="Makes">prompt, image, video.</param>
/// <param name="Serves">Models of the catalog that it is asked for first.</param>
/// <param name="StandsByFor">Models that it makes where the first cannot and the step allows it.</param>
/// <param name="State">free; throttled: it asked to wait; down: it does not answer; trying: some few items try whether it is back. The worst of its models.</param>
/// <param name="Until">When it is sent to again; null when it may be now.</param>
/// <param name="Limits">What of it is limited now, by model.</param>
/// <param name="LastError">What it last failed this workspace with, within a week.</param>
public sealed record ProviderView(
    string Name, bool Simulated, [Words("workspace", "installation")] string? Key, string? KeyHint, bool TakesKey, [OutputWords] IReadOnlyList<string> Makes, int Serves, int StandsByFor,
    [StateWords] string State, DateTimeOffset? Until,
    IReadOnlyList<ProviderLimitView> Limits, ProviderErrorView? LastError);

/// <param name="Code">As an item's error.</param>
public sealed record ProviderErrorView(string Code, string Message, DateTimeOffset At);

/// <param name="Model">Null for prompts.</param>
/// <param name="InFlightLimit">Items that it is given at once, over all workers; null for no limit.</param>
public sealed record ProviderLimitView(string? Model, [StateWords] string State, DateTimeOffset? Until, int? InFlightLimit);

[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
internal sealed class StateWordsAttribute() : WordsAttribute("free", "throttled", "down", "trying");
