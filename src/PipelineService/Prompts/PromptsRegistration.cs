using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Providers.Catalog;
using ServiceDefaults.MassTransitEf;

namespace PipelineService.Prompts;

public static class PromptsRegistration
{
    /// <summary>The prompt box. EnhancerService is at <c>services:enhancerservice:http:0</c>.</summary>
    public static void AddPrompts(this WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var address = Uri.TryCreate(builder.Configuration["services:enhancerservice:http:0"], UriKind.Absolute, out var uri)
            ? uri
            : throw new InvalidOperationException("services:enhancerservice:http:0 is not set to the address of the enhancer service.");
        builder.Services.AddOptions<PromptsOptions>().BindConfiguration(PromptsOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.TryAddSingleton(ModelCatalog.Embedded);
        builder.Services.AddScoped<PromptHistory>();
        builder.Services.AddScoped<PromptBooking>();
        builder.Services.TryAddSingleton<OutboxSignal>();
        builder.Services.AddHttpClient<EnhancerClient>((services, http) =>
        {
            http.BaseAddress = address;
            http.Timeout = services.GetRequiredService<IOptions<PromptsOptions>>().Value.EnhancerTimeout;
        });
    }
}
