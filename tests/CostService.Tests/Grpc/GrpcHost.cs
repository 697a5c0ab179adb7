using System.Net;
using System.Net.Sockets;
using Contracts.Costs.Grpc;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using ServiceDefaults;
using ServiceDefaults.Grpc;

namespace CostService.Tests.Grpc;

/// <summary>A server with one method whose answer the test decides, on real sockets.</summary>
internal sealed class GrpcHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly List<GrpcChannel> _channels = [];

    private GrpcHost(WebApplication app, int httpPort, int grpcPort)
    {
        _app = app;
        Http = new Uri($"http://127.0.0.1:{httpPort}");
        Grpc = new Uri($"http://127.0.0.1:{grpcPort}");
    }

    public Uri Http { get; }

    public Uri Grpc { get; }

    public static async Task<GrpcHost> StartAsync(Func<PipelineSpendRequest, CancellationToken, Task<PipelineSpendReply>> handler)
    {
        var (http, grpc) = FreePorts();
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["urls"] = $"http://127.0.0.1:{http}", ["GRPC_PORT"] = $"{grpc}" });
        builder.AddServiceDefaults("test");
        builder.AddGrpcEndpoint();
        var app = builder.Build();
        app.UseServiceDefaults();
        app.MapGrpc(CostMethods.GetPipelineSpend, handler);
        await app.StartAsync();
        return new GrpcHost(app, http, grpc);
    }

    public Task<PipelineSpendReply> CallAsync(PipelineSpendRequest request, TimeSpan? deadline = null) =>
        Channel(Grpc).CallAsync(CostMethods.GetPipelineSpend, request, deadline ?? TimeSpan.FromSeconds(10), CancellationToken.None);

    public GrpcChannel Channel(Uri address)
    {
        var channel = new GrpcChannel(address, TimeProvider.System);
        _channels.Add(channel);
        return channel;
    }

    public async ValueTask DisposeAsync()
    {
        _channels.ForEach(channel => channel.Dispose());
        await _app.DisposeAsync();
    }

    public static (int First, int Second) FreePorts()
    {
        using var first = new TcpListener(IPAddress.Loopback, 0);
        using var second = new TcpListener(IPAddress.Loopback, 0);
        first.Start();
        second.Start();
        return (((IPEndPoint)first.LocalEndpoint).Port, ((IPEndPoint)second.LocalEndpoint).Port);
    }
}
