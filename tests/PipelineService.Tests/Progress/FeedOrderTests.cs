using System.Net.WebSockets;
using static PipelineService.Tests.Progress.FeedFixture;

namespace PipelineService.Tests.Progress;

/// <summary>No gap, nothing twice, in order: whoever writes, however slow the reader, whatever breaks.</summary>
public sealed class FeedOrderTests(FeedFixture fixture) : IClassFixture<FeedFixture>
{
    private readonly long _tenant = LibraryHost.NewTenant();

    [Fact]
    public async Task Readers_of_all_kinds_see_every_event_once_while_many_write()
    {
        const int writers = 4, rounds = 30, each = 3;
        var host = fixture.Host;
        var pipelines = new[] { await PipelineAsync(host, _tenant), await PipelineAsync(host, _tenant) };
        var perPipeline = writers / 2 * rounds * each;
        using var client = host.ClientOf(_tenant);
        using var own = await FeedClient.ConnectAsync(host, _tenant, $"/pipelines/{pipelines[0].Id}/events?after=0");
        using var all = await FeedClient.ConnectAsync(host, _tenant, "/events?after=0");

        var readingOwn = own.ReadAsync(perPipeline);
        var readingAll = all.ReadAsync(2 * perPipeline);
        var readingStream = FeedClient.ServerSentAsync(client, "/events").TakeAsync(2 * perPipeline);
        var comingBack = ReadWithReconnectsAsync(host, pipelines[1].Id, perPipeline);
        await Task.WhenAll(Enumerable.Range(0, writers).Select(async writer =>
        {
            for (var round = 0; round < rounds; round++)
            {
                await EmitAsync(host, pipelines[writer % 2], each);
            }
        }));

        Assert.Equal(FeedClient.Range(1, perPipeline), (await readingOwn).Select(FeedClient.Id));
        Assert.Equal(FeedClient.Range(1, 2 * perPipeline), (await readingAll).Select(FeedClient.Id));
        Assert.Equal(FeedClient.Range(1, 2 * perPipeline), (await readingStream).Select(block => long.Parse(block.Id!)));
        Assert.Equal(FeedClient.Range(1, perPipeline), await comingBack);
    }

    [Fact]
    public async Task A_reader_that_is_too_slow_for_its_queue_goes_on_from_the_database()
    {
        const int count = 3000;
        await using var host = await StartAsync(new() { ["Progress:ReaderQueue"] = "8", ["Progress:BatchSize"] = "50" });
        var pipeline = await PipelineAsync(host, _tenant);
        using var socket = await FeedClient.ConnectAsync(host, _tenant, $"/pipelines/{pipeline.Id}/events");

        // more than the buffers of a connection hold, before the first is read
        for (var written = 0; written < count; written += 100)
        {
            await EmitAsync(host, pipeline, 100, padding: 4000);
        }

        Assert.Equal(FeedClient.Range(1, count), (await socket.ReadAsync(count)).Select(FeedClient.Id));
    }

    [Fact]
    public async Task While_redis_is_away_events_still_arrive_and_afterwards_wake_ups_do()
    {
        using var line = new Testing.Relay(Testing.TestServers.Redis);
        await using var host = await StartAsync(new() { ["Progress:LookEvery"] = "00:00:00.2", ["Progress:LookEveryWithoutRedis"] = "00:00:00.1" }, line.Address);
        var pipeline = await PipelineAsync(host, _tenant);
        using var socket = await FeedClient.ConnectAsync(host, _tenant, $"/pipelines/{pipeline.Id}/events");
        await EmitAsync(host, pipeline, 1);
        var before = await socket.ReadAsync(1);

        line.Cut();
        await EmitAsync(host, pipeline, 2);
        var during = await socket.ReadAsync(2);

        line.Mend();
        await EmitAsync(host, pipeline, 1);
        var after = await socket.ReadAsync(1);

        Assert.Equal([1, 2, 3, 4], before.Concat(during).Concat(after).Select(FeedClient.Id));
    }

    [Fact]
    public async Task The_service_starts_and_serves_while_redis_is_away()
    {
        using var line = new Testing.Relay(Testing.TestServers.Redis, cut: true);
        await using var host = await StartAsync(new() { ["Progress:LookEveryWithoutRedis"] = "00:00:00.1" }, line.Address);
        var pipeline = await PipelineAsync(host, _tenant);
        using var socket = await FeedClient.ConnectAsync(host, _tenant, $"/pipelines/{pipeline.Id}/events");

        await EmitAsync(host, pipeline, 1);

        Assert.Equal([1], (await socket.ReadAsync(1)).Select(FeedClient.Id));
    }

    [Fact]
    public async Task Silence_is_filled_with_heartbeats()
    {
        await using var host = await StartAsync(new() { ["Progress:HeartbeatEvery"] = "00:00:00.1" });
        using var client = host.ClientOf(_tenant);
        using var socket = await FeedClient.ConnectAsync(host, _tenant, "/events");
        var silence = socket.ReadFrameAsync();

        var beats = 0;
        await foreach (var block in FeedClient.ServerSentAsync(client, "/events"))
        {
            beats += block.Comment == "heartbeat" ? 1 : 0;
            if (beats == 5)
            {
                break;
            }
        }

        // five heartbeats later a socket that answers pings is still open, and has heard nothing else
        Assert.False(silence.IsCompleted);
        Assert.Equal(WebSocketState.Open, socket.State);
    }

    [Fact]
    public async Task Stopping_closes_sockets_with_a_reason_and_ends_streams()
    {
        var host = await StartAsync([]);
        using var client = host.ClientOf(_tenant);
        using var socket = await FeedClient.ConnectAsync(host, _tenant, "/events");
        await using var stream = FeedClient.ServerSentAsync(client, "/events").GetAsyncEnumerator();
        Assert.True(await stream.MoveNextAsync());
        var closing = socket.ReadFrameAsync();

        var stopping = host.DisposeAsync();

        Assert.Null(await closing);
        Assert.Equal(WebSocketCloseStatus.EndpointUnavailable, socket.CloseStatus);
        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        Assert.False(await stream.MoveNextAsync());
        await stopping;
    }

    [Fact]
    public async Task Events_of_pipelines_that_finished_long_ago_are_deleted_and_others_stay()
    {
        await using var host = await StartAsync(new() { ["Progress:SweepEvery"] = "00:00:00.1", ["Progress:KeepFor"] = "1.00:00:00" });
        var (old, young) = (await PipelineAsync(host, _tenant), await PipelineAsync(host, _tenant));
        await EmitAsync(host, old, 3);
        await EmitAsync(host, young, 3);
        await host.WithDatabaseAsync(db =>
        {
            db.Attach(old).Entity.FinishedAt = TimeProvider.System.GetUtcNow().AddDays(-2);
            return db.SaveChangesAsync();
        });
        using var client = host.ClientOf(_tenant);

        await Testing.Eventually.HoldsAsync(async () => (await EventsAsync(client, $"/pipelines/{old.Id}/events")) == 0);

        Assert.Equal(3, await EventsAsync(client, $"/pipelines/{young.Id}/events"));
        // the tenant's feed begins later now, and goes on
        var reading = FeedClient.ServerSentAsync(client, "/events").TakeAsync(4);
        await EmitAsync(host, young, 1);
        Assert.Equal(["4", "5", "6", "7"], (await reading).Select(block => block.Id));
    }

    private async Task<List<long>> ReadWithReconnectsAsync(LibraryHost host, long pipelineId, int count)
    {
        var seen = new List<long>();
        while (seen.Count < count)
        {
            using var socket = await FeedClient.ConnectAsync(host, _tenant, $"/pipelines/{pipelineId}/events?after={seen.LastOrDefault()}");
            for (var frames = 0; frames < 3 && seen.Count < count; frames++)
            {
                seen.AddRange(FeedClient.Events((await socket.ReadFrameAsync())!).Select(FeedClient.Id));
            }

            // torn, not closed: as when a phone loses its network
            socket.Abort();
        }

        return seen;
    }

    private static async Task<int> EventsAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative));
        return (await Assets.AssetsFixture.JsonAsync(answer))["data"]!.AsArray().Count;
    }
}
