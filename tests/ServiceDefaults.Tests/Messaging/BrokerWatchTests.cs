using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ServiceDefaults.Messaging;
using Testing;
using Xunit;

namespace ServiceDefaults.Tests.Messaging;

/// <summary>A bus on lines that freeze whatever is done, with heartbeats too rare to notice.</summary>
public sealed class BrokerWatchTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_process_whose_bus_is_ill_for_long_ends_where_others_are_served_and_waits_where_nobody_is(bool answers)
    {
        var vhost = await TestVhost.CreateAsync();
        var broker = new Uri(vhost.Uri);
        using var relay = new Relay($"127.0.0.1:{broker.Port}");
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["urls"] = "http://127.0.0.1:0",
            ["ConnectionStrings:rabbitmq"] = new UriBuilder(broker) { Port = relay.Port }.Uri.ToString(),
            ["Broker:SendLimit"] = "00:00:01",
            ["Broker:StandstillAfter"] = "00:00:02",
            ["Broker:EndAfter"] = "00:00:04",
            ["Broker:Heartbeat"] = "00:05:00",
        });
        builder.Services.AddSingleton<BrokerProbe>(new Probe(answers));
        builder.AddPipelineMessaging();
        var app = builder.Build();
        var stopping = app.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        var (line, bus) = (app.Services.GetRequiredService<BrokerLine>(), app.Services.GetRequiredService<IBus>());
        await app.StartAsync();
        try
        {
            await Eventually.HoldsAsync(() => SentAsync(line, bus));
            Assert.False(line.StandsStill);
            relay.Freeze();
            for (var sent = 0; sent < 12 && !stopping.IsCancellationRequested; sent++)
            {
                await SentAsync(line, bus);
            }

            Assert.Equal(answers, stopping.IsCancellationRequested);
            Assert.Equal(answers ? 75 : 0, Environment.ExitCode);
        }
        finally
        {
            Environment.ExitCode = 0;
            relay.Thaw();
            await app.StopAsync();
            await app.DisposeAsync();
            await vhost.DisposeAsync();
        }
    }

    [Fact]
    public async Task The_probe_tells_a_broker_that_is_there_from_one_that_is_not()
    {
        var vhost = await TestVhost.CreateAsync();
        Assert.True(await new BrokerProbe(new Uri(vhost.Uri)).AnswersAsync(CancellationToken.None));
        Assert.False(await new BrokerProbe(new Uri("amqp://127.0.0.1:9")).AnswersAsync(CancellationToken.None));
        await vhost.DisposeAsync();
    }

    private static async Task<bool> SentAsync(BrokerLine line, IBus bus)
    {
        try
        {
            await line.ConfirmedAsync("notes", bus.Publish(new Note("text"), CancellationToken.None), CancellationToken.None);
            return true;
        }
        catch (Exception exception) when (exception is TimeoutException or RabbitMqConnectionException or MassTransitException)
        {
            return false;
        }
    }

    private sealed class Probe(bool answers) : BrokerProbe(new Uri("amqp://127.0.0.1:9"))
    {
        public override Task<bool> AnswersAsync(CancellationToken cancellationToken) => Task.FromResult(answers);
    }
}
