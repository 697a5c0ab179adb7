using CostService.Estimates;
using CostService.Keys;
using CostService.Models;
using Providers;
using Providers.Keys;
using Providers.Selection;

namespace CostService.Prices;

internal static class PricesRegistration
{
    /// <summary>Adds the price book, the estimator, and who serves each model: the choice of providers without the providers.</summary>
    public static void AddPrices(this WebApplicationBuilder builder)
    {
        builder.AddModelCatalog();
        builder.Services.AddOptions<ProvidersOptions>().BindConfiguration(ProvidersOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<ProviderSelection>();
        builder.Services.AddSingleton<ProviderKeyStore>();
        builder.Services.AddSingleton<IKeyShelf>(services => services.GetRequiredService<ProviderKeyStore>());
        builder.AddWorkspaceKeys();
        builder.Services.AddOptions<PriceBookOptions>().BindConfiguration(PriceBookOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<PriceBook>();
        builder.Services.AddSingleton<Estimator>();
        builder.Services.AddSingleton<ModelListings>();
    }
}
