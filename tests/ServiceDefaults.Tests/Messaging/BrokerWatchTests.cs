using Microsoft.Extensions.DependencyInjection;
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
        var probe = new Probe(answers);
        await using var bus = await RelayedBus.StartAsync(
            new Dictionary<string, string?>
            {
                ["Broker:SendLimit"] = "00:00:01", ["Broker:StandstillAfter"] = "00:00:02", ["Broker:EndAfter"] = "00:00:04", ["Broker:Heartbeat"] = "00:05:00",
            },
            services => services.AddSingleton<BrokerProbe>(probe));
        try
        {
            await Eventually.HoldsAsync(() => bus.SentAsync("before"));
            Assert.False(bus.Get<BrokerLine>().StandsStill);
            bus.Relay.Freeze();
            await Eventually.HoldsAsync(async () => !await bus.SentAsync("on a frozen line") && (bus.Stopping.IsCancellationRequested || probe.Asked > 3), TimeSpan.FromMinutes(1));

            Assert.Equal((answers, answers ? 75 : 0), (bus.Stopping.IsCancellationRequested, Environment.ExitCode));
        }
        finally
        {
            Environment.ExitCode = 0;
        }
    }

    [Fact]
    public async Task The_probe_tells_a_broker_that_is_there_from_one_that_is_not()
    {
        await using var bus = await RelayedBus.StartAsync(new Dictionary<string, string?>());
        Assert.True(await new BrokerProbe(bus.Broker).AnswersAsync(CancellationToken.None));
        Assert.False(await new BrokerProbe(new Uri("amqp://127.0.0.1:9")).AnswersAsync(CancellationToken.None));
    }

    private sealed class Probe(bool answers) : BrokerProbe(new Uri("amqp://127.0.0.1:9"))
    {
        private int _asked;

        public int Asked => Volatile.Read(ref _asked);

        public override Task<bool> AnswersAsync(CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _asked);
            return Task.FromResult(answers);
        }
    }
}
