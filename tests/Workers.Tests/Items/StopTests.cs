using Contracts.Generation;
using Jobs.Storage;
using Providers;
using Testing;
using Workers.Tests.Support;
using Xunit;

namespace Workers.Tests.Items;

/// <summary>A worker that is asked to stop while it has work in hand.</summary>
public sealed class StopTests(Workshop workshop) : IClassFixture<Workshop>, IAsyncLifetime
{
    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => workshop.StopWorkersAsync();

    [Fact]
    public async Task What_ends_in_time_is_finished_and_told()
    {
        var (begun, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        var provider = new ScriptedProvider
        {
            OnSubmit = async (_, token) =>
            {
                begun.TrySetResult();
                await release.Task.WaitAsync(token);
                return await ScriptedProvider.PictureAsync();
            },
        };
        var worker = await workshop.StartAsync(provider);
        var task = await workshop.TaskAsync();
        await workshop.Ledger.SendAsync(task);
        await begun.Task;

        var stop = worker.StopAsync();
        release.SetResult();
        await stop;

        Assert.Null((await workshop.Ledger.ResultAsync(task.Item)).Failure);
        Assert.Equal(JobStates.Done, await workshop.StateAsync(task.Item));
    }

    [Theory]
    [InlineData(Resubmit.Safe, null)]
    [InlineData(Resubmit.Never, FailureKind.OutcomeUnknown)]
    public async Task What_does_not_end_in_time_goes_to_another_worker_and_into_no_error_queue(Resubmit resubmit, FailureKind? expected)
    {
        var (first, second) = (new ScriptedProvider { Resubmit = resubmit, OnSubmit = (_, token) => ScriptedProvider.NeverAsync(token) }, new ScriptedProvider { Resubmit = resubmit });
        var stopping = await workshop.StartAsync(first, settings: ("Worker:Concurrency", "1"));
        var (submitted, waiting) = (await workshop.TaskAsync(), await workshop.TaskAsync());
        await workshop.Ledger.SendAsync(submitted, waiting);
        await Eventually.HoldsAsync(() => Task.FromResult(first.Submits.Count == 1));
        // There already, so that the delivery comes to it while the first one still is about to stop.
        await workshop.StartAsync(second);

        await stopping.StopAsync();

        Assert.Equal(expected, (await workshop.Ledger.ResultAsync(submitted.Item)).Failure?.Kind);
        // It was never sent to a provider, so nothing about it is unknown.
        Assert.Null((await workshop.Ledger.ResultAsync(waiting.Item)).Failure);
        Assert.Equal(expected is null ? 2 : 1, second.Submits.Count);
        Assert.Equal(0, await workshop.WaitingAsync("generate-image_error"));
        Assert.Equal(0, await workshop.WaitingAsync("generate-image_skipped"));
    }
}
