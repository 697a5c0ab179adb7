using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Providers.Http;
using Providers.Keys;
using Providers.Webhooks;

namespace Providers.Fal;

internal static class FalRegistration
{
    /// <summary>Adds fal, for whoever has a key.</summary>
    public static void AddFalProvider(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<FalOptions>().BindConfiguration(FalOptions.Section).ValidateDataAnnotations()
            .Validate(
                options => VendorDownloads.AreHosts(options.AllowedHosts),
                "Fal:MediaHosts holds names such as fal.media, or addresses with a port such as 127.0.0.1:5055.")
            .Validate(options => options.WebhookUrl is null or { IsAbsoluteUri: true, Scheme: "https" or "http" }, "Fal:WebhookUrl is a whole address, such as https://studio.example/webhooks/fal.")
            .ValidateOnStart();
        builder.Services.TryAddSingleton<FalClient>();
        builder.Services.TryAddSingleton<FalUploads>();
        builder.Services.TryAddSingleton<FalDownloads>();
        builder.Services.TryAddSingleton<FalKeys>();
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IWebhook, FalWebhook>());
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IKeyCheck, FalKeyCheck>());
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IProvider, FalProvider>());
    }
}
