using Microsoft.AspNetCore.Http.HttpResults;
using Providers;
using Providers.Catalog;
using Providers.Selection;
using Providers.Traffic;
using ServiceDefaults.OpenApi;

namespace PipelineService.Traffic;

/// <summary><c>/providers</c>: who makes things here, and whether they take anything just now. Keys are not shown, and not known here.</summary>
internal static class ProvidersApi
{
    private const string Example =
        """
        {
          "data": [
            { "name": "fal", "simulated": false, "makes": ["image", "video"], "serves": 36, "stands_by_for": 0, "state": "throttled", "until": "2026-01-31T12:00:10Z",
              "limits": [ { "model": "kling", "state": "throttled", "until": "2026-01-31T12:00:10Z", "in_flight_limit": 2 } ] },
            { "name": "replicate", "simulated": false, "makes": ["image", "video"], "serves": 0, "stands_by_for": 12, "state": "free", "until": null, "limits": [] }
          ],
          "next_cursor": null
        }
        """;

    public static void Map(WebApplication app) => app.MapGroup("/providers").RequireAuthorization()
        .MapGet("/", ListAsync).WithName("list_providers").WithTags("Models").WithExample(200, Example);

    /// <summary>The providers that are set up: what they make, what they are preferred for and what they stand by for, and what of it waits for them.</summary>
    internal static async Task<Ok<ProviderPage>> ListAsync(ProviderRegistry registry, ProviderSelection selection, ModelCatalog catalog, RouteTraffic traffic)
    {
        await traffic.FreshAsync();
        var known = traffic.Known.ToLookup(route => route.Provider, route => new ProviderLimit(route.Model.Length == 0 ? null : route.Model, traffic.Look(route)));
        return TypedResults.Ok(new ProviderPage(
            [.. registry.All.OrderBy(provider => provider.Simulated).ThenBy(provider => provider.Name, StringComparer.Ordinal).Select(provider => View(provider, selection, catalog, known[provider.Name.ToLowerInvariant()]))],
            null));
    }

    private static ProviderView View(IProvider provider, ProviderSelection selection, ModelCatalog catalog, IEnumerable<ProviderLimit> routes)
    {
        var limits = routes.Where(limit => limit.View.Mood != RouteMood.Free || limit.View.Limit is not null).OrderBy(limit => limit.Model, StringComparer.Ordinal).ToList();
        // The worst of what it is asked for: one model that is out may be all that somebody uses.
        var worst = limits.OrderByDescending(limit => Badness(limit.View.Mood)).FirstOrDefault();
        return new ProviderView(
            provider.Name, provider.Simulated, [.. Made(provider, catalog)],
            catalog.All.Count(model => Same(selection.ServedBy(model.Id), provider.Name)), catalog.All.Count(model => selection.Others(model.Id).Any(other => Same(other, provider.Name))),
            Word(worst?.View.Mood ?? RouteMood.Free), worst?.View.Until, [.. limits.Select(limit => new ProviderLimitView(limit.Model, Word(limit.View.Mood), limit.View.Until, limit.View.Limit))]);
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

/// <summary>A provider that is set up.</summary>
/// <param name="Simulated">It makes samples; nobody is charged.</param>
/// <param name="Makes">prompt, image, video.</param>
/// <param name="Serves">Models of the catalog that it is asked for first.</param>
/// <param name="StandsByFor">Models that it makes where the first cannot and the step allows it.</param>
/// <param name="State">free; throttled: it asked to wait; down: it does not answer; trying: some few items try whether it is back. The worst of its models.</param>
/// <param name="Until">When it is sent to again; null when it may be now.</param>
/// <param name="Limits">What of it is limited now, by model.</param>
public sealed record ProviderView(
    string Name, bool Simulated, IReadOnlyList<string> Makes, int Serves, int StandsByFor, string State, DateTimeOffset? Until, IReadOnlyList<ProviderLimitView> Limits);

/// <param name="Model">Null for prompts.</param>
/// <param name="InFlightLimit">Items that it is given at once, over all workers; null for no limit.</param>
public sealed record ProviderLimitView(string? Model, string State, DateTimeOffset? Until, int? InFlightLimit);
