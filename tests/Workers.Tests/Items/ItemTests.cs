using System.Diagnostics;
using Contracts.Generation;
using Jobs.Storage;
using Microsoft.Extensions.DependencyInjection;
using Providers;
using Testing;
using Workers.Tests.Support;
using Xunit;

namespace Workers.Tests.Items;

/// <summary>One item from its command to its result, and what may go wrong with it.</summary>
public sealed class ItemTests(Workshop workshop) : IClassFixture<Workshop>, IAsyncLifetime
{
    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => workshop.StopWorkersAsync();

    [Fact]
    public async Task A_picture_is_stored_under_its_tenant_and_the_temporary_file_is_deleted()
    {
        string? temporary = null;
        var provider = new ScriptedProvider
        {
            OnSubmit = async (_, _) =>
            {
                var made = await ScriptedProvider.PictureAsync("vendor-7");
                temporary = ((ProviderResult.Finished)made).Outputs[0].FilePath;
                return made;
            },
        };
        await workshop.StartAsync(provider);
        var task = await workshop.TaskAsync();

        await workshop.Ledger.SendAsync(task);

        var result = await workshop.Ledger.ResultAsync(task.Item);
        var media = Assert.Single(result.Outputs).Media!;
        Assert.StartsWith($"t/{task.Item.TenantId}/", media.ObjectKey, StringComparison.Ordinal);
        Assert.Equal((96, 64, "image/jpeg"), (media.Width, media.Height, media.ContentType));
        Assert.Equal(media.Bytes, new FileInfo(Path.Combine(workshop.MediaRoot, media.ObjectKey)).Length);
        Assert.Equal(("scripted", "vendor-7", 0.05m, true), (result.Provider, result.ProviderRequestId, result.ReportedCost, result.Simulated));
        Assert.Equal(task.Item, result.Item);
        Assert.False(File.Exists(temporary));
    }

    [Fact]
    public async Task One_bad_item_of_64_hurts_no_other()
    {
        var provider = new ScriptedProvider
        {
            Resubmit = Resubmit.Safe,
            OnSubmit = (request, _) => ((ImageRequest)request).Prompt == "bad" ? throw new InvalidOperationException("broken") : ScriptedProvider.PictureAsync(),
        };
        await workshop.StartAsync(provider);
        var tasks = new List<ImageTask>();
        for (var number = 0; number < 64; number++)
        {
            tasks.Add(await workshop.TaskAsync(prompt: number == 31 ? "bad" : "good"));
        }

        // A second one breaks the worker itself, not the provider.
        tasks[40] = tasks[40] with { Source = tasks[40].Source with { ObjectKey = "../../etc/passwd" } };
        // A third could not be taken apart by the database; it is not asked to.
        tasks[50] = tasks[50] with { Prompt = "nul \0" };
        await workshop.Ledger.SendAsync([.. tasks]);

        foreach (var (number, task) in tasks.Index())
        {
            var result = await workshop.Ledger.ResultAsync(task.Item);
            Assert.True((number is 31 or 40 ? FailureKind.Internal : null) == result.Failure?.Kind, $"{number}: {result.Failure}\n{string.Join('\n', workshop.Log)}");
        }

        await Eventually.GetAsync(() => workshop.WaitingAsync("generate-image"), waiting => waiting == 0);
        Assert.Equal(0, await workshop.WaitingAsync("generate-image_error"));
        Assert.All(tasks, task => Assert.Single(workshop.Ledger.ResultsOf(task.Item)));
    }

    [Fact]
    public async Task Items_run_in_a_bounded_number_of_slots_over_all_messages()
    {
        var release = new TaskCompletionSource();
        var provider = new ScriptedProvider { OnSubmit = async (_, token) => { await release.Task.WaitAsync(token); return await ScriptedProvider.PictureAsync(); } };
        await workshop.StartAsync(provider, settings: ("Worker:Concurrency", "3"));
        var tasks = new List<ImageTask>();
        for (var number = 0; number < 24; number++)
        {
            tasks.Add(await workshop.TaskAsync());
        }

        foreach (var message in tasks.Chunk(6))
        {
            await workshop.Ledger.SendAsync(message);
        }

        await Eventually.HoldsAsync(() => Task.FromResult(provider.MostRunning == 3));
        release.SetResult();
        foreach (var task in tasks)
        {
            await workshop.Ledger.ResultAsync(task.Item);
        }

        Assert.Equal(3, provider.MostRunning);
    }

    [Theory]
    [InlineData(Resubmit.Safe, FailureKind.Internal)]
    [InlineData(Resubmit.Never, FailureKind.OutcomeUnknown)]
    public async Task A_provider_that_throws_may_have_sold_something(Resubmit resubmit, FailureKind expected)
    {
        await workshop.StartAsync(new ScriptedProvider { Resubmit = resubmit, OnSubmit = (_, _) => throw new HttpRequestException("reset") });
        Assert.Equal(expected, (await RunAsync()).Failure?.Kind);
    }

    [Theory]
    [InlineData(Resubmit.Safe, FailureKind.TimedOut)]
    [InlineData(Resubmit.Never, FailureKind.OutcomeUnknown)]
    public async Task A_provider_that_never_answers_may_have_sold_something(Resubmit resubmit, FailureKind expected)
    {
        var provider = new ScriptedProvider { Resubmit = resubmit, OnSubmit = (_, token) => ScriptedProvider.NeverAsync(token) };
        await workshop.StartAsync(provider, settings: ("Worker:CallTimeout", "00:00:01"));
        Assert.Equal(expected, (await RunAsync()).Failure?.Kind);
    }

    [Fact]
    public async Task An_unknown_provider_is_named_beside_those_there_are()
    {
        await workshop.StartAsync(new ScriptedProvider());
        var failure = (await RunAsync(await workshop.TaskAsync(provider: "nobody"))).Failure!;
        Assert.Equal(FailureKind.InvalidRequest, failure.Kind);
        Assert.Contains("'nobody'", failure.Message, StringComparison.Ordinal);
        Assert.Contains("scripted", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_source_that_is_gone_is_said_to_be_gone_and_nothing_is_bought()
    {
        var provider = new ScriptedProvider();
        await workshop.StartAsync(provider);
        var task = await workshop.TaskAsync();
        File.Delete(Path.Combine(workshop.MediaRoot, task.Source.ObjectKey));

        Assert.Equal(FailureKind.SourceMissing, (await RunAsync(task)).Failure?.Kind);
        Assert.Empty(provider.Submits);
        Assert.Equal(JobStates.Refused, await workshop.StateAsync(task.Item));
    }

    [Fact]
    public async Task A_file_that_is_no_picture_is_a_bad_response()
    {
        var provider = new ScriptedProvider
        {
            OnSubmit = async (_, token) =>
            {
                var path = Path.GetTempFileName();
                await File.WriteAllTextAsync(path, "<html>", token);
                return new ProviderResult.Finished([new Produced(null, path, "image/png", null, null)]);
            },
        };
        await workshop.StartAsync(provider);
        Assert.Equal(FailureKind.BadResponse, (await RunAsync()).Failure?.Kind);
    }

    [Theory]
    [InlineData(Resubmit.Safe, FailureKind.Internal)]
    [InlineData(Resubmit.Never, FailureKind.OutcomeUnknown)]
    public async Task What_was_made_and_cannot_be_stored_is_not_bought_again_by_itself(Resubmit resubmit, FailureKind expected)
    {
        var provider = new ScriptedProvider
        {
            Resubmit = resubmit,
            OnSubmit = (_, _) => Task.FromResult<ProviderResult>(new ProviderResult.Finished([new Produced(null, "/nowhere/at/all.png", "image/png", null, null)])),
        };
        await workshop.StartAsync(provider);
        Assert.Equal(expected, (await RunAsync()).Failure?.Kind);
    }

    [Theory]
    [InlineData("6", 5L, FailureKind.Cancelled)]
    [InlineData("5", 5L, null)]
    [InlineData("4", 5L, null)]
    [InlineData("9223372036854775807", 5L, FailureKind.Cancelled)]
    [InlineData("what?", 5L, null)]
    public async Task An_item_of_an_old_epoch_is_not_submitted(string smallest, long epoch, FailureKind? expected)
    {
        var provider = new ScriptedProvider();
        await workshop.StartAsync(provider);
        var task = await workshop.TaskAsync(epoch: epoch);
        await workshop.RaiseEpochAsync(task.Item, smallest);

        Assert.Equal(expected, (await RunAsync(task)).Failure?.Kind);
        Assert.Equal(expected is null ? 1 : 0, provider.Submits.Count);
        Assert.Equal(expected is null ? JobStates.Done : JobStates.Refused, await workshop.StateAsync(task.Item));
    }

    [Fact]
    public async Task A_cancel_reaches_items_that_wait_for_a_slot()
    {
        var release = new TaskCompletionSource();
        var provider = new ScriptedProvider { OnSubmit = async (_, token) => { await release.Task.WaitAsync(token); return await ScriptedProvider.PictureAsync(); } };
        await workshop.StartAsync(provider, settings: ("Worker:Concurrency", "1"));
        var first = await workshop.TaskAsync();
        var (second, third) = (await workshop.TaskAsync(of: first.Item), await workshop.TaskAsync(of: first.Item));
        await workshop.Ledger.SendAsync(first);
        await Eventually.HoldsAsync(() => Task.FromResult(provider.Submits.Count == 1));
        await workshop.Ledger.SendAsync(second, third);

        await workshop.RaiseEpochAsync(first.Item, "1");
        release.SetResult();

        Assert.Null((await workshop.Ledger.ResultAsync(first.Item)).Failure);
        Assert.Equal(FailureKind.Cancelled, (await workshop.Ledger.ResultAsync(second.Item)).Failure?.Kind);
        Assert.Equal(FailureKind.Cancelled, (await workshop.Ledger.ResultAsync(third.Item)).Failure?.Kind);
        Assert.Single(provider.Submits);
    }

    [Fact]
    public async Task Without_redis_the_work_goes_on()
    {
        await workshop.StartAsync(new ScriptedProvider(), settings: ("ConnectionStrings:redis", "127.0.0.1:1"));
        Assert.Null((await RunAsync()).Failure);
    }

    [Fact]
    public async Task Results_that_are_ready_together_travel_together()
    {
        await workshop.StartAsync(new ScriptedProvider(), settings: ("Worker:Concurrency", "64"));
        var tasks = new List<ImageTask>();
        for (var number = 0; number < 64; number++)
        {
            tasks.Add(await workshop.TaskAsync());
        }

        var before = workshop.Ledger.Messages;
        await workshop.Ledger.SendAsync([.. tasks]);
        foreach (var task in tasks)
        {
            await workshop.Ledger.ResultAsync(task.Item);
        }

        Assert.InRange(workshop.Ledger.Messages - before, 1, 63);
    }

    [Fact]
    public async Task Each_item_has_a_span_under_its_consumer()
    {
        var spans = new List<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "Pipeline.Worker" or "MassTransit",
            Sample = (ref _) => ActivitySamplingResult.AllData,
            ActivityStopped = span =>
            {
                lock (spans)
                {
                    spans.Add(span);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        await workshop.StartAsync(new ScriptedProvider());
        var task = await workshop.TaskAsync();
        await RunAsync(task);

        var span = await Eventually.GetAsync(
            () =>
            {
                lock (spans)
                {
                    return Task.FromResult(spans.FirstOrDefault(span => span.OperationName == "generate image" && Equals(span.GetTagItem("item.id"), task.Item.ItemId)));
                }
            },
            found => found is not null);
        Assert.NotNull(span!.ParentId);
        Assert.Equal("MassTransit", span.Parent?.Source.Name);
    }

    private async Task<ItemResult> RunAsync(ImageTask? task = null)
    {
        task ??= await workshop.TaskAsync();
        await workshop.Ledger.SendAsync(task);
        return await workshop.Ledger.ResultAsync(task.Item);
    }
}
