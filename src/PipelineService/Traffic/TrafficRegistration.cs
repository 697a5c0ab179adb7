using Providers.Traffic;

namespace PipelineService.Traffic;

internal static class TrafficRegistration
{
    /// <summary>Keeps to what providers bear, and says of which runs they are the reason to wait.</summary>
    public static void AddTraffic(this WebApplicationBuilder builder)
    {
        builder.AddProviderTraffic();
        builder.Services.AddSingleton<LaneRoutes>();
        builder.Services.AddHostedService<ProviderWatch>();
    }
}
