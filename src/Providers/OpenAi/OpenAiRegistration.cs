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

        builder.Services.AddOptions<OpenAiOptions>().BindConfiguration(OpenAiOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddOptions<OpenAiPromptOptions>().BindConfiguration(OpenAiPromptOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.TryAddSingleton<OpenAiText>();
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IProvider, OpenAiProvider>());
    }
}
