using Contracts.Generation;
using EnhancerService;
using Jobs;
using MassTransit;
using Providers;
using ServiceDefaults;
using ServiceDefaults.Messaging;
using ServiceDefaults.Storage;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults("enhancerservice");
builder.AddRedis();
builder.AddProviders();
builder.AddReporting(Lanes.Enhance);
builder.Services.AddOptions<EnhancerOptions>().BindConfiguration(EnhancerOptions.Section).ValidateDataAnnotations().ValidateOnStart();
builder.Services.AddSingleton<EnhancementCache>();
builder.Services.AddSingleton<Enhancer>();
builder.AddPipelineMessaging(bus => bus.AddConsumer<EnhancePromptsConsumer, EnhancePromptsDefinition>());

var app = builder.Build();
app.UseServiceDefaults();
app.MapEnhance();
await app.RunAsync();
