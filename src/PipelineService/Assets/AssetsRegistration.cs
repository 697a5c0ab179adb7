using Media;
using Media.Fetching;
using Microsoft.Extensions.Options;
using PipelineService.Library;

namespace PipelineService.Assets;

public static class AssetsRegistration
{
    /// <summary>The library: uploads, imports, files and their deletion. Adds the media store, too.</summary>
    public static void AddAssets(this WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.AddMedia();
        builder.Services.AddOptions<AssetsOptions>().BindConfiguration(AssetsOptions.Section).ValidateDataAnnotations()
            .Validate(options => options.TrustedEndpoints.All(text => System.Net.IPEndPoint.TryParse(text, out _)), "Assets:TrustedEndpoints holds addresses such as 10.0.0.5:8443.")
            .ValidateOnStart();
        builder.Services.AddSingleton(services => new GuardedHttp(services.GetRequiredService<IOptions<AssetsOptions>>().Value.TrustedEndpoints));
        builder.Services.AddSingleton<AssetShelf>();
        builder.Services.AddSingleton<AssetImporter>();
        builder.Services.AddSingleton<UploadReceiving>();
        builder.Services.AddScoped<AssetRemoval>();
        builder.Services.AddScoped<AssetDownload>();
        builder.Services.AddLibrary();
    }
}
