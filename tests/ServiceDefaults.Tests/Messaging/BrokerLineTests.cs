using MassTransit;
using Microsoft.Extensions.Logging.Abstractions;
using ServiceDefaults.Messaging;
using Testing;
using Xunit;

namespace ServiceDefaults.Tests.Messaging;

/// <summary>A bus on a line that freezes while it looks open, with heartbeats too rare to notice.</summary>
public sealed class BrokerLineTests
{
    [Fact]
    public async Task A_line_that_stands_still_is_cut_and_what_waits_goes_on_the_next()
    {
        await using var bus = await RelayedBus.StartAsync(new Dictionary<string, string?>
        {
            ["Broker:SendLimit"] = "00:00:01", ["Broker:StandstillAfter"] = "00:00:02", ["Broker:Heartbeat"] = "00:05:00",
        });
        await Eventually.HoldsAsync(() => bus.SentAsync("before"));
        bus.Relay.FreezeOpen();
        Assert.False(await bus.SentAsync("on the frozen line"));

        await Eventually.HoldsAsync(() => bus.SentAsync("on the next"), TimeSpan.FromSeconds(30));
        Assert.False(bus.Stopping.IsCancellationRequested);
    }

    [Fact]
    public async Task A_sender_whose_channel_goes_down_under_it_stands_still_as_before()
    {
        var (line, clock) = await StandingStillAsync();
        for (var cut = 0; cut < 5; cut++)
        {
            clock.Now += TimeSpan.FromSeconds(1);
            await Assert.ThrowsAsync<ObjectDisposedException>(
                () => line.ConfirmedAsync("notes", Task.FromException(new ObjectDisposedException("channel")), CancellationToken.None));
            Assert.True(line.StandsStill);
        }
    }

    [Fact]
    public async Task What_is_confirmed_stands_still_no_more()
    {
        var (line, _) = await StandingStillAsync();
        await line.ConfirmedAsync("others", Task.CompletedTask, CancellationToken.None);
        Assert.True(line.StandsStill);
        await line.ConfirmedAsync("notes", Task.CompletedTask, CancellationToken.None);
        Assert.False(line.StandsStill);
    }

    [Fact]
    public async Task A_message_that_no_queue_takes_is_answered()
    {
        await using var bus = await RelayedBus.StartAsync(new Dictionary<string, string?>());
        var nowhere = await bus.Bus.GetSendEndpoint(new Uri("exchange:nowhere"));
        Task SendAsync() => nowhere.Send(
            new Note("to nobody"), Pipe.Execute<SendContext>(context => context.GetPayload<RabbitMqSendContext>().Mandatory = true), CancellationToken.None);

        var (line, _) = await StandingStillAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => line.ConfirmedAsync("notes", SendAsync(), CancellationToken.None, TimeSpan.FromSeconds(20)));
        Assert.False(line.StandsStill);
    }

    /// <summary>A sender of <c>notes</c> that has given up on two, one at the start and one at the end of <see cref="BrokerOptions.StandstillAfter"/>.</summary>
    private static async Task<(BrokerLine Line, Clock Clock)> StandingStillAsync()
    {
        var (options, clock) = (new BrokerOptions(), new Clock());
        var line = new BrokerLine(options, clock, NullLogger<BrokerLine>.Instance);
        for (var sent = 0; sent < 2; sent++)
        {
            await Assert.ThrowsAsync<TimeoutException>(
                () => line.ConfirmedAsync("notes", new TaskCompletionSource().Task, CancellationToken.None, TimeSpan.FromMilliseconds(1)));
            clock.Now += options.StandstillAfter;
        }

        Assert.True(line.StandsStill);
        return (line, clock);
    }

    /// <summary>Tells the time as it is set; its timers are real ones.</summary>
    private sealed class Clock : TimeProvider
    {
        public TimeSpan Now { get; set; } = TimeSpan.FromDays(1);

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;
    }
}
