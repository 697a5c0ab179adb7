using System.Globalization;
using PipelineService.Pipelines;
using Providers;
using Providers.Keys;
using Providers.Traffic;

namespace PipelineService.Traffic;

/// <summary>What people are told about a provider that is waited for. Pure.</summary>
internal static class ProviderWaits
{
    /// <summary>A wait shorter than this comes and goes unsaid.</summary>
    private static readonly TimeSpan WorthSaying = TimeSpan.FromSeconds(2);

    /// <summary>Whether runs that wait for it are to say so.</summary>
    public static bool IsWorthSaying(RouteView view) =>
        view.Mood is RouteMood.Down or RouteMood.Trying || (view.Mood == RouteMood.Throttled && view.Until - view.Since >= WorthSaying);

    /// <summary>Whom the items of a step ask for what.</summary>
    /// <param name="keys">Who has keys of its own; null where nobody has.</param>
    public static RouteKey RouteOf(Step step, WorkspaceKeys? keys)
    {
        ArgumentNullException.ThrowIfNull(step);
        var provider = step.Provider ?? ProviderNames.Local;
        return keys?.Route(step.TenantId, provider, step.Resolved?.Model) ?? RouteKey.Of(provider, step.Resolved?.Model);
    }

    /// <summary>Why a run waits and until when; null when no provider of its unfinished steps is waited for.</summary>
    public static string? Sentence(Pipeline pipeline, IEnumerable<Step> steps, Func<RouteKey, RouteView> look, WorkspaceKeys? keys = null)
    {
        if (pipeline.StatusReason != StatusReason.Provider)
        {
            return null;
        }

        var routes = steps.Where(step => step is { Status: StepStatus.Running, Open: > 0 }).Select(step => RouteOf(step, keys)).Select(route => (Route: route, View: look(route)));
        var (route, view) = routes.FirstOrDefault(entry => IsWorthSaying(entry.View));
        return (pipeline.Status, view.Mood) switch
        {
            (PipelineStatus.Paused, RouteMood.Free) => "Paused because a provider did not answer for long. Run it again to go on; nothing is lost.",
            (PipelineStatus.Paused, _) => $"Paused: {route} has not answered since {At(view.Since)}. Run it again to go on; nothing is lost.",
            (_, RouteMood.Throttled) => $"Waiting for {route}: it takes nothing more until {At(view.Until)}.",
            (_, RouteMood.Down) => $"Waiting for {route}: it does not answer. It is tried again at {At(view.Until)}.",
            (_, RouteMood.Trying) => $"Waiting for {route}: one item tries whether it answers again.",
            _ => null,
        };
    }

    private static string At(DateTimeOffset? moment) => moment?.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture) ?? "now";
}
