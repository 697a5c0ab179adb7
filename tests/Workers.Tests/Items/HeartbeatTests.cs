using Contracts.Generation;
using Providers;
using Testing;
using Workers.Tests.Support;
using Xunit;

namespace Workers.Tests.Items;

public sealed class HeartbeatTests(Workshop workshop) : IClassFixture<Workshop>, IAsyncLifetime
{
    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => workshop.StopWorkersAsync();

    [Fact]
    public async Task A_worker_says_what_it_has_in_hand_until_it_is_over()
    {
        var release = new TaskCompletionSource();
        var provider = new ScriptedProvider { OnSubmit = async (_, token) => { await release.Task.WaitAsync(token); return await ScriptedProvider.PictureAsync(); } };
        await workshop.StartAsync(provider);
        var task = await workshop.TaskAsync();
        await workshop.Ledger.SendAsync(task);

        await Eventually.HoldsAsync(() => Task.FromResult(Beats(task.Item).Count >= 3));
        var beat = Beats(task.Item)[0];
        var running = beat.Running.Single(running => running.ItemId == task.Item.ItemId);
        Assert.Equal((Lanes.Image, task.Item.TenantId, task.Item.PipelineId, 1), (beat.Lane, running.TenantId, running.PipelineId, running.Attempt));
        release.SetResult();
        var result = await workshop.Ledger.ResultAsync(task.Item);
        Assert.Equal(result.StartedAt, running.StartedAt);

        // The next one's signs no longer name it.
        var second = await workshop.TaskAsync();
        provider.OnSubmit = (_, token) => ScriptedProvider.NeverAsync(token);
        await workshop.Ledger.SendAsync(second);
        await Eventually.HoldsAsync(() => Task.FromResult(Beats(second.Item).Count >= 1));
        Assert.DoesNotContain(Beats(second.Item)[0].Running, other => other.ItemId == task.Item.ItemId);
    }

    [Fact]
    public async Task An_accepted_job_counts_as_in_hand_while_its_provider_works()
    {
        var provider = new ScriptedProvider
        {
            OnSubmit = (_, _) => Task.FromResult<ProviderResult>(new ProviderResult.Submitted("h")),
            OnPoll = (_, _, _) => Task.FromResult<ProviderResult>(new ProviderResult.Pending(Running: true)),
        };
        await workshop.StartAsync(provider);
        var task = await workshop.TaskAsync();
        await workshop.Ledger.SendAsync(task);

        await Eventually.HoldsAsync(() => Task.FromResult(Beats(task.Item).Count >= 3));
        provider.OnPoll = (_, _, _) => ScriptedProvider.PictureAsync();
        await workshop.Ledger.ResultAsync(task.Item);
    }

    private List<WorkerHeartbeat> Beats(ItemRef item) => [.. workshop.Ledger.Heartbeats.Where(beat => beat.Running.Any(running => running.ItemId == item.ItemId))];
}
