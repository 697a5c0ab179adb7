using PipelineService.History;
using PipelineService.Pipelines;

namespace PipelineService.Tests.History;

public sealed class TimelineTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 24, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public void What_happened_at_one_moment_stands_in_the_order_in_which_it_follows()
    {
        var entries = Timeline.Of(
            Run(PipelineStatus.Completed), [Step(At(2), At(9), StepStatus.Completed)],
            [new StatusChange(At(2), "running"), new StatusChange(At(5), "running"), new StatusChange(At(9), "completed")],
            [new FailedTogether(21, "refused", 2, At(7))]);

        Assert.Equal(
            ["created", "status running", "step_started", "failures 2", "step_finished completed", "status completed"],
            entries.Select(entry => string.Join(' ', new[] { entry.What, entry.Status, entry.Items?.ToString(System.Globalization.CultureInfo.InvariantCulture) }.OfType<string>())));
        Assert.Equal("i2i", entries[3].StepType);
    }

    [Fact]
    public void Without_the_feed_start_and_end_are_still_known()
    {
        var entries = Timeline.Of(Run(PipelineStatus.Cancelled), [], [], []);

        Assert.Equal([null, "running", "cancelled"], entries.Select(entry => entry.Status));
    }

    [Theory]
    [InlineData(3, 1, 0.75)]
    [InlineData(2, 1, 0.6667)]
    [InlineData(0, 0, null)]
    public void A_success_rate_is_of_what_came_to_an_end(int succeeded, int failed, double? rate) => Assert.Equal((decimal?)rate, RunFigures.SuccessRate(succeeded, failed));

    private static DateTimeOffset At(int seconds) => Start.AddSeconds(seconds);

    private static Pipeline Run(PipelineStatus status) => new()
    {
        Id = 7, TenantId = 1, Name = "Run", Mode = PipelineMode.Auto, Checkpoints = [], Tags = [], Status = status, CreatedAt = Start, StartedAt = At(2), FinishedAt = At(9),
    };

    private static Step Step(DateTimeOffset started, DateTimeOffset finished, StepStatus status) => new()
    {
        Id = 21, TenantId = 1, PipelineId = 7, StepType = "i2i", StepOrder = 1, Config = new StepConfig(), CreatedAt = Start, StartedAt = started, FinishedAt = finished, Status = status,
    };
}
