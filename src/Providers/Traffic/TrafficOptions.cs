using System.ComponentModel.DataAnnotations;

namespace Providers.Traffic;

/// <summary>Section <c>Traffic</c>: how much of a provider's model is asked for at once, and what happens while it is slow or down. Read by services and workers alike.</summary>
public sealed class TrafficOptions
{
    public const string Section = "Traffic";

    /// <summary>Most items of one model in flight at one provider, over all workers. Default none: a provider that asks for less is given less.</summary>
    [Range(1, 100_000)]
    public int? MaxInFlight { get; set; }

    /// <summary>Provider → its own limits (<c>Traffic__Providers__fal__MaxInFlight</c>, <c>Traffic__Providers__fal__Models__kling</c>).</summary>
    public Dictionary<string, ProviderTraffic> Providers { get; set; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>What remains of the items in flight when a provider says that they are too many. Default 0.75.</summary>
    [Range(0.1, 0.95)]
    public double Decrease { get; set; } = 0.75;

    /// <summary>Least time between two changes of a limit in the same direction: what is on its way then has been answered. Default 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:05:00")]
    public TimeSpan ReactionTime { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Wait after a refusal that names no time. Default 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:10:00")]
    public TimeSpan DefaultWait { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest wait that a provider may ask for; a longer one is tried again then. Default 10 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan MaxWait { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>A learned limit is forgotten so long after the last refusal. Default 10 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan ForgetAfter { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Outcomes that are looked at together to tell whether a provider is down. Default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan BreakerWindow { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Fewest outcomes in the window before the breaker may open; so many failures with no answer between them open it, too. Default 5.</summary>
    [Range(1, 10_000)]
    public int BreakerMinimum { get; set; } = 5;

    /// <summary>Part of them that has to speak against the provider. Default 0.5.</summary>
    [Range(0.01, 1)]
    public double BreakerRatio { get; set; } = 0.5;

    /// <summary>How long an open breaker waits before the provider is tried again; doubles each time it fails, up to <see cref="BreakerMaxOpen"/>. Default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "01:00:00")]
    public TimeSpan BreakerOpen { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Longest wait between two tries. Default 2 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "1.00:00:00")]
    public TimeSpan BreakerMaxOpen { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Items that try a provider whose breaker was open. Default 1.</summary>
    [Range(1, 100)]
    public int BreakerProbes { get; set; } = 1;

    /// <summary>How long a try counts as under way when nothing more is heard of the process that makes it. Default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan ProbeLife { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>A run that has waited so long for a provider that is down pauses; nothing of it is lost. Default 10 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "7.00:00:00")]
    public TimeSpan PauseAfter { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Whether anything is limited without a provider's having said so.</summary>
    internal bool AnyLimit => MaxInFlight is not null || Providers.Count > 0;

    /// <summary>The set limit of a route; null for none.</summary>
    public int? LimitOf(RouteKey route)
    {
        var own = Providers.Count == 0 ? null : Providers.GetValueOrDefault(route.Provider);
        return own is not null && own.Models.TryGetValue(route.Model, out var model) ? model : own?.MaxInFlight ?? MaxInFlight;
    }

    /// <summary>Whether the limits of providers are in range.</summary>
    public bool ProvidersAreValid() => Providers.Values.All(own => own.MaxInFlight is null or (>= 1 and <= 100_000) && own.Models.Values.All(most => most is >= 1 and <= 100_000));
}

/// <summary>Limits of one provider.</summary>
public sealed class ProviderTraffic
{
    /// <summary>Most items in flight of each of its models. Default <see cref="TrafficOptions.MaxInFlight"/>.</summary>
    public int? MaxInFlight { get; set; }

    /// <summary>Catalog id → most items of it in flight.</summary>
    public Dictionary<string, int> Models { get; set; } = new(StringComparer.OrdinalIgnoreCase);
}
