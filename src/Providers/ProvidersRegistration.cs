using Media;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Providers.Anthropic;
using Providers.Catalog;
using Providers.Fal;
using Providers.Keys;
using Providers.Local;
using Providers.Local.Images;
using Providers.Local.Videos;
using Providers.NoOp;
using Providers.OpenAi;
using Providers.Prompts;
using Providers.Replicate;
using Providers.Selection;

namespace Providers;

public static class ProvidersRegistration
{
    /// <summary>
    /// Adds the catalog, the choice of providers and the providers that come with this library. A configuration that names what is not set up is
    /// an error at start. Adds Media too, which renders and probes.
    /// </summary>
    public static IHostApplicationBuilder AddProviders(this IHostApplicationBuilder builder)
    {
        builder.AddMedia();
        builder.AddModelCatalog();
        builder.Services.TryAddSingleton<ProviderRegistry>();
        builder.Services.TryAddSingleton<ProviderSelection>();
        builder.Services.AddOptions<ProvidersOptions>()
            .BindConfiguration(ProvidersOptions.Section)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ProvidersOptions>, ProviderSelectionCheck>());
        builder.AddWorkspaceKeys();
        builder.AddLocalProvider();
        builder.AddNoOpProvider();
        builder.AddFalProvider();
        builder.Services.TryAddSingleton<PromptPictures>();
        builder.Services.TryAddSingleton<PromptWriter>();
        builder.AddAnthropicProvider();
        builder.AddOpenAiProvider();
        builder.AddReplicateProvider();
        return builder;
    }

    /// <summary>Adds only <see cref="ModelCatalog"/> and <see cref="ParameterResolver"/>, for a service that prices and makes nothing.</summary>
    public static IHostApplicationBuilder AddModelCatalog(this IHostApplicationBuilder builder)
    {
        builder.Services.TryAddSingleton(ModelCatalog.Embedded);
        builder.Services.TryAddSingleton<ParameterResolver>();
        return builder;
    }

    private static void AddLocalProvider(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<LocalOptions>()
            .BindConfiguration(LocalOptions.Section)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        builder.Services.TryAddSingleton<Workbench>();
        builder.Services.TryAddSingleton<LocalImages>();
        builder.Services.TryAddSingleton<LocalVideos>();
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IProvider, LocalProvider>());
    }

    private static void AddNoOpProvider(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<NoOpOptions>()
            .BindConfiguration(NoOpOptions.Section)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        builder.Services.TryAddSingleton<NoOpFiles>();
        builder.Services.TryAddSingleton<NoOpJournal>();
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IProvider, NoOpProvider>());
    }
}
