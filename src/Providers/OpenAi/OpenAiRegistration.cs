using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Providers.Keys;

namespace Providers.OpenAi;

internal static class OpenAiRegistration
{
    /// <summary>Adds OpenAI, for whoever has a key, and another endpoint for prompts where one is named.</summary>
    public static void AddOpenAiProvider(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<OpenAiOptions>().BindConfiguration(OpenAiOptions.Section).ValidateDataAnnotations()
            .Validate(
                options => options.BaseUrl.IsAbsoluteUri && options.BaseUrl is { Scheme: "http" or "https", Query: "", Fragment: "", UserInfo: "" },
                "OpenAI:BaseUrl is an address such as https://api.openai.com/v1.")
            .ValidateOnStart();
        builder.Services.AddOptions<OpenAiPromptOptions>().BindConfiguration(OpenAiPromptOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.TryAddSingleton<OpenAiClient>();
        builder.Services.TryAddSingleton<OpenAiText>();
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IOpenAiWork, OpenAiPrompts>());
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IOpenAiWork, OpenAiImages>());
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IKeyCheck, OpenAiKeyCheck>());
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IProvider, OpenAiProvider>());
    }
}
