namespace PipelineService.Idempotency;

public static class IdempotencyRegistration
{
    public static void AddIdempotency(this WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddOptions<IdempotencyOptions>().BindConfiguration(IdempotencyOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<IdempotencyStore>();
        builder.Services.AddHostedService<IdempotencySweeper>();
    }

    /// <summary>Honours <c>Idempotency-Key</c> on every JSON POST. After authentication, since a key belongs to a tenant.</summary>
    public static void UseIdempotency(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.UseMiddleware<IdempotencyMiddleware>();
    }
}
