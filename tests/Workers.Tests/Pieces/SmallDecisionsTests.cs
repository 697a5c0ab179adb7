using Contracts.Generation;
using Jobs;
using Xunit;

namespace Workers.Tests.Pieces;

public sealed class SmallDecisionsTests
{
    [Theory]
    [InlineData(null, 3, Gate.Open)]
    [InlineData("3", 3, Gate.Open)]
    [InlineData("4", 3, Gate.Shut)]
    [InlineData("-4", 3, Gate.Open)]
    [InlineData("99999999999999999999", 3, Gate.Open)]
    [InlineData("9223372036854775807", 3, Gate.Cancelled)]
    public void The_smallest_epoch_opens_and_shuts(string? smallest, long epoch, Gate expected) => Assert.Equal(expected, EpochGate.Decide(smallest, epoch));

    [Theory]
    [InlineData(0, 500)]
    [InlineData(1, 500)]
    [InlineData(8, 2000)]
    [InlineData(3600, 5000)]
    public void Looks_get_rarer_with_age_between_two_bounds(int ageSeconds, int expectedMilliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(expectedMilliseconds), JobPoller.NextLook(TimeSpan.FromSeconds(ageSeconds), new WorkerOptions()));

    [Fact]
    public void What_another_process_may_have_taken_over_does_not_stay_in_hand_for_ever()
    {
        var clock = new SetClock();
        var hand = new Hand(clock);
        var item = new ItemRef(1, 2, 3, 4, 1, 0);
        hand.Keep(item, clock.GetUtcNow(), TimeSpan.FromSeconds(10));
        Assert.False(hand.Take(item));
        clock.Now += TimeSpan.FromSeconds(9);
        Assert.Single(hand.Running(TimeSpan.Zero));

        clock.Now += TimeSpan.FromSeconds(2);

        Assert.Empty(hand.Running(TimeSpan.Zero));
        Assert.True(hand.Take(item));
    }

    [Fact]
    public void What_has_not_been_submitted_yet_is_not_said_to_run()
    {
        var clock = new SetClock();
        var hand = new Hand(clock);
        var item = new ItemRef(1, 2, 3, 4, 1, 0);
        Assert.True(hand.Take(item));
        Assert.Empty(hand.Running(TimeSpan.Zero));
        hand.Begin(item);
        Assert.Empty(hand.Running(TimeSpan.FromSeconds(1)));
        clock.Now += TimeSpan.FromSeconds(1);
        Assert.Single(hand.Running(TimeSpan.FromSeconds(1)));
        hand.Drop(item);
        Assert.Empty(hand.Running(TimeSpan.Zero));
    }

    private sealed class SetClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
