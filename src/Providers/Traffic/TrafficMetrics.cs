using System.Diagnostics.Metrics;

namespace Providers.Traffic;

/// <summary>Meter <c>Pipeline.Traffic</c>: what providers refuse and what is kept from them, by provider and model.</summary>
internal static class TrafficMetrics
{
    private static readonly Meter Meter = new("Pipeline.Traffic");
    private static readonly Counter<long> ThrottledCount = Meter.CreateCounter<long>("pipeline.provider.throttled", "{call}", "Calls that a provider refused because of too many requests.");
    private static readonly Counter<long> TurnedAwayCount = Meter.CreateCounter<long>("pipeline.provider.turned_away", "{item}", "Items that a worker did not send because their provider is to be left alone.");
    private static readonly Counter<long> OpenedCount = Meter.CreateCounter<long>("pipeline.provider.breaker_opened", "{opening}", "Openings of breakers that this process has learned of.");

    public static void Throttled(RouteKey route) => ThrottledCount.Add(1, Provider(route), Model(route));

    public static void TurnedAway(RouteKey route) => TurnedAwayCount.Add(1, Provider(route), Model(route));

    public static void Opened(RouteKey route) => OpenedCount.Add(1, Provider(route), Model(route));

    private static KeyValuePair<string, object?> Provider(RouteKey route) => new("provider", route.Provider);

    private static KeyValuePair<string, object?> Model(RouteKey route) => new("model", route.Model);
}
