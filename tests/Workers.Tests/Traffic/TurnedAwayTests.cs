using Contracts.Generation;
using Jobs.Storage;
using Microsoft.Extensions.DependencyInjection;
using Providers;
using Providers.Traffic;
using Testing;
using Workers.Tests.Support;
using Xunit;

namespace Workers.Tests.Traffic;

/// <summary>Workers leave a provider alone that asked for it or is down: what they turn away was never submitted and loses nothing.</summary>
public sealed class TurnedAwayTests(Workshop workshop) : IClassFixture<Workshop>, IAsyncLifetime
{
    private readonly string _name = "scripted-" + Guid.NewGuid().ToString("N");

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => workshop.StopWorkersAsync();

    [Fact]
    public async Task After_a_refusal_the_next_items_are_turned_away_before_any_submit_with_the_time_to_wait()
    {
        var provider = Fails(FailureKind.RateLimited, TimeSpan.FromMinutes(1));
        var worker = await workshop.StartAsync(provider);
        var first = await workshop.TaskAsync(_name);
        await workshop.Ledger.SendAsync(first);
        Assert.Equal(TimeSpan.FromMinutes(1), (await workshop.Ledger.ResultAsync(first.Item)).Failure!.RetryAfter);
        await MoodAsync(worker, RouteMood.Throttled);

        var next = await workshop.TaskAsync(_name);
        await workshop.Ledger.SendAsync(next);

        var turned = await workshop.Ledger.ResultAsync(next.Item);
        Assert.Equal(FailureKind.RateLimited, turned.Failure!.Kind);
        Assert.InRange(turned.Failure.RetryAfter!.Value.TotalSeconds, 40, 60);
        Assert.Single(provider.Submits);
        Assert.Equal(JobStates.Refused, await workshop.StateAsync(next.Item));
    }

    [Fact]
    public async Task Another_worker_learns_of_it_and_another_provider_is_not_touched_by_it()
    {
        var (provider, asked) = (Fails(FailureKind.RateLimited, TimeSpan.FromMinutes(1)), Fails(FailureKind.RateLimited, TimeSpan.FromMinutes(1)));
        var worker = await workshop.StartAsync(provider);
        var first = await workshop.TaskAsync(_name);
        await workshop.Ledger.SendAsync(first);
        await workshop.Ledger.ResultAsync(first.Item);
        await MoodAsync(worker, RouteMood.Throttled);
        await workshop.StopWorkersAsync();

        // It has seen nothing itself.
        await workshop.StartAsync(asked);
        var (same, other) = (await workshop.TaskAsync(_name), await workshop.TaskAsync("no-op"));
        await workshop.Ledger.SendAsync(same, other);

        Assert.Equal(FailureKind.RateLimited, (await workshop.Ledger.ResultAsync(same.Item)).Failure!.Kind);
        Assert.Null((await workshop.Ledger.ResultAsync(other.Item)).Failure);
        Assert.Empty(asked.Submits);
    }

    [Fact]
    public async Task A_provider_that_is_down_is_asked_a_few_times_then_tried_by_one_and_its_failures_are_excused()
    {
        var provider = Fails(FailureKind.ProviderDown, null);
        var worker = await workshop.StartAsync(provider, settings: [("Traffic:BreakerMinimum", "3"), ("Traffic:BreakerOpen", "00:00:00.500"), ("Traffic:BreakerMaxOpen", "00:00:00.500")]);
        for (var number = 0; number < 3; number++)
        {
            var task = await workshop.TaskAsync(_name);
            await workshop.Ledger.SendAsync(task);
            var failure = (await workshop.Ledger.ResultAsync(task.Item)).Failure!;
            Assert.Equal((FailureKind.ProviderDown, false), (failure.Kind, failure.Excused));
        }

        await MoodAsync(worker, RouteMood.Down);
        await MoodAsync(worker, RouteMood.Trying);
        var tasks = new List<ImageTask>();
        for (var number = 0; number < 10; number++)
        {
            tasks.Add(await workshop.TaskAsync(_name));
        }

        await workshop.Ledger.SendAsync([.. tasks]);
        var failures = new List<ItemFailure>();
        foreach (var task in tasks)
        {
            failures.Add((await workshop.Ledger.ResultAsync(task.Item)).Failure!);
        }

        Assert.True(Assert.Single(failures, failure => failure.Kind == FailureKind.ProviderDown).Excused);
        Assert.Equal(9, failures.Count(failure => failure.Kind == FailureKind.RateLimited));
        Assert.Equal(4, provider.Submits.Count);

        provider.OnSubmit = (_, _) => ScriptedProvider.PictureAsync();
        await Eventually.HoldsAsync(async () =>
        {
            var task = await workshop.TaskAsync(_name);
            await workshop.Ledger.SendAsync(task);
            return (await workshop.Ledger.ResultAsync(task.Item)).Failure is null;
        });
        await MoodAsync(worker, RouteMood.Free);
    }

    private ScriptedProvider Fails(FailureKind kind, TimeSpan? retryAfter) => new()
    {
        Name = _name,
        OnSubmit = (_, _) => Task.FromResult<ProviderResult>(new ProviderResult.Failed(new ItemFailure(kind, "no", retryAfter))),
    };

    private Task MoodAsync(WorkerHost worker, RouteMood mood)
    {
        var traffic = worker.Services.GetRequiredService<RouteTraffic>();
        return Eventually.HoldsAsync(async () =>
        {
            await traffic.ReadAsync();
            return traffic.Look(RouteKey.Of(_name, "kling-image")).Mood == mood;
        });
    }
}
