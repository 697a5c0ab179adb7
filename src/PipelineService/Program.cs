using Media;
using PipelineService.Orchestration;
using PipelineService.Pipelines;
using PipelineService.Progress;
using PipelineService.Storage;
using Providers;
using ServiceDefaults;
using ServiceDefaults.Grpc;
using ServiceDefaults.OpenApi;
using ServiceDefaults.Storage;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults("pipelineservice");
builder.AddPipelineOpenApi("Pipelines, assets, prompts and live events");
builder.AddPostgres<PipelineDbContext>(PipelineDbContext.Schema);
builder.AddRedis();
builder.AddMedia();
builder.AddProviders();
builder.AddCostClient();
builder.Services.AddSingleton<ProgressAnnouncer>();
builder.AddOrchestration();
builder.AddPipelines();

var app = builder.Build();
app.UseServiceDefaults();
app.MapPipelineOpenApi();
app.MapPipelines();
await app.RunAsync();
