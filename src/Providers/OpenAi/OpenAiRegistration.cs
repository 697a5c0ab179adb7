using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Providers.OpenAi;

internal static class OpenAiRegistration
{
    /// <summary>Sets OpenAI up where its key is, where another endpoint for prompts is named, or where it is said that another service has them.</summary>
    public static void AddOpenAiProvider(this IHostApplicationBuilder builder)
    {
        if (builder.Configuration.GetSection(OpenAiOptions.Section).Get<OpenAiOptions>()?.IsSetUp != true
            && builder.Configuration.GetSection(OpenAiPromptOptions.Section).Get<OpenAiPromptOptions>()?.BaseUrl is null)
        {
            return;
        }

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
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IProvider, OpenAiProvider>());
    }
}
