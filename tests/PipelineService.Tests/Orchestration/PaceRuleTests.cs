using PipelineService.Orchestration;

namespace PipelineService.Tests.Orchestration;

public sealed class PaceRuleTests
{
    private static readonly OrchestrationOptions Options = new() { MinWindow = 16, MaxWindow = 400, WindowTime = TimeSpan.FromMilliseconds(200) };

    [Theory]
    [InlineData(100, 100, true, 200)]
    [InlineData(100, 10, true, 200)]
    [InlineData(100, 200, true, 100)]
    [InlineData(100, 250, true, 80)]
    [InlineData(100, 4000, true, 50)]
    [InlineData(300, 50, true, 400)]
    [InlineData(20, 4000, true, 16)]
    public void The_window_follows_what_items_wait_at_most_twofold_at_a_time_between_its_bounds(double window, int waitMilliseconds, bool filled, double expected) =>
        Assert.Equal(expected, PaceRule.AfterResults(window, TimeSpan.FromMilliseconds(waitMilliseconds), filled, Options), 3);

    [Fact]
    public void A_window_that_held_nothing_back_does_not_grow_but_may_shrink()
    {
        Assert.Equal(100, PaceRule.AfterResults(100, TimeSpan.FromMilliseconds(1), filled: false, Options));
        Assert.Equal(50, PaceRule.AfterResults(100, TimeSpan.FromSeconds(9), filled: false, Options));
    }

    [Fact]
    public void A_lane_that_was_silent_for_longer_than_its_items_take_begins_again_with_little()
    {
        Assert.Equal(300, PaceRule.AfterSilence(300, 0.01, TimeSpan.FromMilliseconds(90), Options));
        Assert.Equal(16, PaceRule.AfterSilence(300, 0.01, TimeSpan.FromMilliseconds(110), Options));
        Assert.Equal(300, PaceRule.AfterSilence(300, 60, TimeSpan.FromSeconds(100), Options));
        Assert.Equal(16, PaceRule.AfterSilence(300, 60, TimeSpan.FromSeconds(121), Options));
        Assert.Equal(16, PaceRule.AfterSilence(16, double.PositiveInfinity, TimeSpan.FromHours(1), Options));
    }

    [Theory]
    [InlineData(200, 0.01, 50)]
    [InlineData(2000, 0.01, 64)]
    [InlineData(16, 0.01, 4)]
    [InlineData(3, 0.01, 1)]
    [InlineData(400, 20, 1)]
    [InlineData(400, double.PositiveInfinity, 1)]
    public void Slow_items_travel_alone_and_fast_ones_together(double window, double service, int size) => Assert.Equal(size, PaceRule.MessageSize(window, service));
}
