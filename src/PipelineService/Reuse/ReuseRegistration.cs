namespace PipelineService.Reuse;

internal static class ReuseRegistration
{
    /// <summary>Results of identical requests: forecast, and what is taken instead of being made.</summary>
    public static void AddReuse(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<ReuseOptions>().BindConfiguration(ReuseOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<ReuseSift>();
        builder.Services.AddScoped<ReuseForecast>();
        builder.Services.AddHostedService<ReuseSweeper>();
    }
}
