using Microsoft.Extensions.DependencyInjection.Extensions;

namespace PipelineService.Progress;

public static class ProgressRegistration
{
    /// <summary>Both ends of the feed: who announces, and who serves readers.</summary>
    public static void AddProgress(this WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddOptions<ProgressOptions>().BindConfiguration(ProgressOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.TryAddSingleton<ProgressAnnouncer>();
        builder.Services.AddSingleton<FeedStore>();
        builder.Services.AddSingleton<FeedReader>();
        builder.Services.AddSingleton<FeedHub>();
        builder.Services.AddSingleton<StreamWatch>();
        builder.Services.AddHostedService(services => services.GetRequiredService<StreamWatch>());
        builder.Services.AddHostedService<FeedPump>();
        builder.Services.AddHostedService<FeedWakeUps>();
        builder.Services.AddHostedService<EventSweeper>();
    }
}
