using Contracts.Generation;
using PipelineService.Orchestration;
using PipelineService.Pipelines;

namespace PipelineService.Tests.Orchestration;

public sealed class ItemDecisionsTests
{
    private static readonly OrchestrationOptions Options = new();

    private static ResultDecision On(ItemFacts item, ItemFailure? failure, int? attempt = null, bool cancelled = false) =>
        ItemDecisions.OnResult(item, attempt ?? item.Attempt, failure, cancelled, Options, 1);

    private static ItemFacts Running(int attempt = 1, int failures = 0, bool cancelRequested = false) => new(ItemStatus.Running, attempt, failures, cancelRequested, null);

    private static ItemFailure Failure(FailureKind kind, TimeSpan? after = null) => new(kind, "why", after);

    [Theory]
    [InlineData(ItemStatus.Queued)]
    [InlineData(ItemStatus.Dispatched)]
    [InlineData(ItemStatus.Running)]
    public void A_paid_result_is_taken_wherever_the_item_stands(ItemStatus status) =>
        Assert.Equal(ResultMeaning.Succeed, On(new ItemFacts(status, 2, 0, false, null), null, attempt: 1).Meaning);

    [Fact]
    public void A_repeat_of_a_success_changes_nothing() =>
        Assert.Equal(ResultMeaning.Drop, On(new ItemFacts(ItemStatus.Succeeded, 1, 0, false, null), null).Meaning);

    [Fact]
    public void A_second_paid_result_of_another_attempt_is_booked_late() =>
        Assert.Equal(ResultMeaning.BookLate, On(new ItemFacts(ItemStatus.Succeeded, 2, 0, false, null), null, attempt: 1).Meaning);

    [Fact]
    public void A_paid_result_after_a_cancel_is_kept_and_booked() =>
        Assert.Equal(ResultMeaning.BookLate, On(new ItemFacts(ItemStatus.Cancelled, 1, 0, true, null), null).Meaning);

    [Fact]
    public void An_unknown_outcome_that_turns_up_is_reconciled() =>
        Assert.Equal(ResultMeaning.Reconcile, On(new ItemFacts(ItemStatus.Failed, 1, 0, false, "outcome_unknown"), null).Meaning);

    [Fact]
    public void A_failure_of_another_attempt_or_after_the_end_is_dropped()
    {
        Assert.Equal(ResultMeaning.Drop, On(Running(attempt: 2), Failure(FailureKind.ProviderDown), attempt: 1).Meaning);
        Assert.Equal(ResultMeaning.Drop, On(new ItemFacts(ItemStatus.Failed, 1, 1, false, "timed_out"), Failure(FailureKind.TimedOut)).Meaning);
    }

    [Fact]
    public void Retryable_failures_are_tried_again_until_the_attempts_are_used_up()
    {
        Assert.Equal(new ResultDecision(ResultMeaning.Requeue, TimeSpan.FromSeconds(1), true), On(Running(), Failure(FailureKind.ProviderDown)));
        Assert.Equal(ResultMeaning.Requeue, On(Running(2, failures: 1), Failure(FailureKind.ProviderDown)).Meaning);
        Assert.Equal(ResultMeaning.Fail, On(Running(3, failures: 2), Failure(FailureKind.ProviderDown)).Meaning);
    }

    [Theory]
    [InlineData(FailureKind.ContentRefused)]
    [InlineData(FailureKind.InvalidRequest)]
    [InlineData(FailureKind.OutcomeUnknown)]
    [InlineData(FailureKind.SourceMissing)]
    [InlineData(FailureKind.CrashLoop)]
    public void What_may_be_bought_twice_or_cannot_work_is_never_tried_again(FailureKind kind) => Assert.Equal(ResultMeaning.Fail, On(Running(), Failure(kind)).Meaning);

    [Fact]
    public void A_rate_limit_waits_as_long_as_asked_and_does_not_count() =>
        Assert.Equal(new ResultDecision(ResultMeaning.Requeue, TimeSpan.FromSeconds(7), false), On(Running(9, failures: 2), Failure(FailureKind.RateLimited, TimeSpan.FromSeconds(7))));

    [Fact]
    public void A_bad_account_pauses_the_run_and_burns_no_attempt() =>
        Assert.Equal(ResultMeaning.PauseForAccount, On(Running(), Failure(FailureKind.Unauthorized)).Meaning);

    [Fact]
    public void Work_that_was_asked_to_stop_ends_cancelled()
    {
        Assert.Equal(ResultMeaning.Cancel, On(Running(cancelRequested: true), Failure(FailureKind.ProviderDown)).Meaning);
        Assert.Equal(ResultMeaning.Cancel, On(Running(), Failure(FailureKind.Cancelled), cancelled: true).Meaning);
        Assert.Equal(ResultMeaning.Requeue, On(Running(), Failure(FailureKind.Cancelled)).Meaning);
    }

    [Fact]
    public void Delays_double_with_jitter_up_to_the_longest()
    {
        Assert.Equal(0.5, ItemDecisions.Delay(0, Options, 0).TotalSeconds);
        Assert.Equal(4, ItemDecisions.Delay(2, Options, 1).TotalSeconds);
        Assert.Equal(60, ItemDecisions.Delay(30, Options, 1).TotalSeconds);
    }
}
