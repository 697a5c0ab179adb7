using PipelineService.Assets;
using PipelineService.Estimates;
using PipelineService.History;
using PipelineService.Pipelines.Drafts;
using PipelineService.Retries;
using PipelineService.Reviews;
using PipelineService.Sheets;

namespace PipelineService.Pipelines;

internal static class PipelinesRegistration
{
    /// <summary>What <c>/pipelines</c> needs: checks, prices, creation, commands, views.</summary>
    public static void AddPipelines(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<PipelineLimits>().BindConfiguration(PipelineLimits.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<StepChecks>();
        builder.Services.AddSingleton<DraftChecks>();
        builder.Services.AddSingleton<StoredWarnings>();
        builder.Services.AddSingleton<Quoting>();
        builder.Services.AddSingleton<FallbackPricing>();
        builder.Services.AddScoped<DraftIntake>();
        builder.Services.AddScoped<PipelineCreation>();
        builder.Services.AddScoped<PipelineReading>();
        builder.Services.AddScoped<PipelineCommands>();
        builder.Services.AddScoped<PipelineChanges>();
        builder.Services.AddScoped<PipelineDeletion>();
        builder.Services.AddScoped<StepReview>();
        builder.Services.AddScoped<StepCommands>();
        builder.Services.AddSingleton<RetryChecks>();
        builder.Services.AddScoped<RetryQuotes>();
        builder.Services.AddScoped<Retrying>();
        builder.Services.AddScoped<Redoing>();
        builder.Services.AddScoped<Onward>();
        builder.Services.AddScoped<Failures>();
        builder.Services.AddScoped<PipelineDownload>();
        builder.Services.AddScoped<RunGroups.RunGroups>();
        builder.Services.AddOptions<Templates.TemplatesOptions>().BindConfiguration(Templates.TemplatesOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<Templates.TemplateChecks>();
        builder.Services.AddSingleton<Templates.TemplateNeeds>();
        builder.AddSheets();
        builder.Services.AddScoped<HistoryReading>();
        builder.Services.AddScoped<TimelineReading>();
    }

    /// <summary>Everything under <c>/pipelines</c> but the events.</summary>
    public static void MapPipelines(this WebApplication app)
    {
        var pipelines = app.MapGroup("/pipelines").RequireAuthorization();
        PipelinesApi.Map(pipelines);
        CommandsApi.Map(pipelines);
        StepsApi.Map(pipelines);
        RetriesApi.Map(pipelines);
        ReviewsApi.Map(pipelines);
        PipelineDownloadApi.Map(pipelines);
        HistoryApi.Map(pipelines);
        EstimatesApi.Map(pipelines);
        RunGroups.RunGroupsApi.Map(app);
        Templates.TemplatesApi.Map(app);
        SheetsApi.Map(app);
        Waiting.QueueApi.Map(app);
        Traffic.ProvidersApi.Map(app);
    }
}
