using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Providers.Anthropic;

internal static class AnthropicRegistration
{
    /// <summary>Sets Anthropic up where its key is, or where it is said that another service has it.</summary>
    public static void AddAnthropicProvider(this IHostApplicationBuilder builder)
    {
        if (builder.Configuration.GetSection(AnthropicOptions.Section).Get<AnthropicOptions>()?.IsSetUp != true)
        {
            return;
        }

        builder.Services.AddOptions<AnthropicOptions>().BindConfiguration(AnthropicOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.TryAddSingleton<AnthropicText>();
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IProvider, AnthropicProvider>());
    }
}
