using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Contracts.Costs;
using CostService.Tests.Grpc;
using MassTransit;
using Microsoft.Extensions.Options;
using ServiceDefaults.Grpc;
using ServiceDefaults.Identity;
using Testing;
using Testing.Studio;
using Xunit;

namespace CostService.Tests;

/// <summary>The cost service as a process of its own on real servers, as it runs in production, with its clients.</summary>
public sealed class CostProcess : IAsyncLifetime
{
    private const string SigningKey = "a-key-of-the-tests-0123456789-0123456789";
    private static readonly HttpClient Http = new();
    private readonly TestDatabase _database = TestDatabase.Fresh();
    private TestVhost _vhost = null!;
    private ServiceProcess _process = null!;
    private GrpcChannel _channel = null!;
    private IBusControl _bus = null!;

    public Uri Address { get; private set; } = null!;

    public Uri GrpcAddress { get; private set; } = null!;

    public CostClient Client { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        _vhost = await TestVhost.CreateAsync();
        var (http, grpc) = GrpcHost.FreePorts();
        (Address, GrpcAddress) = (new Uri($"http://127.0.0.1:{http}"), new Uri($"http://127.0.0.1:{grpc}"));
        _process = new ServiceProcess("CostService", new Dictionary<string, string>
        {
            ["ConnectionStrings__postgres"] = _database.ConnectionString,
            ["ConnectionStrings__rabbitmq"] = _vhost.Uri,
            ["Internal__SigningKey"] = SigningKey,
            ["ASPNETCORE_URLS"] = Address.ToString(),
            ["GRPC_PORT"] = $"{grpc}",
            // What is young today is old some day, and these tests are run then, too.
            ["Prices__GoodFor"] = "3650.00:00:00",
            ["Providers__Models__kling"] = "fal",
            ["Providers__Models__sora-2"] = "fal",
        });
        _process.Start();
        await Eventually.HoldsAsync(ReadyAsync, TimeSpan.FromSeconds(90));
        _channel = new GrpcChannel(GrpcAddress, TimeProvider.System);
        Client = new CostClient(_channel, Options.Create(new CostClientOptions { Deadline = TimeSpan.FromSeconds(20) }));
        _bus = Bus.Factory.CreateUsingRabbitMq(rabbit => rabbit.Host(new Uri(_vhost.Uri)));
        await _bus.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await _bus.StopAsync();
        _channel.Dispose();
        _process.Dispose();
        await _vhost.DisposeAsync();
        await _database.DisposeAsync();
    }

    public Task PublishAsync(params ItemSettlement[] items) => _bus.Publish(new SettleItems(items));

    public async Task<(HttpStatusCode Status, JsonNode Body)> GetAsync(string path, long? tenant = 1)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Address, path));
        if (tenant is { } id)
        {
            var token = new InternalToken(SigningKey, TimeProvider.System).Issue(new Caller(id, null, 1, ["read"]));
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        using var response = await Http.SendAsync(request);
        return (response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync())!);
    }

    private async Task<bool> ReadyAsync()
    {
        try
        {
            return (await Http.GetAsync(new Uri(Address, "/readyz"))).IsSuccessStatusCode;
        }
        catch (HttpRequestException) when (_process.Running)
        {
            return false;
        }
        catch (HttpRequestException exception)
        {
            throw new InvalidOperationException("The cost service did not start:\n" + _process.Output, exception);
        }
    }
}

[CollectionDefinition(Name)]
public sealed class CostProcessCollection : ICollectionFixture<CostProcess>
{
    public const string Name = "cost process";
}
