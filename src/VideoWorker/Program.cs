using Contracts.Generation;
using VideoWorker;
using Jobs;
using Jobs.Webhooks;
using MassTransit;
using ServiceDefaults;
using ServiceDefaults.Messaging;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults("videoworker");
builder.AddJobs(Lanes.Video);
builder.AddPipelineMessaging(bus => bus.AddConsumer<GenerateVideosConsumer, GenerateVideosDefinition>());

var app = builder.Build();
app.UseServiceDefaults();
app.MapWebhooks();
await app.RunAsync();
