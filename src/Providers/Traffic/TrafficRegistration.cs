using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Providers.Keys;

namespace Providers.Traffic;

public static class TrafficRegistration
{
    /// <summary>How providers stand, shared through the host's Redis.</summary>
    public static IHostApplicationBuilder AddProviderTraffic(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddOptions<TrafficOptions>().BindConfiguration(TrafficOptions.Section).ValidateDataAnnotations()
            .Validate(options => options.ProvidersAreValid(), "Traffic:Providers: limits are 1 to 100,000.").ValidateOnStart();
        builder.Services.TryAddSingleton(services => services.GetRequiredService<IOptions<TrafficOptions>>().Value);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.TryAddSingleton<TrafficStore>();
        builder.Services.TryAddSingleton<ProviderTroubles>();
        builder.Services.TryAddSingleton<RouteTraffic>();
        builder.Services.AddHostedService(services => services.GetRequiredService<RouteTraffic>());
        return builder;
    }
}
