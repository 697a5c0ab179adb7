using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using ServiceDefaults;
using ServiceDefaults.Identity;
using ServiceDefaults.OpenApi;

namespace Gateway.Tests.Support;

/// <summary>What a service saw of a request.</summary>
public sealed record Seen(string Method, string Path, Dictionary<string, string> Headers, Caller? Caller);

/// <summary>A service behind the gateway: a real server that believes the internal token as the real ones do, and shows what reached it.</summary>
public sealed class StubService : IAsyncDisposable
{
    private readonly WebApplication _app;

    private StubService(WebApplication app) => _app = app;

    public string Address => _app.Urls.Single();

    public ConcurrentQueue<Seen> Requests { get; } = new();

    /// <summary>What /readyz says.</summary>
    public bool IsReady { get; set; } = true;

    /// <summary>Held back until the test lets go: the second event of a stream.</summary>
    public SemaphoreSlim Next { get; } = new(0);

    /// <summary>Released when the first bytes of an upload have come.</summary>
    public SemaphoreSlim FirstBytes { get; } = new(0);

    public Seen Last => Requests.Last();

    public static async Task<StubService> StartAsync(string signingKey, string title)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = null);
        // With somebody listening, requests have a trace.
        builder.Logging.ClearProviders().AddProvider(new LogSink());
        builder.Configuration.AddInMemoryCollection([new("Internal:SigningKey", signingKey)]);
        builder.AddServiceDefaults("stub");
        builder.AddPipelineOpenApi(title);
        var app = builder.Build();
        var stub = new StubService(app);
        app.UseWebSockets();
        app.Use(stub.RememberAsync);
        app.UseServiceDefaults();
        stub.Map(app);
        await app.StartAsync();
        return stub;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task RememberAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Path == "/readyz")
        {
            context.Response.StatusCode = IsReady ? 200 : 503;
            await context.Response.WriteAsync("{}");
            return;
        }

        // Before the answer leaves, so that whoever has it finds the request here; and in the order of their beginnings, however long a socket lives.
        context.Response.OnStarting(() =>
        {
            Requests.Enqueue(new Seen(
                context.Request.Method,
                context.Request.Path + context.Request.QueryString,
                context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
                Caller.From(context.User)));
            return Task.CompletedTask;
        });
        await next(context);
    }

    private void Map(WebApplication app)
    {
        app.MapGet("/models", () => TypedResults.Ok(new { data = new string('m', 5000) })).AllowAnonymous();
        app.MapGet("/pipelines/{id:long}", (long id, Caller caller) => TypedResults.Ok(new Answer(id, caller.TenantId))).RequireAuthorization();
        app.MapMethods("/pipelines", ["GET", "POST", "PUT", "DELETE"], (Caller caller) => TypedResults.Ok(new Answer(0, caller.TenantId))).RequireAuthorization();
        app.MapGet("/pipelines/invalid", () => ServiceDefaults.Problems.Problem.Validation("/steps/0", "No such step.")).AllowAnonymous();
        app.MapGet("/pipelines/nothing", (HttpContext context) =>
        {
            context.Features.Get<IStatusCodePagesFeature>()!.Enabled = false;
            return TypedResults.NotFound();
        }).AllowAnonymous();
        app.MapGet("/pipelines/distrust", () => TypedResults.Unauthorized()).AllowAnonymous();
        app.MapGet("/pipelines/hang-up", (HttpContext context) => context.Abort()).AllowAnonymous();
        app.MapGet("/internal/secret", () => "secret").AllowAnonymous();
        app.MapPost("/assets", (Delegate)TakeAsync).AllowAnonymous().ExcludeFromDescription();
        app.MapGet("/assets/{id}/content", (int id) => TypedResults.Bytes(new byte[1000], "image/png", enableRangeProcessing: true)).AllowAnonymous();
        app.Map("/events", EventsAsync).AllowAnonymous().ExcludeFromDescription();
        app.MapPipelineOpenApi();
    }

    /// <summary>Counts and hashes a body without keeping it.</summary>
    private async Task<IResult> TakeAsync(HttpContext context)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[64 * 1024];
        long total = 0;
        int read;
        while ((read = await context.Request.Body.ReadAsync(buffer, context.RequestAborted)) > 0)
        {
            if (total == 0)
            {
                FirstBytes.Release();
            }

            total += read;
            hash.AppendData(buffer, 0, read);
        }

        return TypedResults.Ok(new { bytes = total, sha256 = Convert.ToHexString(hash.GetHashAndReset()) });
    }

    /// <summary>Over a socket it echoes; otherwise it sends one event at once and one when told.</summary>
    private async Task EventsAsync(HttpContext context)
    {
        if (context.WebSockets.IsWebSocketRequest)
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            var buffer = new byte[64 * 1024];
            while (true)
            {
                var received = await socket.ReceiveAsync(new Memory<byte>(buffer), context.RequestAborted);
                if (received.MessageType == WebSocketMessageType.Close)
                {
                    await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "bye", context.RequestAborted);
                    return;
                }

                await socket.SendAsync(buffer.AsMemory(0, received.Count), received.MessageType, received.EndOfMessage, context.RequestAborted);
            }
        }

        context.Response.ContentType = "text/event-stream";
        await context.Response.WriteAsync("id: 1\ndata: first\n\n");
        await context.Response.Body.FlushAsync();
        await Next.WaitAsync(context.RequestAborted);
        await context.Response.WriteAsync("id: 2\ndata: second\n\n");
    }

    /// <summary>An answer of the stub.</summary>
    public sealed record Answer(long Id, long TenantId);
}
