using Microsoft.Extensions.DependencyInjection.Extensions;
using Providers;
using Sandbox.Fal;
using Sandbox.OpenAi;
using Sandbox.Text;

namespace Sandbox;

internal static class SandboxRegistration
{
    public const string EmulatorHeader = "X-Emulator";

    /// <summary>The stand-in and the demo renderer that draws for it.</summary>
    public static void AddSandbox(this IHostApplicationBuilder builder)
    {
        builder.AddProviders();
        builder.Services.AddOptions<SandboxOptions>().BindConfiguration(SandboxOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<Faults>();
        builder.Services.AddSingleton<DemoDrawing>();
        builder.Services.AddSingleton<FalFiles>();
        builder.Services.AddSingleton<FalQueue>();
        builder.Services.AddSingleton<FalRenderer>();
        builder.Services.AddSingleton<IVendorBook, FalBook>();
        builder.Services.AddHostedService<FalWorker>();
        builder.Services.AddSingleton<AnthropicBook>();
        builder.Services.AddSingleton<IVendorBook>(services => services.GetRequiredService<AnthropicBook>());
        builder.Services.AddSingleton<TextAnswers>();
        builder.AddOpenAiSandbox();
    }

    public static void MapSandbox(this WebApplication app)
    {
        // Nobody shall take it for the vendor.
        app.Use((context, next) =>
        {
            context.Response.Headers[EmulatorHeader] = "pipeline-sandbox";
            return next(context);
        });
        app.MapAdmin();
        app.MapAnthropic();
        app.MapOpenAiChat();
        app.MapOpenAiImages();
        app.MapFalFiles();
        app.MapFalQueue();
    }
}
