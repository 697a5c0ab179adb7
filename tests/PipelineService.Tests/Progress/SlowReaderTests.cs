using System.Net.WebSockets;
using Microsoft.Extensions.DependencyInjection;
using PipelineService.Pipelines;
using PipelineService.Progress;
using static PipelineService.Tests.Progress.FeedFixture;

namespace PipelineService.Tests.Progress;

/// <summary>Clients that take too little are bounded, told, let go and taken back; others do not notice.</summary>
public sealed class SlowReaderTests
{
    private const int Count = 3000;
    private readonly long _tenant = LibraryHost.NewTenant();

    [Fact]
    public async Task A_client_that_takes_nothing_is_closed_with_a_word_and_comes_back_without_a_loss()
    {
        await using var host = await StartAsync(new() { ["Progress:SendTimeout"] = "00:00:03" });
        var pipeline = await PipelineAsync(host, _tenant);
        using var stuck = await FeedClient.ConnectAsync(host, _tenant, $"/pipelines/{pipeline.Id}/events?after=0");
        using var other = await FeedClient.ConnectAsync(host, _tenant, $"/pipelines/{pipeline.Id}/events?after=0");
        var reading = other.ReadAsync(Count);
        await FloodAsync(host, pipeline);

        // the other has everything while the stuck one has taken nothing
        Assert.Equal(FeedClient.Range(1, Count), (await reading).Select(FeedClient.Id));
        var watch = host.Services.GetRequiredService<StreamWatch>();
        await Testing.Eventually.HoldsAsync(() => Task.FromResult(watch.Open.Any(stream => stream.TooSlow)));
        var seen = new List<long>();
        while (await stuck.ReadFrameAsync() is { } frame)
        {
            seen.AddRange(FeedClient.Events(frame).Select(FeedClient.Id));
        }

        Assert.Equal((4013, $"Too slow; connect again with after={seen[^1]}."), ((int)stuck.CloseStatus!, stuck.CloseStatusDescription));
        using var again = await FeedClient.ConnectAsync(host, _tenant, $"/pipelines/{pipeline.Id}/events?after={seen[^1]}");
        seen.AddRange((await again.ReadAsync(Count - seen.Count)).Select(FeedClient.Id));
        Assert.Equal(FeedClient.Range(1, Count), seen);
    }

    [Fact]
    public async Task A_client_that_never_takes_anything_again_is_cut_off_and_leaves_nothing_behind()
    {
        await using var host = await StartAsync(new() { ["Progress:SendTimeout"] = "00:00:00.2" });
        var pipeline = await PipelineAsync(host, _tenant);
        using var stuck = await FeedClient.ConnectAsync(host, _tenant, $"/pipelines/{pipeline.Id}/events");
        using var client = host.ClientOf(_tenant);
        await using var stream = FeedClient.ServerSentAsync(client, $"/pipelines/{pipeline.Id}/events").GetAsyncEnumerator();
        Assert.True(await stream.MoveNextAsync());
        var watch = host.Services.GetRequiredService<StreamWatch>();
        Assert.Equal(2, watch.Open.Count);

        await FloodAsync(host, pipeline);

        await Testing.Eventually.HoldsAsync(() => Task.FromResult(watch.Open.Count == 0 && host.Services.GetRequiredService<FeedHub>().Watched.Count == 0));
    }

    [Fact]
    public async Task A_socket_hears_the_newest_progress_and_cost_of_a_commit_and_every_output_while_a_page_has_all()
    {
        await using var host = await StartAsync([]);
        var pipeline = await PipelineAsync(host, _tenant);
        using var socket = await FeedClient.ConnectAsync(host, _tenant, $"/pipelines/{pipeline.Id}/events");
        using var client = host.ClientOf(_tenant);

        await EmitAsync(host,
        [
            ProgressEvents.StepProgress(_tenant, pipeline.Id, 21, 10, 1, 10, null), ProgressEvents.OutputReady(_tenant, pipeline.Id, 21, 1, "image", 1),
            ProgressEvents.CostUpdate(_tenant, pipeline.Id, 1), ProgressEvents.StepProgress(_tenant, pipeline.Id, 21, 20, 2, 10, null),
            ProgressEvents.OutputReady(_tenant, pipeline.Id, 21, 2, "image", 2), ProgressEvents.CostUpdate(_tenant, pipeline.Id, 2),
        ]);

        Assert.Equal([2, 4, 5, 6], (await socket.ReadAsync(4)).Select(FeedClient.Id));
        using var answer = await client.GetAsync(new Uri($"/pipelines/{pipeline.Id}/events", UriKind.Relative));
        Assert.Equal(FeedClient.Range(1, 6), (await Assets.AssetsFixture.JsonAsync(answer))["data"]!.AsArray().Select(progress => progress!.Id()));
    }

    private static async Task FloodAsync(LibraryHost host, Pipeline pipeline)
    {
        // more than the buffers of a connection hold
        for (var written = 0; written < Count; written += 100)
        {
            await EmitAsync(host, pipeline, 100, padding: 4000);
        }
    }
}
