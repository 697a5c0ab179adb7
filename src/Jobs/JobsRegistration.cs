using Jobs.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Providers;
using Providers.Traffic;
using ServiceDefaults.Storage;

namespace Jobs;

public static class JobsRegistration
{
    /// <summary>All that a worker of a lane needs besides its consumer: schema <c>worker</c>, providers, jobs, poller, heartbeats, results.</summary>
    public static WebApplicationBuilder AddJobs(this WebApplicationBuilder builder, string lane)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.AddPostgres<WorkerDbContext>(WorkerDbContext.Schema);
        builder.AddProviders();
        // Stopped in the opposite order: the work first, then the sign of life that keeps others off it.
        builder.Services.AddSingleton<JobOwnership>();
        builder.Services.AddHostedService(services => services.GetRequiredService<JobOwnership>());
        builder.AddReporting(lane);
        builder.Services.AddSingleton<JobStore>();
        builder.Services.AddSingleton<JobCalls>();
        builder.Services.AddSingleton<JobBook>();
        builder.Services.AddSingleton<ResultFiles>();
        builder.Services.AddSingleton<ItemFinisher>();
        builder.Services.AddSingleton<ItemRunner>();
        builder.Services.AddSingleton<IHostedService>(services => ActivatorUtilities.CreateInstance<JobPoller>(services, lane));
        builder.Services.AddSingleton<IHostedService>(services => ActivatorUtilities.CreateInstance<JobRescue>(services, lane));
        builder.Services.AddHostedService<JobSweeper>();
        return builder;
    }

    /// <summary>What also a worker without jobs of its own needs: options, epochs, heartbeats and the way results go.</summary>
    public static WebApplicationBuilder AddReporting(this WebApplicationBuilder builder, string lane)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.AddRedis();
        builder.AddProviderTraffic();
        builder.Services.AddOptions<WorkerOptions>().BindConfiguration(WorkerOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton(services => services.GetRequiredService<IOptions<WorkerOptions>>().Value);
        builder.Services.AddSingleton<Hand>();
        builder.Services.AddSingleton<EpochGate>();
        builder.Services.AddSingleton<ResultSender>();
        builder.Services.AddSingleton<ProcessWork>();
        builder.Services.AddHostedService(services => services.GetRequiredService<ProcessWork>());
        builder.Services.AddSingleton<IHostedService>(services => ActivatorUtilities.CreateInstance<Heartbeats>(services, lane));
        return builder;
    }
}
