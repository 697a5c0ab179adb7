using Contracts.Generation;
using Jobs;
using MassTransit;
using Providers;
using ServiceDefaults.Messaging;

namespace EnhancerService;

internal static class EnhancerRegistration
{
    /// <summary>The enhancer, its cache, and its consumer on the lane's queue.</summary>
    public static void AddEnhancer(this WebApplicationBuilder builder)
    {
        builder.AddProviders();
        builder.AddReporting(Lanes.Enhance);
        builder.Services.AddOptions<EnhancerOptions>().BindConfiguration(EnhancerOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<EnhancementCache>();
        builder.Services.AddSingleton<Enhancer>();
        builder.Services.AddSingleton<EnhanceRunner>();
        builder.AddPipelineMessaging(bus => bus.AddConsumer<EnhancePromptsConsumer, EnhancePromptsDefinition>());
    }
}
