using Contracts.Generation;
using Jobs.Storage;
using Providers;
using Workers.Tests.Support;
using Xunit;

namespace Workers.Tests.Items;

/// <summary>What happens when an item comes again: after a crash, a redelivery, a run-out lease.</summary>
public sealed class NeverBoughtTwiceTests(Workshop workshop) : IClassFixture<Workshop>, IAsyncLifetime
{
    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => workshop.StopWorkersAsync();

    [Fact]
    public async Task The_job_stands_before_the_provider_is_asked()
    {
        var provider = new ScriptedProvider();
        await workshop.StartAsync(provider);
        var task = await workshop.TaskAsync();
        (string State, string Owner, string? Handle, string? RequestId)? seen = null;
        provider.OnSubmit = async (_, _) =>
        {
            seen = await workshop.JobAsync(task.Item);
            return await ScriptedProvider.PictureAsync("vendor-1");
        };

        await workshop.Ledger.SendAsync(task);

        var result = await workshop.Ledger.ResultAsync(task.Item);
        Assert.Null(result.Failure);
        Assert.Equal(JobStates.Submitting, seen?.State);
        var job = await workshop.JobAsync(task.Item);
        Assert.Equal((JobStates.Done, "vendor-1"), (job?.State, job?.RequestId));
    }

    [Fact]
    public async Task An_item_sent_many_times_to_two_workers_is_bought_once()
    {
        var provider = new ScriptedProvider();
        await workshop.StartAsync(provider);
        await workshop.StartAsync(provider);
        var (task, marker) = (await workshop.TaskAsync(), await workshop.TaskAsync());
        var release = new TaskCompletionSource();
        provider.OnSubmit = async (request, token) =>
        {
            await (request.RequestKey == task.RequestKey ? release.Task.WaitAsync(token) : Task.CompletedTask);
            return await ScriptedProvider.PictureAsync();
        };

        await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => workshop.Ledger.SendAsync(task, task)));
        await workshop.Ledger.SendAsync(marker);
        await workshop.Ledger.ResultAsync(marker.Item);
        release.SetResult();

        await workshop.Ledger.ResultAsync(task.Item);
        await workshop.Ledger.SendAsync(task);
        await workshop.StateIsAsync(task.Item, JobStates.Done);
        Assert.Equal(1, provider.SubmitsOf(task.Item));
        Assert.All(workshop.Ledger.ResultsOf(task.Item), result => Assert.Null(result.Failure));
    }

    [Fact]
    public async Task A_repeat_of_a_done_item_sends_the_stored_result_again()
    {
        var provider = new ScriptedProvider();
        await workshop.StartAsync(provider);
        var task = await workshop.TaskAsync();
        await workshop.Ledger.SendAsync(task);
        var first = await workshop.Ledger.ResultAsync(task.Item);

        await workshop.Ledger.SendAsync(task);

        var again = await workshop.Ledger.ResultAsync(task.Item, nth: 2);
        Assert.Equal(first.Outputs[0], again.Outputs[0]);
        Assert.Equal((first.ReportedCost, first.StartedAt, first.FinishedAt), (again.ReportedCost, again.StartedAt, again.FinishedAt));
        Assert.Equal(0.05m, again.ReportedCost);
        Assert.Equal(1, provider.SubmitsOf(task.Item));
    }

    [Fact]
    public async Task A_repeat_of_a_failed_item_sends_the_stored_failure_again()
    {
        var provider = new ScriptedProvider { OnSubmit = (_, _) => Task.FromResult<ProviderResult>(new ProviderResult.Failed(new ItemFailure(FailureKind.ContentRefused, "No.\0"))) };
        await workshop.StartAsync(provider);
        var task = await workshop.TaskAsync();
        await workshop.Ledger.SendAsync(task);
        await workshop.Ledger.ResultAsync(task.Item);

        await workshop.Ledger.SendAsync(task);

        var again = await workshop.Ledger.ResultAsync(task.Item, nth: 2);
        Assert.Equal(new ItemFailure(FailureKind.ContentRefused, "No."), again.Failure);
        Assert.Equal(JobStates.Failed, await workshop.StateAsync(task.Item));
        Assert.Equal(1, provider.SubmitsOf(task.Item));
    }

    [Fact]
    public async Task An_item_whose_owner_lives_is_dropped()
    {
        var provider = new ScriptedProvider { Resubmit = Resubmit.Safe };
        await workshop.StartAsync(provider, settings: ("Worker:Concurrency", "1"));
        var (task, marker) = (await workshop.TaskAsync(), await workshop.TaskAsync());
        await workshop.LeaveJobAsync(task, ownerLives: true);

        await workshop.Ledger.SendAsync(task);
        await workshop.Ledger.SendAsync(marker);

        await workshop.Ledger.ResultAsync(marker.Item);
        Assert.Equal(0, provider.SubmitsOf(task.Item));
        Assert.Empty(workshop.Ledger.ResultsOf(task.Item));
        Assert.StartsWith("other:", (await workshop.JobAsync(task.Item))?.Owner, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_submit_of_unknown_fate_is_not_sent_again()
    {
        var provider = new ScriptedProvider { Resubmit = Resubmit.Never };
        await workshop.StartAsync(provider);
        var task = await workshop.TaskAsync();
        await workshop.LeaveJobAsync(task, ownerLives: false);

        await workshop.Ledger.SendAsync(task);

        Assert.Equal(FailureKind.OutcomeUnknown, (await workshop.Ledger.ResultAsync(task.Item)).Failure?.Kind);
        Assert.Equal(0, provider.SubmitsOf(task.Item));
        Assert.Equal(JobStates.Unknown, await workshop.StateAsync(task.Item));
    }

    [Fact]
    public async Task A_submit_of_unknown_fate_is_sent_again_with_the_same_key_where_that_is_safe()
    {
        var provider = new ScriptedProvider { Resubmit = Resubmit.Safe };
        await workshop.StartAsync(provider);
        var task = await workshop.TaskAsync();
        await workshop.LeaveJobAsync(task, ownerLives: false);

        await workshop.Ledger.SendAsync(task);

        Assert.Null((await workshop.Ledger.ResultAsync(task.Item)).Failure);
        Assert.Equal(1, provider.SubmitsOf(task.Item));
    }

    [Theory]
    [InlineData(Resubmit.Safe, null)]
    [InlineData(Resubmit.Never, FailureKind.OutcomeUnknown)]
    public async Task A_submit_whose_owner_died_is_taken_over_without_any_message(Resubmit resubmit, FailureKind? expected)
    {
        var provider = new ScriptedProvider { Resubmit = resubmit };
        await workshop.StartAsync(provider, settings: ("Worker:AliveFor", "00:00:01"));
        var task = await workshop.TaskAsync();

        await workshop.LeaveJobAsync(task, ownerLives: false, late: true);

        Assert.Equal(expected, (await workshop.Ledger.ResultAsync(task.Item)).Failure?.Kind);
        Assert.Equal(expected is null ? 1 : 0, provider.SubmitsOf(task.Item));
        await workshop.StateIsAsync(task.Item, expected is null ? JobStates.Done : JobStates.Unknown);
    }

    [Fact]
    public async Task A_submit_of_a_dead_owner_whose_pipeline_was_paused_meanwhile_is_turned_away_for_good()
    {
        var provider = new ScriptedProvider { Resubmit = Resubmit.Safe };
        await workshop.StartAsync(provider);
        var task = await workshop.TaskAsync();
        await workshop.LeaveJobAsync(task, ownerLives: false);
        await workshop.RaiseEpochAsync(task.Item, "1");

        await workshop.Ledger.SendAsync(task);

        Assert.Equal(FailureKind.Cancelled, (await workshop.Ledger.ResultAsync(task.Item)).Failure?.Kind);
        Assert.Equal(0, provider.SubmitsOf(task.Item));
        Assert.Equal(JobStates.Failed, await workshop.StateAsync(task.Item));
    }

    [Fact]
    public async Task A_job_of_a_dead_owner_whose_provider_is_gone_is_not_said_to_be_unbought()
    {
        await workshop.StartAsync(new ScriptedProvider());
        var task = await workshop.TaskAsync(provider: "gone");
        await workshop.LeaveJobAsync(task, ownerLives: false);

        await workshop.Ledger.SendAsync(task);

        Assert.Equal(FailureKind.OutcomeUnknown, (await workshop.Ledger.ResultAsync(task.Item)).Failure?.Kind);
    }

    [Fact]
    public async Task An_accepted_job_of_a_dead_owner_is_polled_not_submitted()
    {
        var provider = new ScriptedProvider();
        await workshop.StartAsync(provider);
        var task = await workshop.TaskAsync();
        await workshop.LeaveJobAsync(task, ownerLives: false, handle: "h-1");

        await workshop.Ledger.SendAsync(task);

        Assert.Null((await workshop.Ledger.ResultAsync(task.Item)).Failure);
        Assert.Equal(0, provider.SubmitsOf(task.Item));
        Assert.Contains("h-1", provider.Polls);
    }

    [Fact]
    public async Task What_was_turned_away_is_not_submitted_as_the_same_attempt_when_a_copy_of_its_command_comes_later()
    {
        var provider = new ScriptedProvider();
        await workshop.StartAsync(provider);
        var task = await workshop.TaskAsync();
        await workshop.RaiseEpochAsync(task.Item, "1");
        await workshop.Ledger.SendAsync(task);
        Assert.Equal(FailureKind.Cancelled, (await workshop.Ledger.ResultAsync(task.Item)).Failure?.Kind);
        await workshop.RaiseEpochAsync(task.Item, "0");

        await workshop.Ledger.SendAsync(task);

        // The ledger has long since tried it again as the next attempt.
        Assert.Equal(FailureKind.Cancelled, (await workshop.Ledger.ResultAsync(task.Item, nth: 2)).Failure?.Kind);
        Assert.Equal(0, provider.SubmitsOf(task.Item));
        Assert.Equal(JobStates.Refused, await workshop.StateAsync(task.Item));
    }

    [Theory]
    [InlineData(JobStates.Unknown)]
    [InlineData(JobStates.Failed)]
    public async Task A_success_that_turns_up_replaces_what_others_believed(string believed)
    {
        var provider = new ScriptedProvider();
        var release = new TaskCompletionSource();
        provider.OnSubmit = async (_, token) => { await release.Task.WaitAsync(token); return await ScriptedProvider.PictureAsync(); };
        await workshop.StartAsync(provider);
        var task = await workshop.TaskAsync();
        await workshop.Ledger.SendAsync(task);
        await workshop.StateIsAsync(task.Item, JobStates.Submitting);
        // Another process believed this one dead and gave the job up.
        await workshop.ExecuteAsync("update worker.provider_jobs set state = $2, result = '{}' where item_id = $1", task.Item.ItemId, believed);

        release.SetResult();

        Assert.Null((await workshop.Ledger.ResultAsync(task.Item)).Failure);
        Assert.Equal(JobStates.Done, await workshop.StateAsync(task.Item));
    }
}
