using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Providers.Tests.Replicate;

/// <summary>A vendor that answers as a test says, and remembers who asked for what with which key.</summary>
internal sealed class StubVendor : IAsyncDisposable
{
    private readonly WebApplication _app;

    private StubVendor(WebApplication app) => _app = app;

    /// <summary>Method, path and authorization of each request.</summary>
    public ConcurrentQueue<(string Method, string Path, string Authorization)> Seen { get; } = new();

    public Uri Address { get; private set; } = null!;

    /// <param name="answers">Path → status and JSON; 404 for others.</param>
    public static async Task<StubVendor> StartAsync(Func<StubVendor, string, (int Status, string Json)> answers)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["urls"] = "http://127.0.0.1:0" });
        var stub = new StubVendor(builder.Build());
        stub._app.Run(async context =>
        {
            stub.Seen.Enqueue((context.Request.Method, context.Request.Path, context.Request.Headers.Authorization.ToString()));
            var (status, json) = answers(stub, context.Request.Path);
            context.Response.StatusCode = status;
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(json);
        });
        await stub._app.StartAsync();
        stub.Address = new Uri(stub._app.Urls.Single());
        return stub;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
