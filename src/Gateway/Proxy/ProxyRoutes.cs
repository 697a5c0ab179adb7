using Gateway.Identity;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Health;

namespace Gateway.Proxy;

/// <summary>Which service answers which paths. Nothing else of a service can be reached from outside.</summary>
internal static class ProxyRoutes
{
    public const string Pipelines = "pipelineservice";
    public const string Costs = "costservice";

    /// <summary>Takes what vendors call back with; may be missing where nothing is called back.</summary>
    public const string Webhooks = "imageworker";

    public const string WebhooksRoot = "/webhooks";

    public static readonly IReadOnlyList<string> Services = [Pipelines, Costs];

    private static readonly IReadOnlyList<(string Root, string Service)> Roots =
    [
        ("/pipelines", Pipelines),
        ("/prompts", Pipelines),
        ("/assets", Pipelines),
        ("/collections", Pipelines),
        ("/events", Pipelines),
        ("/queue", Pipelines),
        ("/run-groups", Pipelines),
        ("/templates", Pipelines),
        ("/sheets", Pipelines),
        ("/providers", Pipelines),
        ("/models", Costs),
        ("/usage", Costs),
    ];

    /// <summary>Whether the gateway passes this path on to that service.</summary>
    public static bool Serves(string service, PathString path) =>
        Roots.Any(route => route.Service == service && path.StartsWithSegments(route.Root, StringComparison.Ordinal));

    /// <summary>With several instances, one that does not answer gets nothing until it does; when none does, each is tried all the same.</summary>
    private static readonly HealthCheckConfig SeveralInstances = new()
    {
        AvailableDestinationsPolicy = HealthCheckConstants.AvailableDestinations.HealthyOrPanic,
        Active = new ActiveHealthCheckConfig
        {
            Enabled = true, Interval = TimeSpan.FromSeconds(1), Timeout = TimeSpan.FromSeconds(2), Path = "/healthz", Policy = HealthCheckConstants.ActivePolicy.ConsecutiveFailures,
        },
    };

    private static readonly Dictionary<string, string> OneMissIsEnough = new() { [ConsecutiveFailuresHealthPolicyOptions.ThresholdMetadataName] = "1" };

    public static IReadOnlyList<RouteConfig> Routes(IConfiguration configuration) =>
    [
        // Nobody is signed in there: whoever calls proves it by the vendor's signature.
        .. Found(configuration, Webhooks).Take(1).Select(_ => new RouteConfig
        {
            RouteId = Webhooks, ClusterId = Webhooks, AuthorizationPolicy = "Anonymous", Match = new RouteMatch { Path = WebhooksRoot + "/{provider}", Methods = ["POST"] },
        }),
        .. Roots.Select(route => new RouteConfig
        {
            RouteId = route.Root.TrimStart('/'),
            ClusterId = route.Service,
            AuthorizationPolicy = ScopeRequirement.Policy,
            Match = new RouteMatch { Path = route.Root + "/{**rest}" },
        }),
    ];

    /// <param name="activityTimeout">Longest silence.</param>
    public static IReadOnlyList<ClusterConfig> Clusters(IConfiguration configuration, TimeSpan activityTimeout) =>
    [
        .. Services.Select(service => (Name: service, Addresses: Addresses(configuration, service))).Append((Webhooks, Found(configuration, Webhooks)))
            .Where(service => service.Addresses.Count > 0).Select(service => Cluster(service.Name, service.Addresses, activityTimeout)),
    ];

    private static ClusterConfig Cluster(string service, IReadOnlyList<string> addresses, TimeSpan activityTimeout) => new()
    {
        ClusterId = service,
        Destinations = addresses.ToDictionary(address => address, address => new DestinationConfig { Address = address }),
        HealthCheck = addresses.Count > 1 ? SeveralInstances : null,
        Metadata = addresses.Count > 1 ? OneMissIsEnough : null,
        HttpRequest = new ForwarderRequestConfig { Version = new Version(1, 1), VersionPolicy = HttpVersionPolicy.RequestVersionExact, ActivityTimeout = activityTimeout },
    };

    /// <summary>Every instance's address, from <c>services:&lt;name&gt;:http:&lt;n&gt;</c>.</summary>
    public static IReadOnlyList<string> Addresses(IConfiguration configuration, string service) =>
        Found(configuration, service) is { Count: > 0 } addresses ? addresses : throw new InvalidOperationException($"services:{service}:http:0 is not set.");

    private static List<string> Found(IConfiguration configuration, string service) =>
        [.. configuration.GetSection($"services:{service}:http").GetChildren().Select(child => child.Value).OfType<string>()];
}
