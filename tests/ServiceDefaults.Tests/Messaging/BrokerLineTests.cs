using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ServiceDefaults.Messaging;
using Testing;
using Xunit;

namespace ServiceDefaults.Tests.Messaging;

public sealed record Note(string Text);

/// <summary>A bus on a line that freezes while it looks open, with heartbeats too rare to notice.</summary>
public sealed class BrokerLineTests : IAsyncLifetime
{
    private TestVhost _vhost = null!;
    private Relay _relay = null!;
    private WebApplication _app = null!;

    private IBus Bus => _app.Services.GetRequiredService<IBus>();

    private BrokerLine Line => _app.Services.GetRequiredService<BrokerLine>();

    public async Task InitializeAsync()
    {
        _vhost = await TestVhost.CreateAsync();
        var broker = new Uri(_vhost.Uri);
        _relay = new Relay($"127.0.0.1:{broker.Port}");
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["urls"] = "http://127.0.0.1:0",
            ["ConnectionStrings:rabbitmq"] = new UriBuilder(broker) { Port = _relay.Port }.Uri.ToString(),
            ["Broker:SendLimit"] = "00:00:01",
            ["Broker:StandstillAfter"] = "00:00:02",
            ["Broker:Heartbeat"] = "00:05:00",
        });
        builder.AddPipelineMessaging();
        _app = builder.Build();
        await _app.StartAsync();
    }

    public async Task DisposeAsync()
    {
        _relay.Thaw();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _relay.Dispose();
        await _vhost.DisposeAsync();
    }

    [Fact]
    public async Task A_line_that_stands_still_is_cut_and_what_waits_goes_on_the_next()
    {
        await Eventually.HoldsAsync(() => SentAsync("before"));
        _relay.FreezeOpen();
        Assert.False(await SentAsync("on the frozen line"));

        await Eventually.HoldsAsync(() => SentAsync("on the next"), TimeSpan.FromSeconds(30));
    }

    private async Task<bool> SentAsync(string text)
    {
        try
        {
            await Line.ConfirmedAsync("notes", Bus.Publish(new Note(text), CancellationToken.None), CancellationToken.None);
            return true;
        }
        catch (Exception exception) when (exception is TimeoutException or RabbitMqConnectionException or MassTransitException)
        {
            return false;
        }
    }
}
