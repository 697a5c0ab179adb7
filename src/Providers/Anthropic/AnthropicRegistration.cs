using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Providers.Keys;

namespace Providers.Anthropic;

internal static class AnthropicRegistration
{
    /// <summary>Adds Anthropic, for whoever has a key.</summary>
    public static void AddAnthropicProvider(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<AnthropicOptions>().BindConfiguration(AnthropicOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.TryAddSingleton<AnthropicText>();
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IKeyCheck, AnthropicKeyCheck>());
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IProvider, AnthropicProvider>());
    }
}
