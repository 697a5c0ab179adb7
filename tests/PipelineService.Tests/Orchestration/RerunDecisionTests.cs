using PipelineService.Orchestration;
using PipelineService.Pipelines;
using static PipelineService.Orchestration.RunEffect;

namespace PipelineService.Tests.Orchestration;

/// <summary>What a rerun opens again, and how what it opened ends.</summary>
public sealed class RerunDecisionTests
{
    private static StepState Step(long id, StepStatus status, bool checkpoint = false, int open = 0, int succeeded = 2, int failed = 0) =>
        new(id, (int)id, status, false, checkpoint, open, succeeded, failed);

    private static RunState State(PipelineStatus status, StatusReason? reason, params StepState[] steps) =>
        new(status, reason, PipelineMode.Auto, OnItemFailure.Continue, false, steps);

    private static IReadOnlyList<RunEffect> Rerun(RunState state, bool cascade = false) => PipelineDecisions.Rerun(state, 1, 77, 5, cascade).Effects;

    [Theory]
    [InlineData(PipelineStatus.Pending, "run")]
    [InlineData(PipelineStatus.Failed, "retry")]
    [InlineData(PipelineStatus.Cancelled, "clone")]
    public void It_is_refused_where_something_else_comes_first(PipelineStatus status, string instead) =>
        Assert.Contains(instead, PipelineDecisions.Rerun(State(status, null, Step(1, StepStatus.Completed)), 1, 77, 5, false).Refusal, StringComparison.Ordinal);

    [Fact]
    public void A_finished_run_opens_for_the_one_step_alone() => Assert.Equal(
        [new Repeat(1, 77, 5, false), new SetStep(1, StepStatus.Running), new SetPipeline(PipelineStatus.Running)],
        Rerun(State(PipelineStatus.Completed, null, Step(1, StepStatus.Completed), Step(2, StepStatus.Completed))));

    [Fact]
    public void With_cascade_the_later_steps_open_too() => Assert.Equal(
        [new Repeat(1, 77, 5, true), new SetStep(1, StepStatus.Running), new SetStep(2, StepStatus.Running), new SetPipeline(PipelineStatus.Running)],
        Rerun(State(PipelineStatus.Completed, null, Step(1, StepStatus.Completed), Step(2, StepStatus.Completed)), cascade: true));

    [Fact]
    public void In_a_running_step_only_an_item_is_added() =>
        Assert.Equal([new Repeat(1, 77, 5, false)], Rerun(State(PipelineStatus.Running, null, Step(1, StepStatus.Running, open: 3), Step(2, StepStatus.Running))));

    [Fact]
    public void In_review_it_is_one_more_to_choose_from() => Assert.Equal(
        [new Repeat(1, 77, 5, true), new SetStep(1, StepStatus.Running), new SetPipeline(PipelineStatus.Running)],
        Rerun(State(PipelineStatus.Paused, StatusReason.Review, Step(1, StepStatus.Review, checkpoint: true), Step(2, StepStatus.Pending))));

    [Fact]
    public void A_pause_stands_and_the_item_waits() => Assert.Equal(
        [new Repeat(1, 77, 5, false), new SetStep(1, StepStatus.Running), new Hold(1, true)],
        Rerun(State(PipelineStatus.Paused, StatusReason.User, Step(1, StepStatus.Completed), Step(2, StepStatus.Pending, succeeded: 0))));

    [Fact]
    public void A_step_that_ran_again_ends_the_run_when_the_later_ones_have_ended() => Assert.Equal(
        [new SetStep(1, StepStatus.Completed), new SetPauseRequested(false), new SetPipeline(PipelineStatus.Completed)],
        PipelineDecisions.StepDrained(State(PipelineStatus.Running, null, Step(1, StepStatus.Running), Step(2, StepStatus.Completed)), 1).Effects);

    [Fact]
    public void A_later_step_in_review_is_waited_for_again() => Assert.Equal(
        [new SetStep(1, StepStatus.Completed), new SetPauseRequested(false), new SetPipeline(PipelineStatus.Paused, StatusReason.Review)],
        PipelineDecisions.StepDrained(State(PipelineStatus.Running, null, Step(1, StepStatus.Running), Step(2, StepStatus.Review, checkpoint: true)), 1).Effects);

    [Fact]
    public void An_approval_after_a_rerun_ends_the_run_when_nothing_is_left() => Assert.Equal(
        [new SetStep(1, StepStatus.Completed), new SetPipeline(PipelineStatus.Completed)],
        PipelineDecisions.Approve(State(PipelineStatus.Paused, StatusReason.Review, Step(1, StepStatus.Review, checkpoint: true), Step(2, StepStatus.Completed)), 1).Effects);

    [Fact]
    public void A_retry_opens_a_failed_step_behind_it_so_that_the_run_can_end() => Assert.Contains(
        new SetStep(2, StepStatus.Running),
        PipelineDecisions.Retry(State(PipelineStatus.Failed, null, Step(1, StepStatus.Completed, failed: 1), Step(2, StepStatus.Failed, succeeded: 0, failed: 2)), 1, null).Effects);

    [Fact]
    public void Manual_mode_does_not_wait_again_before_a_step_that_has_begun()
    {
        var state = State(PipelineStatus.Paused, StatusReason.Review, Step(1, StepStatus.Review, checkpoint: true), Step(2, StepStatus.Running, checkpoint: true)) with { Mode = PipelineMode.Manual };

        Assert.Equal(
            [new SetStep(1, StepStatus.Completed), new SetPipeline(PipelineStatus.Running), new SetStep(2, StepStatus.Running), new Hold(2, false), new Advance(1, 2)],
            PipelineDecisions.Approve(state, 1).Effects);
    }
}
