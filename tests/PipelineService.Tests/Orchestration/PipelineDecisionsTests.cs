using PipelineService.Orchestration;
using PipelineService.Pipelines;
using static PipelineService.Orchestration.RunEffect;

namespace PipelineService.Tests.Orchestration;

public sealed class PipelineDecisionsTests
{
    private static StepState Step(long id, StepStatus status, bool checkpoint = false, int open = 0, int succeeded = 0, int failed = 0, bool skip = false) =>
        new(id, (int)id, status, skip, checkpoint, open, succeeded, failed);

    private static RunState State(PipelineStatus status, params StepState[] steps) => new(status, null, PipelineMode.Auto, OnItemFailure.Continue, false, steps);

    private static RunState ThreeSteps(PipelineStatus status, StepStatus first, StepStatus second, StepStatus third) =>
        State(status, Step(1, first, succeeded: 5), Step(2, second), Step(3, third));

    [Fact]
    public void The_call_table_holds_for_every_state()
    {
        // docs/lifecycle.md; + something is done, 0 already so, - refused.
        var expected = new Dictionary<string, string>
        {
            ["run"] = "pending+ running0 paused+ review- completed- failed+ cancelled-",
            ["pause"] = "pending- running+ paused0 review0 completed- failed- cancelled-",
            ["cancel"] = "pending+ running+ paused+ review+ completed- failed+ cancelled0",
            ["retry"] = "pending- running+ paused+ review+ completed+ failed+ cancelled-",
        };
        var states = new (string Name, RunState State)[]
        {
            ("pending", State(PipelineStatus.Pending, Step(1, StepStatus.Pending), Step(2, StepStatus.Pending))),
            ("running", State(PipelineStatus.Running, Step(1, StepStatus.Running, open: 3, failed: 1), Step(2, StepStatus.Pending))),
            ("paused", State(PipelineStatus.Paused, Step(1, StepStatus.Running, open: 3, failed: 1), Step(2, StepStatus.Pending)) with { Reason = StatusReason.User }),
            ("review", State(PipelineStatus.Paused, Step(1, StepStatus.Review, checkpoint: true, succeeded: 2, failed: 1), Step(2, StepStatus.Pending)) with { Reason = StatusReason.Review }),
            ("completed", State(PipelineStatus.Completed, Step(1, StepStatus.Completed, succeeded: 2, failed: 1), Step(2, StepStatus.Completed, succeeded: 2))),
            ("failed", State(PipelineStatus.Failed, Step(1, StepStatus.Failed, failed: 1), Step(2, StepStatus.Cancelled))),
            ("cancelled", State(PipelineStatus.Cancelled, Step(1, StepStatus.Cancelled, failed: 1), Step(2, StepStatus.Cancelled))),
        };

        foreach (var (call, row) in expected)
        {
            var actual = string.Join(' ', states.Select(entry => entry.Name + Outcome(Call(call, entry.State))));
            Assert.Equal(row, actual);
        }
    }

    [Fact]
    public void A_start_skips_what_is_left_out_and_expands_the_first_step_that_runs()
    {
        var decision = PipelineDecisions.Run(State(PipelineStatus.Pending, Step(1, StepStatus.Pending, skip: true), Step(2, StepStatus.Pending)));

        Assert.Contains(new SetStep(1, StepStatus.Skipped), decision.Effects);
        Assert.Contains(new ExpandInputs(2), decision.Effects);
    }

    [Fact]
    public void A_pause_lets_the_running_step_end_and_holds_the_others()
    {
        var decision = PipelineDecisions.Pause(ThreeSteps(PipelineStatus.Running, StepStatus.Running, StepStatus.Running, StepStatus.Pending), now: false);

        Assert.Equal([new Hold(2, true), new Hold(3, true), new SetPauseRequested(true)], decision.Effects);
    }

    [Fact]
    public void A_pause_now_stops_sending_at_once()
    {
        var decision = PipelineDecisions.Pause(ThreeSteps(PipelineStatus.Running, StepStatus.Running, StepStatus.Pending, StepStatus.Pending), now: true);

        Assert.Contains(new Hold(1, true), decision.Effects);
        Assert.Contains(new RaiseEpoch(), decision.Effects);
        Assert.Contains(new SetPipeline(PipelineStatus.Paused, StatusReason.User), decision.Effects);
    }

    [Fact]
    public void A_drained_step_with_a_checkpoint_waits_for_review()
    {
        var decision = PipelineDecisions.StepDrained(
            State(PipelineStatus.Running, Step(1, StepStatus.Running, checkpoint: true, succeeded: 4), Step(2, StepStatus.Pending)), 1);

        Assert.Contains(new SetStep(1, StepStatus.Review), decision.Effects);
        Assert.Contains(new SetPipeline(PipelineStatus.Paused, StatusReason.Review), decision.Effects);
    }

    [Fact]
    public void A_step_does_not_end_before_its_predecessor()
    {
        var state = State(PipelineStatus.Running, Step(1, StepStatus.Running, open: 1, succeeded: 4), Step(2, StepStatus.Running, succeeded: 4));

        Assert.Empty(PipelineDecisions.StepDrained(state, 2).Effects);
    }

    [Fact]
    public void The_last_result_of_a_step_also_ends_the_steps_that_rolled_ahead()
    {
        var state = State(PipelineStatus.Running, Step(1, StepStatus.Running, succeeded: 4), Step(2, StepStatus.Running, succeeded: 4), Step(3, StepStatus.Running, succeeded: 4));

        Assert.Equal(
            [new SetStep(1, StepStatus.Completed), new SetStep(2, StepStatus.Completed), new SetStep(3, StepStatus.Completed), new SetPauseRequested(false), new SetPipeline(PipelineStatus.Completed)],
            PipelineDecisions.StepDrained(state, 1).Effects);
    }

    [Fact]
    public void A_repeat_of_a_drained_message_changes_nothing() =>
        Assert.Empty(PipelineDecisions.StepDrained(State(PipelineStatus.Running, Step(1, StepStatus.Completed, succeeded: 4), Step(2, StepStatus.Running, open: 2)), 1).Effects);

    [Fact]
    public void A_drained_message_after_a_cancel_changes_nothing() =>
        Assert.Empty(PipelineDecisions.StepDrained(State(PipelineStatus.Cancelled, Step(1, StepStatus.Cancelled)), 1).Effects);

    [Fact]
    public void When_all_items_failed_the_pipeline_fails_and_later_steps_are_cancelled()
    {
        var decision = PipelineDecisions.StepDrained(State(PipelineStatus.Running, Step(1, StepStatus.Running, failed: 3), Step(2, StepStatus.Pending)), 1);

        Assert.Contains(new SetStep(1, StepStatus.Failed), decision.Effects);
        Assert.Contains(new SetStep(2, StepStatus.Cancelled), decision.Effects);
        Assert.Contains(new SetPipeline(PipelineStatus.Failed), decision.Effects);
    }

    [Fact]
    public void Some_failures_go_on_or_stop_as_asked()
    {
        var state = State(PipelineStatus.Running, Step(1, StepStatus.Running, succeeded: 2, failed: 1), Step(2, StepStatus.Pending));

        Assert.Contains(new SetStep(1, StepStatus.Completed), PipelineDecisions.StepDrained(state, 1).Effects);
        Assert.Contains(new SetStep(1, StepStatus.Failed), PipelineDecisions.StepDrained(state with { OnItemFailure = OnItemFailure.Stop }, 1).Effects);
    }

    [Fact]
    public void A_step_that_drains_while_paused_queues_the_next_one_held()
    {
        var state = State(PipelineStatus.Paused, Step(1, StepStatus.Running, succeeded: 2), Step(2, StepStatus.Pending)) with { Reason = StatusReason.Budget };
        var decision = PipelineDecisions.StepDrained(state, 1);

        Assert.Contains(new Advance(1, 2), decision.Effects);
        Assert.DoesNotContain(decision.Effects, effect => effect is Hold or SetPipeline);
    }

    [Fact]
    public void Approval_goes_on_by_itself_in_checkpoint_mode_and_waits_in_manual_mode()
    {
        var state = State(PipelineStatus.Paused, Step(1, StepStatus.Review, checkpoint: true, succeeded: 2), Step(2, StepStatus.Pending)) with { Reason = StatusReason.Review };

        Assert.Contains(new Advance(1, 2), PipelineDecisions.Approve(state with { Mode = PipelineMode.Checkpoint }, 1).Effects);
        Assert.Equal(
            [new SetStep(1, StepStatus.Completed), new SetPipeline(PipelineStatus.Paused, StatusReason.User)],
            PipelineDecisions.Approve(state with { Mode = PipelineMode.Manual }, 1).Effects);
    }

    [Fact]
    public void Run_starts_the_next_step_of_manual_mode()
    {
        var state = State(PipelineStatus.Paused, Step(1, StepStatus.Completed, checkpoint: true, succeeded: 2), Step(2, StepStatus.Pending, checkpoint: true))
            with
        { Reason = StatusReason.User, Mode = PipelineMode.Manual };

        Assert.Contains(new Advance(1, 2), PipelineDecisions.Run(state).Effects);
    }

    [Fact]
    public void A_retry_of_a_failed_run_opens_what_the_failure_had_cancelled()
    {
        var state = State(PipelineStatus.Failed, Step(1, StepStatus.Failed, failed: 3), Step(2, StepStatus.Cancelled), Step(3, StepStatus.Cancelled));
        var effects = PipelineDecisions.Retry(state, null, null).Effects;

        Assert.Contains(effects, effect => effect is Requeue { AlsoCancelled: false } requeue && requeue.StepIds.SequenceEqual([1L]));
        Assert.Contains(new SetStep(1, StepStatus.Running), effects);
        Assert.Contains(new SetStep(2, StepStatus.Pending), effects);
        Assert.Contains(new SetPipeline(PipelineStatus.Running), effects);
    }

    [Fact]
    public void A_retry_while_paused_by_a_person_stays_paused()
    {
        var state = State(PipelineStatus.Paused, Step(1, StepStatus.Running, open: 1, failed: 1)) with { Reason = StatusReason.User };

        Assert.DoesNotContain(PipelineDecisions.Retry(state, null, null).Effects, effect => effect is SetPipeline);
    }

    [Fact]
    public void A_budget_that_is_reached_pauses_and_holds_everything()
    {
        var effects = PipelineDecisions.BudgetReached(ThreeSteps(PipelineStatus.Running, StepStatus.Completed, StepStatus.Running, StepStatus.Pending)).Effects;

        Assert.Equal([new Hold(2, true), new Hold(3, true), new SetPauseRequested(false), new SetPipeline(PipelineStatus.Paused, StatusReason.Budget)], effects);
    }

    private static RunDecision Call(string call, RunState state) => call switch
    {
        "run" => PipelineDecisions.Run(state),
        "pause" => PipelineDecisions.Pause(state, now: false),
        "cancel" => PipelineDecisions.Cancel(state),
        _ => PipelineDecisions.Retry(state, null, null),
    };

    private static string Outcome(RunDecision decision) => decision switch
    {
        { Refusal: not null } => "-",
        { Effects.Count: 0 } => "0",
        _ => "+",
    };
}
