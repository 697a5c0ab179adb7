// The whole system, top to bottom: plain Aspire 13.5.2. src/LocalHost compiles this same file and runs it as local processes.
var builder = DistributedApplication.CreateBuilder(args);
var publishing = builder.ExecutionContext.IsPublishMode;
var environment = builder.Environment.EnvironmentName;

// What `aspire publish` writes: a compose file. Its services share one volume of media, and one of the key ring.
builder.AddDockerComposeEnvironment("compose")
    .ConfigureComposeFile(file =>
    {
        file.AddVolume(new() { Name = "media", Driver = "local" });
        file.AddVolume(new() { Name = "keys", Driver = "local" });
    });

// The gateway tells the services who is calling, in tokens signed with this key.
var signingKey = builder.AddParameter(
    "internal-signing-key", new GenerateParameterDefault { MinLength = 48, Special = false }, secret: true, persist: true);

// Keys of generation providers. A provider without its key is not set up; without any, the demo renderer serves every model.
var fal = builder.Configuration["Fal:Key"] ?? builder.Configuration["FAL_KEY"] ?? "";
var falKey = builder.AddParameter("fal-key", fal, secret: true);
var openAi = builder.Configuration["OpenAI:ApiKey"] ?? builder.Configuration["OPENAI_API_KEY"] ?? "";
var openAiKey = builder.AddParameter("openai-api-key", openAi, secret: true);
var anthropic = builder.Configuration["Anthropic:ApiKey"] ?? builder.Configuration["ANTHROPIC_API_KEY"] ?? "";
var anthropicKey = builder.AddParameter("anthropic-api-key", anthropic, secret: true);
var replicate = builder.Configuration["Replicate:Token"] ?? builder.Configuration["REPLICATE_API_TOKEN"] ?? "";
var replicateToken = builder.AddParameter("replicate-token", replicate, secret: true);
var replicateSecret = builder.Configuration["Replicate:WebhookSecret"] is { Length: > 0 } signed ? builder.AddParameter("replicate-webhook-secret", signed, secret: true) : null;

// Uploads and results: one folder that every service which touches media can reach.
var media = publishing ? "/media" : builder.Configuration["Media:Root"] ?? Path.GetFullPath("../../.run/media", builder.AppHostDirectory);

// What keys that workspaces bring along are encrypted with: a folder that only those see who take them or call vendors.
var keyRing = publishing ? "/keys" : Path.GetFullPath(Path.Combine(media, "..", "keys"));

// What a service allocates before it collects: its batches outgrow .NET's own choice, a few megabytes, which only the environment can change.
const string youngHeap = "0x1000000";

// One server, one schema per owning service. Seven processes with pools of their own need more than the usual 100 connections, and what a large run
// writes needs more log between two checkpoints.
var postgres = builder.AddPostgres("postgres-server")
    .WithArgs("-c", "max_connections=300", "-c", "max_wal_size=4GB", "-c", "checkpoint_timeout=15min", "-c", "default_statistics_target=10")
    .WithDataVolume();
var database = postgres.AddDatabase("postgres", "pipeline");

// Work and results travel in quorum queues.
var rabbitmq = builder.AddRabbitMQ("rabbitmq")
    .WithManagementPlugin()
    .WithDataVolume();

// Wake-ups and the window of the progress feed, caches, rate limits: nothing that may not be lost.
var redis = builder.AddRedis("redis");

// `./run dev --sandbox`: the vendors as an emulator on this machine, drawn and written by the demo renderer. Never there unless it is asked for.
var sandbox = builder.Configuration["Sandbox:Use"] == "true"
    ? builder.AddProject<Projects.Sandbox>("sandbox").WithHttpEndpoint().WithHttpHealthCheck("/readyz")
        .WithEnvironment("ASPNETCORE_ENVIRONMENT", environment)
        .WithEnvironment("Media__Root", Path.Combine(media, "..", "sandbox-media"))
    : null;

// Who plans a run has to know who will make it; the keys themselves are with those who call. In order of preference: fal has every model, the others some.
var vendors = new List<string>();
foreach (var (name, key) in new[] { ("fal", fal), ("replicate", replicate), ("openai", openAi), ("anthropic", anthropic) })
{
    if (sandbox is not null || key.Length > 0)
    {
        vendors.Add(name);
    }
}

void Plans(IResourceBuilder<ProjectResource> service)
{
    service.WithEnvironment("Providers__Prompts", vendors.Contains("anthropic") ? "anthropic" : vendors.Contains("openai") ? "openai" : "local");
    var place = 0;
    foreach (var vendor in vendors)
    {
        service.WithEnvironment($"{(vendor == "openai" ? "OpenAI" : char.ToUpperInvariant(vendor[0]) + vendor[1..])}__SetUp", "true");
        if (vendor != "anthropic")
        {
            service.WithEnvironment($"Providers__Order__{place++}", vendor);
        }
    }
}

void Writes(IResourceBuilder<ProjectResource> writer)
{
    if (sandbox is null)
    {
        writer.WithEnvironment("OpenAI__ApiKey", openAiKey).WithEnvironment("Anthropic__ApiKey", anthropicKey);
        return;
    }

    writer.WithEnvironment("Anthropic__ApiKey", "sandbox-anthropic-key").WithEnvironment("Anthropic__BaseUrl", sandbox.GetEndpoint("http"))
        .WithEnvironment("OpenAI__ApiKey", "sandbox-openai-key").WithEnvironment("OpenAI__BaseUrl", sandbox.GetEndpoint("http")).WaitFor(sandbox);
}

void Makes(IResourceBuilder<ProjectResource> worker, IResourceBuilder<ProjectResource> gateway)
{
    if (sandbox is null)
    {
        worker.WithEnvironment("Fal__Key", falKey).WithEnvironment("Replicate__Token", replicateToken).WithEnvironment("OpenAI__ApiKey", openAiKey);
        foreach (var name in new[] { "Fal:WebhookUrl", "Replicate:WebhookUrl" })
        {
            if (builder.Configuration[name] is { Length: > 0 } value)
            {
                worker.WithEnvironment(name.Replace(":", "__"), value);
            }
        }

        if (replicateSecret is not null)
        {
            worker.WithEnvironment("Replicate__WebhookSecret", replicateSecret);
        }

        return;
    }

    var address = sandbox.GetEndpoint("http");
    worker.WithEnvironment("Fal__Key", "sandbox:key").WithEnvironment("Fal__QueueBaseUrl", address).WithEnvironment("Fal__RestBaseUrl", address)
        .WithEnvironment("Fal__MediaHosts__0", address).WithEnvironment("Fal__WebhookUrl", gateway.GetEndpoint("http"))
        .WithEnvironment("Replicate__Token", "sandbox-token").WithEnvironment("Replicate__BaseUrl", address).WithEnvironment("Replicate__MediaHosts__0", address)
        .WithEnvironment("Replicate__WebhookUrl", gateway.GetEndpoint("http")).WithEnvironment("Replicate__WebhookSecret", "whsec_c2FuZGJveC1zZWNyZXQ=")
        .WithEnvironment("OpenAI__ApiKey", "sandbox-openai-key").WithEnvironment("OpenAI__BaseUrl", address).WaitFor(sandbox);
}

// Prices, quotes, reservations and the money ledger. gRPC without TLS cannot share a port with HTTP/1.1, so it has one of its own.
var cost = builder.AddProject<Projects.CostService>("costservice")
    .WithHttpEndpoint()
    .WithHttpEndpoint(name: "grpc", env: "GRPC_PORT")
    .WithHttpHealthCheck("/readyz")
    .WithEnvironment("ASPNETCORE_ENVIRONMENT", environment)
    .WithEnvironment("DOTNET_GCgen0size", youngHeap)
    .WithEnvironment("Internal__SigningKey", signingKey)
    .WithReference(database).WaitFor(database)
    .WithReference(rabbitmq).WaitFor(rabbitmq);

// Prompts into better prompts.
var enhancer = builder.AddProject<Projects.EnhancerService>("enhancerservice")
    .WithHttpEndpoint()
    .WithHttpHealthCheck("/readyz")
    .WithEnvironment("ASPNETCORE_ENVIRONMENT", environment)
    .WithEnvironment("DOTNET_GCgen0size", youngHeap)
    .WithEnvironment("Internal__SigningKey", signingKey)
    .WithEnvironment("Media__Root", media)
    .WithReference(rabbitmq).WaitFor(rabbitmq)
    .WithReference(redis).WaitFor(redis)
    .WithReference(cost)
    .PublishAsDockerComposeService((_, service) => service.AddVolume(new() { Name = "media", Type = "volume", Source = "media", Target = media }));

// Pipelines, the item ledger, the saga and the dispatcher, assets, the progress feed.
var pipeline = builder.AddProject<Projects.PipelineService>("pipelineservice")
    .WithHttpEndpoint()
    .WithHttpHealthCheck("/readyz")
    .WithEnvironment("ASPNETCORE_ENVIRONMENT", environment)
    .WithEnvironment("DOTNET_GCgen0size", youngHeap)
    .WithEnvironment("Internal__SigningKey", signingKey)
    .WithEnvironment("Media__Root", media)
    .WithReference(database).WaitFor(database)
    .WithReference(rabbitmq).WaitFor(rabbitmq)
    .WithReference(redis).WaitFor(redis)
    .WithReference(cost).WaitFor(cost)
    .WithReference(enhancer)
    .PublishAsDockerComposeService((_, service) => service.AddVolume(new() { Name = "media", Type = "volume", Source = "media", Target = media }));

// Pictures into pictures. Two of each worker, so that losing one is seen to cost nothing but time.
var images = builder.AddProject<Projects.ImageWorker>("imageworker")
    .WithHttpEndpoint()
    .WithHttpHealthCheck("/readyz")
    .WithReplicas(2)
    .WithEnvironment("ASPNETCORE_ENVIRONMENT", environment)
    .WithEnvironment("DOTNET_GCgen0size", youngHeap)
    .WithEnvironment("Media__Root", media)
    .WithReference(database).WaitFor(database)
    .WithReference(rabbitmq).WaitFor(rabbitmq)
    .WithReference(redis).WaitFor(redis)
    .WithReference(cost)
    .PublishAsDockerComposeService((_, service) =>
    {
        service.Deploy = new() { Replicas = 2 };
        service.AddVolume(new() { Name = "media", Type = "volume", Source = "media", Target = media });
    });

// Pictures into videos.
var videos = builder.AddProject<Projects.VideoWorker>("videoworker")
    .WithHttpEndpoint()
    .WithHttpHealthCheck("/readyz")
    .WithReplicas(2)
    .WithEnvironment("ASPNETCORE_ENVIRONMENT", environment)
    .WithEnvironment("DOTNET_GCgen0size", youngHeap)
    .WithEnvironment("Media__Root", media)
    .WithReference(database).WaitFor(database)
    .WithReference(rabbitmq).WaitFor(rabbitmq)
    .WithReference(redis).WaitFor(redis)
    .WithReference(cost)
    .PublishAsDockerComposeService((_, service) =>
    {
        service.Deploy = new() { Replicas = 2 };
        service.AddVolume(new() { Name = "media", Type = "volume", Source = "media", Target = media });
    });

foreach (var service in new[] { pipeline, enhancer, images, videos })
{
    service.WithEnvironment("Keys__Ring", keyRing)
        .PublishAsDockerComposeService((_, compose) => compose.AddVolume(new() { Name = "keys", Type = "volume", Source = "keys", Target = keyRing }));
}

// Keys are tried where they are.
pipeline.WithReference(images);
images.WithEnvironment("Internal__SigningKey", signingKey);

Plans(cost);
Plans(pipeline);
Plans(enhancer);
Writes(enhancer);

// The only public door: accounts, API keys, rate limits, the built frontend.
var gateway = builder.AddProject<Projects.Gateway>("gateway")
    .WithHttpEndpoint(port: 8080)
    .WithExternalHttpEndpoints()
    .WithHttpHealthCheck("/readyz")
    .WithEnvironment("ASPNETCORE_ENVIRONMENT", environment)
    .WithEnvironment("DOTNET_GCgen0size", youngHeap)
    .WithEnvironment("Internal__SigningKey", signingKey)
    .WithEnvironment("Frontend__Root", publishing ? "wwwroot" : Path.GetFullPath("../Frontend/dist", builder.AppHostDirectory))
    .WithReference(database).WaitFor(database)
    .WithReference(redis).WaitFor(redis)
    .WithReference(pipeline).WaitFor(pipeline)
    .WithReference(cost).WaitFor(cost)
    .WithReference(enhancer).WaitFor(enhancer)
    .WithReference(images);

// A process that finds itself stuck ends, and has to be started anew.
foreach (var service in new[] { cost, enhancer, pipeline, images, videos, gateway })
{
    service.PublishAsDockerComposeService((_, compose) => compose.Restart = "unless-stopped");
}

// Vendors call back through the door.
Makes(images, gateway);
Makes(videos, gateway);

// The web app: Vite while developing, files in the gateway's image when published.
var frontend = builder.AddViteApp("frontend", "../Frontend")
    .WithReference(gateway).WaitFor(gateway);
gateway.PublishWithContainerFiles(frontend, "wwwroot");

// On a developer's machine only: the demo workspace, and pages that come from Vite.
if (!publishing)
{
    gateway
        .WithEnvironment("Sessions__AllowedOrigins__0", frontend.GetEndpoint("http"))
        .WithEnvironment("Demo__ApiKey", builder.AddParameter(
            "demo-api-key", new GenerateParameterDefault { MinLength = 40, Special = false }, secret: true, persist: true));
}

builder.Build().Run();
