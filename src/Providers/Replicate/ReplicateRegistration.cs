using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Providers.Http;
using Providers.Keys;
using Providers.Webhooks;

namespace Providers.Replicate;

internal static class ReplicateRegistration
{
    /// <summary>Adds Replicate, for whoever has a token.</summary>
    public static void AddReplicateProvider(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<ReplicateOptions>().BindConfiguration(ReplicateOptions.Section).ValidateDataAnnotations()
            .Validate(
                options => VendorDownloads.AreHosts(options.AllowedHosts),
                "Replicate:MediaHosts holds names such as replicate.delivery, or addresses with a port such as 127.0.0.1:5055.")
            .Validate(
                options => options.WebhookUrl is null || (options.WebhookUrl is { IsAbsoluteUri: true, Scheme: "https" or "http" } && options.WebhookSecret.StartsWith("whsec_", StringComparison.Ordinal)),
                "Replicate:WebhookUrl is a whole address, such as https://studio.example/webhooks/replicate, and needs Replicate:WebhookSecret, which begins with whsec_.")
            .ValidateOnStart();
        builder.Services.TryAddSingleton<ReplicateClient>();
        builder.Services.TryAddSingleton<ReplicateUploads>();
        builder.Services.TryAddSingleton<ReplicateDownloads>();
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IWebhook, ReplicateCallbacks>());
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IKeyCheck, ReplicateKeyCheck>());
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IProvider, ReplicateProvider>());
    }
}
