using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ServiceDefaults.Messaging;
using Testing;

namespace ServiceDefaults.Tests.Messaging;

public sealed record Note(string Text);

/// <summary>A bus as every service has it, on a virtual host of its own and a line that a test can cut or freeze.</summary>
internal sealed class RelayedBus : IAsyncDisposable
{
    private readonly TestVhost _vhost;
    private readonly WebApplication _app;

    private RelayedBus(TestVhost vhost, Relay relay, WebApplication app) => (_vhost, Relay, _app) = (vhost, relay, app);

    public Relay Relay { get; }

    /// <summary>Of the broker itself, past the relay.</summary>
    public Uri Broker => new(_vhost.Uri);

    public IBus Bus => Get<IBus>();

    public CancellationToken Stopping => Get<IHostApplicationLifetime>().ApplicationStopping;

    public static async Task<RelayedBus> StartAsync(
        IReadOnlyDictionary<string, string?> settings, Action<IServiceCollection>? services = null, Action<IBusRegistrationConfigurator>? bus = null)
    {
        var vhost = await TestVhost.CreateAsync();
        var broker = new Uri(vhost.Uri);
        var relay = new Relay($"127.0.0.1:{broker.Port}");
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(settings.Append(new("urls", "http://127.0.0.1:0"))
            .Append(new("ConnectionStrings:rabbitmq", new UriBuilder(broker) { Port = relay.Port }.Uri.ToString())));
        services?.Invoke(builder.Services);
        builder.AddPipelineMessaging(bus);
        var app = builder.Build();
        await app.StartAsync();
        return new RelayedBus(vhost, relay, app);
    }

    public T Get<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    /// <summary>Whether it was confirmed in time.</summary>
    public async Task<bool> SentAsync(string text)
    {
        try
        {
            await Get<BrokerLine>().ConfirmedAsync("notes", Bus.Publish(new Note(text), CancellationToken.None), CancellationToken.None);
            return true;
        }
        // The client may take a channel down under who is sending on it, who is told so in its own way (decision 3).
        catch (Exception exception) when (exception is TimeoutException or RabbitMqConnectionException or MassTransitException or ObjectDisposedException)
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Relay.Thaw();
        await _app.StopAsync();
        await _app.DisposeAsync();
        Relay.Dispose();
        await _vhost.DisposeAsync();
    }
}
