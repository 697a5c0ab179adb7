using Media.Images;
using Media.Storage;
using Media.Tools;
using Media.Videos;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Media;

public static class MediaRegistration
{
    /// <summary>Adds the object store, the probes and the media tools. A wrong <see cref="MediaOptions"/> is an error at start.</summary>
    public static IHostApplicationBuilder AddMedia(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<MediaOptions>()
            .BindConfiguration(MediaOptions.Section)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.TryAddSingleton<IObjectStore, LocalObjectStore>();
        builder.Services.TryAddSingleton<ProcessRunner>();
        builder.Services.TryAddSingleton<Ffmpeg>();
        builder.Services.TryAddSingleton<ImageDecoder>();
        builder.Services.TryAddSingleton<Thumbnails>();
        builder.Services.TryAddSingleton<VideoProbe>();
        builder.Services.TryAddSingleton<PosterFrames>();
        builder.Services.TryAddSingleton<MediaStoring>();
        return builder;
    }
}
