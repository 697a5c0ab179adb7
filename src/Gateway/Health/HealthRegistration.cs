using Gateway.Proxy;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Gateway.Health;

internal static class HealthRegistration
{
    /// <summary>Adds every service the gateway was told of to its own /readyz, also those it does not call itself.</summary>
    public static void AddServicesHealth(this WebApplicationBuilder builder)
    {
        builder.Services.AddHttpClient();
        var checks = builder.Services.AddHealthChecks();
        // Calls back may be missed: jobs are looked after without them.
        foreach (var service in ProxyRoutes.Services.Union(builder.Configuration.GetSection("services").GetChildren().Select(child => child.Key)).Except([ProxyRoutes.Webhooks]))
        {
            var addresses = ProxyRoutes.Addresses(builder.Configuration, service);
            ServiceHealth? check = null;
            checks.Add(new HealthCheckRegistration(
                service,
                services => check ??= ActivatorUtilities.CreateInstance<ServiceHealth>(services, service, addresses),
                HealthStatus.Unhealthy,
                null));
        }
    }
}
