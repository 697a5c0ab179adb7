namespace PipelineService.Sheets;

internal static class SheetsRegistration
{
    /// <summary>What <c>/sheets</c> needs, beside all that pipelines need.</summary>
    public static void AddSheets(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<SheetsOptions>().BindConfiguration(SheetsOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddScoped<SheetStore>();
        builder.Services.AddScoped<SheetPictures>();
        builder.Services.AddScoped<SheetChecking>();
        builder.Services.AddScoped<SheetRunning>();
        builder.Services.AddScoped<SheetResult>();
        builder.Services.AddHostedService<SheetSweeper>();
    }
}
