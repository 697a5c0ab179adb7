using System.Net;
using Contracts.Generation;
using Jobs;
using Jobs.Storage;
using Microsoft.Extensions.DependencyInjection;
using Workers.Tests.Support;
using Xunit;

namespace Workers.Tests.Items;

public sealed class HousekeepingTests(Workshop workshop) : IClassFixture<Workshop>, IAsyncLifetime
{
    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => workshop.StopWorkersAsync();

    [Fact]
    public async Task Both_workers_may_make_the_schema_at_the_same_moment()
    {
        await Task.WhenAll(workshop.StartAsync(new ScriptedProvider()), workshop.StartAsync(new ScriptedProvider(), Lanes.Video));
        Assert.Equal(0L, await workshop.AskAsync("select count(*) from worker.provider_jobs where state = ''"));
    }

    [Fact]
    public async Task A_worker_is_ready_when_its_servers_are()
    {
        var worker = await workshop.StartAsync(new ScriptedProvider());
        using var http = new HttpClient { BaseAddress = worker.Address };
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/healthz")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/readyz")).StatusCode);
    }

    [Fact]
    public async Task Old_jobs_are_swept_but_not_those_a_provider_still_works_on()
    {
        var worker = await workshop.StartAsync(new ScriptedProvider());
        var (fresh, old, accepted) = (await workshop.TaskAsync(), await workshop.TaskAsync(), await workshop.TaskAsync());
        await workshop.LeaveJobAsync(fresh, ownerLives: true);
        await workshop.LeaveJobAsync(old, ownerLives: true);
        await workshop.LeaveJobAsync(accepted, ownerLives: true, handle: "h");
        await workshop.ExecuteAsync(
            "update worker.provider_jobs set created_at = now() - interval '40 days' where item_id = any($1)", new[] { old.Item.ItemId, accepted.Item.ItemId });

        var swept = await worker.Services.GetRequiredService<JobStore>().SweepAsync(TimeProvider.System.GetUtcNow().AddDays(-30), CancellationToken.None);

        Assert.Equal(1, swept);
        Assert.NotNull(await workshop.StateAsync(fresh.Item));
        Assert.Null(await workshop.StateAsync(old.Item));
        Assert.Equal(JobStates.Submitted, await workshop.StateAsync(accepted.Item));
    }

    [Fact]
    public async Task Two_updates_of_one_job_in_one_group_are_both_written_in_their_order()
    {
        var worker = await workshop.StartAsync(new ScriptedProvider());
        var store = worker.Services.GetRequiredService<JobStore>();
        var task = await workshop.TaskAsync();
        var (item, now) = (WorkItem.From(task), TimeProvider.System.GetUtcNow());
        await store.ClaimAsync([new ClaimRequest(item)], CancellationToken.None);
        var failed = new ItemResult(item.Ref, [], new ItemFailure(FailureKind.ContentRefused, "No."), "scripted", null, null, false, false, now, now);

        var written = await store.UpdateAsync([new JobUpdate(item, "h", null, now.AddHours(1)), new JobUpdate(item, null, failed, null)], CancellationToken.None);

        Assert.Equal([true, true], written);
        Assert.Equal(JobStates.Failed, await workshop.StateAsync(task.Item));
        Assert.Equal("h", await workshop.AskAsync($"select handle from worker.provider_jobs where item_id = {task.Item.ItemId}"));
    }

    [Fact]
    public async Task A_job_that_is_done_no_longer_carries_its_task_and_any_other_does()
    {
        var worker = await workshop.StartAsync(new ScriptedProvider());
        var store = worker.Services.GetRequiredService<JobStore>();
        var (first, second) = (WorkItem.From(await workshop.TaskAsync()), WorkItem.From(await workshop.TaskAsync()));
        var now = TimeProvider.System.GetUtcNow();
        await store.ClaimAsync([new ClaimRequest(first), new ClaimRequest(second)], CancellationToken.None);
        var done = new ItemResult(first.Ref, [], null, "scripted", null, null, false, false, now, now);
        var failed = new ItemResult(second.Ref, [], new ItemFailure(FailureKind.ContentRefused, "No."), "scripted", null, null, false, false, now, now);

        await store.UpdateAsync([new JobUpdate(first, null, done, null), new JobUpdate(second, null, failed, null)], CancellationToken.None);

        Assert.Equal(string.Empty, await workshop.AskAsync($"select task from worker.provider_jobs where item_id = {first.Ref.ItemId}"));
        Assert.Equal(second.Json, await workshop.AskAsync($"select task from worker.provider_jobs where item_id = {second.Ref.ItemId}"));
    }
}
