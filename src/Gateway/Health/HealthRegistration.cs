using Gateway.Proxy;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Gateway.Health;

internal static class HealthRegistration
{
    /// <summary>Adds every service behind the gateway to its own /readyz.</summary>
    public static void AddServicesHealth(this WebApplicationBuilder builder)
    {
        builder.Services.AddHttpClient();
        var checks = builder.Services.AddHealthChecks();
        foreach (var service in ProxyRoutes.Services)
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
