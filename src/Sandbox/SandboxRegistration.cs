using Microsoft.Extensions.DependencyInjection.Extensions;
using Providers;
using Sandbox.Fal;
using Sandbox.Files;
using Sandbox.Jobs;
using Sandbox.OpenAi;
using Sandbox.Replicate;
using Sandbox.Text;

namespace Sandbox;

internal static class SandboxRegistration
{
    public const string EmulatorHeader = "X-Emulator";

    /// <summary>The stand-ins and the demo renderer that draws for them.</summary>
    public static void AddSandbox(this IHostApplicationBuilder builder)
    {
        builder.AddProviders();
        builder.Services.AddOptions<SandboxOptions>().BindConfiguration(SandboxOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<Faults>();
        builder.Services.AddSingleton<DemoDrawing>();
        builder.Services.AddSingleton<StoredFiles>();
        builder.Services.AddSingleton<JobQueue>();
        builder.Services.AddSingleton<JobRenderer>();
        builder.Services.AddSingleton<FalSigner>();
        builder.Services.AddSingleton<ReplicateSigner>();
        builder.Services.AddSingleton<JobCallbacks>();
        builder.Services.AddHostedService<JobWorker>();
        foreach (var vendor in new[] { ProviderNames.Fal, ProviderNames.Replicate })
        {
            builder.Services.AddSingleton<IVendorBook>(services => new JobsBook(vendor, services.GetRequiredService<JobQueue>()));
        }

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
        app.MapModelLists();
        app.MapOpenAiChat();
        app.MapOpenAiImages();
        app.MapFiles();
        app.MapReplicate();
        app.MapFalUploads();
        app.MapGet("/.well-known/jwks.json", (FalSigner signer) => Results.Json(signer.Keys));
        app.MapFalQueue();
    }
}
