using Contracts.Generation;
using Jobs.Storage;
using Providers;
using Workers.Tests.Support;
using Xunit;

namespace Workers.Tests.Items;

/// <summary>A process that was thought dead and still gets its answer: by then another one has the job.</summary>
public sealed class LostJobTests(Workshop workshop) : IClassFixture<Workshop>, IAsyncLifetime
{
    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => workshop.StopWorkersAsync();

    [Fact]
    public async Task Its_failure_is_not_told_because_the_other_may_succeed()
    {
        var (task, release) = await BeginAsync(() => Task.FromResult<ProviderResult>(new ProviderResult.Failed(new ItemFailure(FailureKind.ProviderDown, "down"))));
        await LoseAsync(task.Item);
        release.SetResult();

        // Results leave in the order in which they are ready.
        var marker = await workshop.TaskAsync();
        await workshop.Ledger.SendAsync(marker);
        await workshop.Ledger.ResultAsync(marker.Item);
        Assert.Empty(workshop.Ledger.ResultsOf(task.Item));
        Assert.Equal((JobStates.Submitting, "other"), ((await workshop.JobAsync(task.Item))?.State, (await workshop.JobAsync(task.Item))?.Owner));
    }

    [Fact]
    public async Task Its_success_is_paid_for_and_counts()
    {
        var (task, release) = await BeginAsync(() => ScriptedProvider.PictureAsync());
        await LoseAsync(task.Item);
        release.SetResult();

        Assert.Null((await workshop.Ledger.ResultAsync(task.Item)).Failure);
        await workshop.StateIsAsync(task.Item, JobStates.Done);
    }

    private async Task<(ImageTask Task, TaskCompletionSource Release)> BeginAsync(Func<Task<ProviderResult>> answer)
    {
        var provider = new ScriptedProvider { Resubmit = Resubmit.Safe };
        await workshop.StartAsync(provider);
        var task = await workshop.TaskAsync();
        var (asked, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        provider.OnSubmit = async (request, token) =>
        {
            if (request.RequestKey != task.RequestKey)
            {
                return await ScriptedProvider.PictureAsync();
            }

            asked.SetResult();
            await release.Task.WaitAsync(token);
            return await answer();
        };
        await workshop.Ledger.SendAsync(task);
        await asked.Task;
        return (task, release);
    }

    private async Task LoseAsync(ItemRef item)
    {
        await workshop.ExecuteAsync("insert into worker.owners (owner, alive_until) values ('other', now() + interval '1 hour') on conflict do nothing");
        Assert.Equal(1, await workshop.ExecuteAsync("update worker.provider_jobs set owner = 'other' where item_id = $1", item.ItemId));
    }
}
