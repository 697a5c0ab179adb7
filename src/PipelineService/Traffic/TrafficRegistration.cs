using Providers.Traffic;

namespace PipelineService.Traffic;

internal static class TrafficRegistration
{
    private static readonly TimeSpan KeyCheckLimit = TimeSpan.FromSeconds(45);

    /// <summary>Keeps to what providers bear, and says of which runs they are the reason to wait.</summary>
    public static void AddTraffic(this WebApplicationBuilder builder)
    {
        builder.AddProviderTraffic();
        builder.Services.AddSingleton<LaneRoutes>();
        builder.Services.AddHttpClient<KeyCheckClient>(http => http.Timeout = KeyCheckLimit);
        builder.Services.AddHostedService<ProviderWatch>();
    }
}
