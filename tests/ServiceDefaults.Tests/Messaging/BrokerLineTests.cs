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
}
