using Contracts.Generation;
using Jobs.Storage;
using Providers;
using Testing;
using Workers.Tests.Support;
using Xunit;

namespace Workers.Tests.Items;

/// <summary>Providers that accept a job and finish it later.</summary>
public sealed class AcceptedJobTests(Workshop workshop) : IClassFixture<Workshop>, IAsyncLifetime
{
    private static readonly Func<GenerationRequest, CancellationToken, Task<ProviderResult>> Accept =
        (request, _) => Task.FromResult<ProviderResult>(new ProviderResult.Submitted("job-of-" + request.RequestKey));

    private static readonly Func<string, GenerationRequest, CancellationToken, Task<ProviderResult>> StillRunning =
        (_, _, _) => Task.FromResult<ProviderResult>(new ProviderResult.Pending(Running: true));

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await workshop.StopWorkersAsync();
        // What one test leaves unfinished, the next one's worker would take over.
        await workshop.ExecuteAsync("delete from worker.provider_jobs");
    }

    [Fact]
    public async Task An_accepted_job_frees_its_delivery_and_its_slot_and_is_finished_by_polling()
    {
        var ready = false;
        var provider = new ScriptedProvider { OnSubmit = Accept, OnPoll = (handle, _, _) => ready ? ScriptedProvider.PictureAsync("vendor-9") : StillRunning(handle, null!, default) };
        await workshop.StartAsync(provider, settings: ("Worker:Concurrency", "1"));
        var (first, second) = (await workshop.TaskAsync(), await workshop.TaskAsync());
        await workshop.Ledger.SendAsync(first);
        await workshop.Ledger.SendAsync(second);

        await workshop.StateIsAsync(second.Item, JobStates.Submitted);
        Assert.Equal((JobStates.Submitted, "job-of-" + first.RequestKey), ((await workshop.JobAsync(first.Item))?.State, (await workshop.JobAsync(first.Item))?.Handle));
        await Eventually.GetAsync(() => workshop.WaitingAsync("generate-image"), waiting => waiting == 0);
        await Eventually.HoldsAsync(() => Task.FromResult(provider.Polls.Count >= 4));
        ready = true;

        var result = await workshop.Ledger.ResultAsync(first.Item);
        Assert.Null(result.Failure);
        Assert.NotNull(result.Outputs.Single().Media);
        Assert.Equal("vendor-9", result.ProviderRequestId);
        Assert.Equal((JobStates.Done, "vendor-9"), ((await workshop.JobAsync(first.Item))?.State, (await workshop.JobAsync(first.Item))?.RequestId));
        await workshop.Ledger.ResultAsync(second.Item);
        Assert.Equal(2, provider.Submits.Count);
    }

    [Fact]
    public async Task A_repeat_of_an_accepted_item_is_dropped()
    {
        var provider = new ScriptedProvider { OnSubmit = Accept, OnPoll = StillRunning };
        await workshop.StartAsync(provider);
        var (task, marker) = (await workshop.TaskAsync(), await workshop.TaskAsync(provider: "nobody"));
        await workshop.Ledger.SendAsync(task);
        await workshop.StateIsAsync(task.Item, JobStates.Submitted);

        await workshop.Ledger.SendAsync(task, marker);

        await workshop.Ledger.ResultAsync(marker.Item);
        Assert.Single(provider.Submits);
    }

    [Fact]
    public async Task A_job_whose_owner_died_is_taken_over_without_any_message()
    {
        var provider = new ScriptedProvider();
        await workshop.StartAsync(provider);
        var task = await workshop.TaskAsync();

        await workshop.LeaveJobAsync(task, ownerLives: false, handle: "orphan");

        Assert.Null((await workshop.Ledger.ResultAsync(task.Item)).Failure);
        Assert.Empty(provider.Submits);
        Assert.Contains("orphan", provider.Polls);
    }

    [Fact]
    public async Task A_job_whose_owner_lives_is_left_to_it()
    {
        var provider = new ScriptedProvider { OnSubmit = Accept };
        await workshop.StartAsync(provider);
        var (task, marker) = (await workshop.TaskAsync(), await workshop.TaskAsync());
        await workshop.LeaveJobAsync(task, ownerLives: true, handle: "not-mine");
        await workshop.ExecuteAsync("update worker.provider_jobs set poll_at = now() - interval '1 minute' where item_id = $1", task.Item.ItemId);

        await workshop.Ledger.SendAsync(marker);

        await workshop.Ledger.ResultAsync(marker.Item);
        Assert.DoesNotContain("not-mine", provider.Polls);
    }

    [Fact]
    public async Task A_worker_that_stops_hands_its_jobs_over_at_once()
    {
        var (first, second) = (new ScriptedProvider { OnSubmit = Accept, OnPoll = StillRunning }, new ScriptedProvider());
        var stopping = await workshop.StartAsync(first);
        var task = await workshop.TaskAsync();
        await workshop.Ledger.SendAsync(task);
        await workshop.StateIsAsync(task.Item, JobStates.Submitted);
        await workshop.StartAsync(second);

        // Owners count as alive for a minute here; a clean stop must not take that long to notice.
        await stopping.StopAsync();

        Assert.Null((await workshop.Ledger.ResultAsync(task.Item)).Failure);
        Assert.Empty(second.Submits);
        Assert.Equal(["job-of-" + task.RequestKey], second.Polls);
    }

    [Fact]
    public async Task A_look_that_breaks_is_repeated()
    {
        var looks = 0;
        var provider = new ScriptedProvider { OnSubmit = Accept, OnPoll = (_, _, _) => Interlocked.Increment(ref looks) < 3 ? throw new HttpRequestException("reset") : ScriptedProvider.PictureAsync() };
        await workshop.StartAsync(provider);
        var task = await workshop.TaskAsync();
        await workshop.Ledger.SendAsync(task);

        Assert.Null((await workshop.Ledger.ResultAsync(task.Item)).Failure);
        Assert.Equal(3, looks);
        Assert.Single(provider.Submits);
    }

    [Fact]
    public async Task A_slow_look_holds_no_other_up()
    {
        var (slow, quick) = (default(ImageTask), default(ImageTask));
        var provider = new ScriptedProvider
        {
            OnSubmit = Accept,
            OnPoll = (handle, _, token) => handle.EndsWith(slow!.RequestKey, StringComparison.Ordinal) ? ScriptedProvider.NeverAsync(token) : ScriptedProvider.PictureAsync(),
        };
        await workshop.StartAsync(provider);
        (slow, quick) = (await workshop.TaskAsync(), await workshop.TaskAsync());
        await workshop.Ledger.SendAsync(slow);
        await Eventually.HoldsAsync(() => Task.FromResult(provider.Polls.Count == 1));

        await workshop.Ledger.SendAsync(quick);

        Assert.Null((await workshop.Ledger.ResultAsync(quick.Item)).Failure);
        Assert.Empty(workshop.Ledger.ResultsOf(slow.Item));
    }

    [Fact]
    public async Task A_job_is_fetched_though_its_source_is_gone()
    {
        var ready = false;
        var provider = new ScriptedProvider { OnSubmit = Accept, OnPoll = (handle, _, _) => ready ? ScriptedProvider.PictureAsync() : StillRunning(handle, null!, default) };
        await workshop.StartAsync(provider);
        var task = await workshop.TaskAsync();
        await workshop.Ledger.SendAsync(task);
        await workshop.StateIsAsync(task.Item, JobStates.Submitted);
        File.Delete(Path.Combine(workshop.MediaRoot, task.Source.ObjectKey));
        ready = true;

        Assert.Null((await workshop.Ledger.ResultAsync(task.Item)).Failure);
    }

    [Fact]
    public async Task A_job_that_never_ends_is_given_up_as_unknown()
    {
        var provider = new ScriptedProvider { OnSubmit = Accept, OnPoll = (_, _, _) => throw new HttpRequestException("gone") };
        await workshop.StartAsync(provider);
        var task = await workshop.TaskAsync();
        await workshop.Ledger.SendAsync(task);
        await workshop.StateIsAsync(task.Item, JobStates.Submitted);
        await workshop.ExecuteAsync("update worker.provider_jobs set submitted_at = now() - interval '2 hours' where item_id = $1", task.Item.ItemId);

        var result = await workshop.Ledger.ResultAsync(task.Item);
        Assert.Equal((FailureKind.OutcomeUnknown, "job-of-" + task.RequestKey), (result.Failure?.Kind, result.ProviderRequestId));
        Assert.Equal(JobStates.Unknown, await workshop.StateAsync(task.Item));
    }

    [Fact]
    public async Task A_cancelled_pipelines_job_is_asked_to_stop_once_and_what_comes_of_it_is_told()
    {
        var provider = new ScriptedProvider { OnSubmit = Accept, OnPoll = StillRunning };
        await workshop.StartAsync(provider);
        var task = await workshop.TaskAsync();
        await workshop.Ledger.SendAsync(task);
        await workshop.StateIsAsync(task.Item, JobStates.Submitted);

        await workshop.RaiseEpochAsync(task.Item, $"{Epochs.Never}");
        await Eventually.HoldsAsync(() => Task.FromResult(provider.Cancels.Count > 0));
        var seen = provider.Polls.Count;
        await Eventually.HoldsAsync(() => Task.FromResult(provider.Polls.Count > seen + 3));
        provider.OnPoll = (_, _, _) => Task.FromResult<ProviderResult>(new ProviderResult.Failed(new ItemFailure(FailureKind.Cancelled, "Stopped.")));

        Assert.Equal(FailureKind.Cancelled, (await workshop.Ledger.ResultAsync(task.Item)).Failure?.Kind);
        Assert.Equal(["job-of-" + task.RequestKey], provider.Cancels);
    }

    [Fact]
    public async Task A_pause_lets_an_accepted_job_land()
    {
        var provider = new ScriptedProvider { OnSubmit = Accept, OnPoll = StillRunning };
        await workshop.StartAsync(provider);
        var task = await workshop.TaskAsync();
        await workshop.Ledger.SendAsync(task);
        await workshop.StateIsAsync(task.Item, JobStates.Submitted);

        await workshop.RaiseEpochAsync(task.Item, "1");
        var seen = provider.Polls.Count;
        await Eventually.HoldsAsync(() => Task.FromResult(provider.Polls.Count > seen + 3));
        provider.OnPoll = (_, _, _) => ScriptedProvider.PictureAsync();

        Assert.Null((await workshop.Ledger.ResultAsync(task.Item)).Failure);
        Assert.Empty(provider.Cancels);
    }

    [Fact]
    public async Task The_video_lane_finishes_what_the_no_op_provider_accepted()
    {
        await workshop.StartAsync(
            new ScriptedProvider(), Lanes.Video, ("Providers:NoOp:Asynchronous", "true"), ("Providers:NoOp:Latency", "00:00:00.100"));
        var source = await workshop.PictureAsync(Workshop.NewId());
        var item = new ItemRef(Workshop.NewId(), Workshop.NewId(), 4, Workshop.NewId(), 1, 0);
        await workshop.Ledger.SendAsync(Lanes.Video, new GenerateVideos([new VideoTask(item, ScriptedProvider.KeyOf(item), "no-op", new GenerationParameters("wan"), "pan", 7, source)]));

        var result = await workshop.Ledger.ResultAsync(item);
        Assert.Null(result.Failure);
        var media = Assert.Single(result.Outputs).Media!;
        Assert.Equal(("video/mp4", 64, 64), (media.ContentType, media.Width, media.Height));
        Assert.NotNull(media.PosterKey);
    }
}
