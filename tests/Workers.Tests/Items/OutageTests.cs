using Contracts.Generation;
using Jobs.Storage;
using Npgsql;
using Providers;
using Testing;
using Workers.Tests.Support;
using Xunit;

namespace Workers.Tests.Items;

/// <summary>A server goes away while a provider works, and comes back.</summary>
public sealed class OutageTests(Workshop workshop) : IClassFixture<Workshop>, IAsyncLifetime
{
    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => workshop.StopWorkersAsync();

    [Fact]
    public async Task A_result_is_kept_until_the_database_is_back_and_nothing_is_bought_again()
    {
        var server = new NpgsqlConnectionStringBuilder(workshop.Postgres);
        await using var line = new CutLine(server.Host!, server.Port);
        var (begun, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        var provider = Held(begun, release);
        var address = new NpgsqlConnectionStringBuilder(workshop.Postgres) { Host = "127.0.0.1", Port = line.Port, Timeout = 2 }.ConnectionString;
        await workshop.StartAsync(provider, settings: ("ConnectionStrings:postgres", address));
        var (inHand, next) = (await workshop.TaskAsync(), await workshop.TaskAsync());
        await workshop.Ledger.SendAsync(inHand);
        await begun.Task;

        line.Cut();
        release.SetResult();
        await workshop.Ledger.SendAsync(next);
        await Eventually.HoldsAsync(() => Task.FromResult(workshop.Log.Count(text => text.StartsWith("Jobs wait for the database", StringComparison.Ordinal)) >= 4));
        Assert.Empty(workshop.Ledger.ResultsOf(inHand.Item));
        Assert.Single(provider.Submits);
        line.Join();

        Assert.Null((await workshop.Ledger.ResultAsync(inHand.Item)).Failure);
        Assert.Null((await workshop.Ledger.ResultAsync(next.Item)).Failure);
        Assert.Equal(2, provider.Submits.Count);
        Assert.Equal(JobStates.Done, await workshop.StateAsync(inHand.Item));
        Assert.Equal(0, await workshop.WaitingAsync("generate-image_error"));
    }

    [Fact]
    public async Task A_result_is_kept_until_the_broker_is_back_and_nothing_is_bought_again()
    {
        var server = new Uri(workshop.Rabbit);
        await using var line = new CutLine(server.Host, server.Port);
        var (begun, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        var provider = Held(begun, release);
        await workshop.StartAsync(provider, settings: ("ConnectionStrings:rabbitmq", new UriBuilder(server) { Host = "127.0.0.1", Port = line.Port }.Uri.ToString()));
        var task = await workshop.TaskAsync();
        await workshop.Ledger.SendAsync(task);
        await begun.Task;

        line.Cut();
        release.SetResult();
        await workshop.StateIsAsync(task.Item, JobStates.Done);
        line.Join();

        var result = (await Eventually.GetAsync(() => Task.FromResult(workshop.Ledger.ResultsOf(task.Item)), results => results.Count > 0, TimeSpan.FromMinutes(1)))[0];
        Assert.Null(result.Failure);
        Assert.NotNull(result.Outputs.Single().Media);
        Assert.Single(provider.Submits);
        Assert.Equal(0, await workshop.WaitingAsync("generate-image_error"));
    }

    [Fact]
    public async Task A_broker_that_blinks_breaks_no_submit_off()
    {
        var server = new Uri(workshop.Rabbit);
        await using var line = new CutLine(server.Host, server.Port);
        var (begun, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        var provider = Held(begun, release);
        await workshop.StartAsync(provider, settings: ("ConnectionStrings:rabbitmq", new UriBuilder(server) { Host = "127.0.0.1", Port = line.Port }.Uri.ToString()));
        var (task, marker) = (await workshop.TaskAsync(), await workshop.TaskAsync(provider: "nobody"));
        await workshop.Ledger.SendAsync(task);
        await begun.Task;

        line.Cut();
        line.Join();
        await workshop.Ledger.SendAsync(marker);
        await workshop.Ledger.ResultAsync(marker.Item);
        release.SetResult();

        Assert.Null((await workshop.Ledger.ResultAsync(task.Item)).Failure);
        Assert.Single(provider.Submits);
    }

    private static ScriptedProvider Held(TaskCompletionSource begun, TaskCompletionSource release) => new()
    {
        Resubmit = Resubmit.Never,
        OnSubmit = async (_, token) =>
        {
            begun.TrySetResult();
            await release.Task.WaitAsync(token);
            return await ScriptedProvider.PictureAsync();
        },
    };
}
