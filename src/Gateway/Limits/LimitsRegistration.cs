namespace Gateway.Limits;

internal static class LimitsRegistration
{
    public static void AddRateLimits(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<RateLimitOptions>().BindConfiguration("RateLimits").ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<RedisBuckets>();
        builder.Services.AddSingleton<LocalBuckets>();
        builder.Services.AddSingleton<RateLimiter>();
        builder.Services.AddSingleton<OpenStreams>();
    }

    public static void UseDoor(this WebApplication app) => app.UseMiddleware<Door>();
}
