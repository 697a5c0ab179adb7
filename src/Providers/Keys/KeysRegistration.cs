using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using ServiceDefaults.Grpc;

namespace Providers.Keys;

public static class KeysRegistration
{
    /// <summary>Whose key pays for what. A process that the cost service is known to reads workspaces' keys there; one with a shelf of its own adds it before.</summary>
    public static IHostApplicationBuilder AddWorkspaceKeys(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddOptions<KeysOptions>().BindConfiguration(KeysOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.TryAddSingleton<KeySeal>();
        if (builder.Configuration[CostClientRegistration.Address] is { Length: > 0 })
        {
            builder.AddCostClient();
            builder.Services.TryAddSingleton<IKeyShelf, CostKeyShelf>();
        }

        builder.Services.TryAddSingleton<IKeyShelf, NoKeyShelf>();
        if (builder.Services.All(service => service.ServiceType != typeof(WorkspaceKeys)))
        {
            builder.Services.AddSingleton<WorkspaceKeys>();
            builder.Services.AddHostedService(services => services.GetRequiredService<WorkspaceKeys>());
        }

        return builder;
    }
}
