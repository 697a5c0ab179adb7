using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace PipelineService.Tests;

/// <summary>A web server for tests that answers what it is told to, and counts who asked.</summary>
public sealed class ScriptedServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, RequestDelegate> _answers = new();
    private int _requests;

    private ScriptedServer(WebApplication app)
    {
        _app = app;
        app.Run(context =>
        {
            Interlocked.Increment(ref _requests);
            return _answers.TryGetValue(context.Request.Path, out var answer) ? answer(context) : NotFound(context);
        });
    }

    public Uri Address => new(_app.Urls.Single());

    public int Requests => _requests;

    public static async Task<ScriptedServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var server = new ScriptedServer(builder.Build());
        await server._app.StartAsync();
        return server;
    }

    /// <summary>The address at which the answer is given.</summary>
    public string Serve(string path, RequestDelegate answer)
    {
        _answers[path] = answer;
        return new Uri(Address, path).AbsoluteUri;
    }

    public string ServeBytes(string path, byte[] bytes, string contentType = "image/png") => Serve(path, context =>
    {
        context.Response.ContentType = contentType;
        return context.Response.Body.WriteAsync(bytes).AsTask();
    });

    public string Redirect(string path, string to) => Serve(path, context =>
    {
        context.Response.Redirect(to);
        return Task.CompletedTask;
    });

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
    }

    private static Task NotFound(HttpContext context)
    {
        context.Response.StatusCode = 404;
        return Task.CompletedTask;
    }
}
