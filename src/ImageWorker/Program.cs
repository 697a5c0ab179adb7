using Contracts.Generation;
using ImageWorker;
using Jobs;
using Jobs.Webhooks;
using MassTransit;
using ServiceDefaults;
using ServiceDefaults.Messaging;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults("imageworker");
builder.AddJobs(Lanes.Image);
builder.AddPipelineMessaging(bus => bus.AddConsumer<GenerateImagesConsumer, GenerateImagesDefinition>());

var app = builder.Build();
app.UseServiceDefaults();
app.MapWebhooks();
app.MapKeyChecks();
await app.RunAsync();
