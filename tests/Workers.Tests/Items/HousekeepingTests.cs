using System.Net;
using Contracts.Generation;
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
}
