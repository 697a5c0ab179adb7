using System.Net;
using System.Net.WebSockets;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PipelineService.Progress;
using PipelineService.Tests.Assets;
using static PipelineService.Tests.Progress.FeedFixture;

namespace PipelineService.Tests.Progress;

public sealed class FeedTests(FeedFixture fixture) : IClassFixture<FeedFixture>
{
    private readonly long _tenant = LibraryHost.NewTenant();
    private readonly LibraryHost _host = fixture.Host;

    private HttpClient Client => field ??= _host.ClientOf(_tenant);

    [Fact]
    public async Task A_page_begins_with_the_oldest_and_leads_to_the_next()
    {
        var pipeline = await PipelineAsync(_host, _tenant);
        await EmitAsync(_host, pipeline, 5);

        var first = await PageAsync($"/pipelines/{pipeline.Id}/events?limit=3");
        var rest = await PageAsync($"/pipelines/{pipeline.Id}/events?limit=3&after={(string)first["next_cursor"]!}");
        var none = await PageAsync($"/pipelines/{pipeline.Id}/events?cursor=5");

        Assert.Equal([1, 2, 3], first["data"]!.AsArray().Select(progress => progress!.Id()));
        Assert.Equal([4, 5], rest["data"]!.AsArray().Select(progress => progress!.Id()));
        Assert.Null(rest["next_cursor"]);
        Assert.Empty(none["data"]!.AsArray());
        var one = first["data"]![0]!;
        Assert.Equal(["id", "event", "at", "data"], one.AsObject().Select(property => property.Key));
        Assert.Equal(("error", pipeline.Id), ((string)one["event"]!, (long)one["data"]!["pipeline_id"]!));
    }

    [Fact]
    public async Task The_feed_of_a_tenant_has_all_its_pipelines_and_a_numbering_of_its_own()
    {
        var (one, two) = (await PipelineAsync(_host, _tenant), await PipelineAsync(_host, _tenant));
        var stranger = await PipelineAsync(_host, LibraryHost.NewTenant());
        await EmitAsync(_host, one, 2);
        await EmitAsync(_host, stranger, 2);
        await EmitAsync(_host, two, 1);

        var page = await PageAsync("/events");

        Assert.Equal([1, 2, 3], page["data"]!.AsArray().Select(progress => progress!.Id()));
        Assert.Equal([one.Id, one.Id, two.Id], page["data"]!.AsArray().Select(progress => (long)progress!["data"]!["pipeline_id"]!));
    }

    [Fact]
    public async Task Pages_of_any_size_cut_commits_of_any_size_and_lose_nothing()
    {
        var (one, two) = (await PipelineAsync(_host, _tenant), await PipelineAsync(_host, _tenant));
        var random = new Random(7);
        var wrote = new Dictionary<long, List<int>> { [one.Id] = [], [two.Id] = [] };
        for (var commit = 0; commit < 12; commit++)
        {
            var events = Enumerable.Range(0, random.Next(1, 9)).Select(n => (Pipeline: random.Next(2) == 0 ? one : two, Mark: (commit * 100) + n)).ToList();
            events.ForEach(progress => wrote[progress.Pipeline.Id].Add(progress.Mark));
            await EmitAsync(_host, [.. events.Select(progress => new NewEvent(
                _tenant, progress.Pipeline.Id, ProgressEvents.ErrorName, new { pipeline_id = progress.Pipeline.Id, error_message = $"\"ü\" {progress.Mark}", mark = progress.Mark }))]);
        }

        foreach (var limit in new[] { 1, 3, 7, 1000 })
        {
            foreach (var pipeline in new[] { one, two })
            {
                var events = await AllAsync($"/pipelines/{pipeline.Id}/events", limit);
                Assert.Equal(FeedClient.Range(1, events.Count), events.Select(progress => progress.Id()));
                Assert.Equal(wrote[pipeline.Id], events.Select(progress => (int)progress["data"]!["mark"]!));
                Assert.All(events, progress => Assert.Equal($"\"ü\" {(int)progress["data"]!["mark"]!}", (string)progress["data"]!["error_message"]!));
            }

            var all = await AllAsync("/events", limit);
            Assert.Equal(FeedClient.Range(1, wrote.Sum(marks => marks.Value.Count)), all.Select(progress => progress.Id()));
            Assert.Equal(wrote[one.Id], all.Where(progress => (long)progress["data"]!["pipeline_id"]! == one.Id).Select(progress => (int)progress["data"]!["mark"]!));
        }

        var seen = await _host.WithDatabaseAsync(db => db.Database.SqlQuery<int>(
            $"select number::int as \"Value\" from pipeline.events where pipeline_id = {one.Id} and data->>'error_message' like '%ü%' order by tenant_number").ToListAsync());
        Assert.Equal(Enumerable.Range(1, wrote[one.Id].Count), seen);
    }

    [Fact]
    public async Task A_tenants_feed_goes_on_behind_a_pipeline_that_is_gone()
    {
        var (gone, left) = (await PipelineAsync(_host, _tenant), await PipelineAsync(_host, _tenant));
        await EmitAsync(_host, left, 2);
        await EmitAsync(_host, gone, 50);
        await EmitAsync(_host, left, 3);
        await _host.WithDatabaseAsync(db => db.EventBatches.Where(batch => batch.PipelineId == gone.Id).ExecuteDeleteAsync());

        Assert.Equal([1, 2, 53, 54, 55], (await AllAsync("/events", 2)).Select(progress => progress.Id()));
    }

    [Fact]
    public async Task A_tenant_without_events_has_an_empty_feed()
    {
        Assert.Empty((await PageAsync("/events"))["data"]!.AsArray());
    }

    [Fact]
    public async Task Another_tenants_pipeline_is_not_there_in_any_of_the_three_ways()
    {
        var theirs = await PipelineAsync(_host, LibraryHost.NewTenant());
        var path = $"/pipelines/{theirs.Id}/events";

        using var page = await Client.GetAsync(new Uri(path, UriKind.Relative));
        await UploadTests.ProblemAsync(page, HttpStatusCode.NotFound);
        var stream = await Assert.ThrowsAsync<HttpRequestException>(() => FeedClient.ServerSentAsync(Client, path).TakeAsync(1));
        Assert.Equal(HttpStatusCode.NotFound, stream.StatusCode);
        var socket = await Assert.ThrowsAsync<HttpRequestException>(() => FeedClient.ConnectAsync(_host, _tenant, path));
        Assert.Equal(HttpStatusCode.NotFound, socket.StatusCode);
    }

    [Theory]
    [InlineData("after=-1")]
    [InlineData("after=last")]
    [InlineData("after=1.5")]
    [InlineData("limit=0")]
    [InlineData("limit=1001")]
    public async Task A_place_or_size_that_makes_no_sense_is_refused(string query)
    {
        using var answer = await Client.GetAsync(new Uri("/events?" + query, UriKind.Relative));

        var problem = await UploadTests.ProblemAsync(answer, HttpStatusCode.UnprocessableEntity);
        Assert.NotNull(problem["errors"]!["/" + query.Split('=')[0]]);
    }

    [Fact]
    public async Task An_event_stream_replays_then_follows_and_carries_ids()
    {
        var pipeline = await PipelineAsync(_host, _tenant);
        await EmitAsync(_host, pipeline, 3);
        var reading = FeedClient.ServerSentAsync(Client, $"/pipelines/{pipeline.Id}/events").TakeAsync(5);
        await EmitAsync(_host, pipeline, 2);

        var blocks = await reading;

        Assert.Equal(["1", "2", "3", "4", "5"], blocks.Select(block => block.Id));
        Assert.All(blocks, block => Assert.Equal(("error", block.Id), (block.Event, (string)block.Data!["id"]!)));
    }

    [Fact]
    public async Task An_event_stream_goes_on_behind_the_last_id_of_the_browser()
    {
        var pipeline = await PipelineAsync(_host, _tenant);
        await EmitAsync(_host, pipeline, 4);

        var blocks = await FeedClient.ServerSentAsync(Client, $"/pipelines/{pipeline.Id}/events?after=1", lastEventId: "3").TakeAsync(1);

        Assert.Equal("4", blocks[0].Id);
    }

    [Fact]
    public async Task A_socket_begins_with_the_next_event_and_with_all_when_asked()
    {
        var pipeline = await PipelineAsync(_host, _tenant);
        await EmitAsync(_host, pipeline, 3);
        using var fresh = await FeedClient.ConnectAsync(_host, _tenant, $"/pipelines/{pipeline.Id}/events");
        using var all = await FeedClient.ConnectAsync(_host, _tenant, $"/pipelines/{pipeline.Id}/events?after=0");
        using var tenant = await FeedClient.ConnectAsync(_host, _tenant, "/events?after=2");
        await EmitAsync(_host, pipeline, 1);

        Assert.Equal([4], (await fresh.ReadAsync(1)).Select(FeedClient.Id));
        Assert.Equal([1, 2, 3, 4], (await all.ReadAsync(4)).Select(FeedClient.Id));
        Assert.Equal([3, 4], (await tenant.ReadAsync(2)).Select(FeedClient.Id));
    }

    [Fact]
    public async Task A_socket_is_closed_politely_when_its_client_is_done()
    {
        using var socket = await FeedClient.ConnectAsync(_host, _tenant, "/events");
        await socket.SendAsync(new byte[10_000], WebSocketMessageType.Binary, true, CancellationToken.None);

        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "bye", CancellationToken.None);

        Assert.Equal((WebSocketState.Closed, WebSocketCloseStatus.NormalClosure), (socket.State, socket.CloseStatus!.Value));
    }

    [Fact]
    public async Task Without_a_token_no_feed_opens()
    {
        using var anonymous = new HttpClient { BaseAddress = _host.Address };
        using var answer = await anonymous.GetAsync(new Uri("/events", UriKind.Relative));

        await UploadTests.ProblemAsync(answer, HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("t:7:events", "12:3:4", true)]
    [InlineData("t:7:events", "12:3", false)]
    [InlineData("t:7:events", "12:x:4", false)]
    [InlineData("t:-7:events", "12:3:4", false)]
    [InlineData("u:7:events", "12:3:4", false)]
    [InlineData("", "", false)]
    public void Only_a_wake_up_is_understood_as_one(string channel, string message, bool understood) =>
        Assert.Equal(understood ? new Announcement(7, 12, 3, 4) : null, Announcement.Parse(channel, message));

    /// <summary>All events, page by page.</summary>
    private async Task<List<JsonNode>> AllAsync(string path, int limit)
    {
        var (events, after) = (new List<JsonNode>(), "0");
        while (after is not null)
        {
            var page = await PageAsync($"{path}?limit={limit}&after={after}");
            events.AddRange(page["data"]!.AsArray().OfType<JsonNode>());
            after = (string?)page["next_cursor"];
        }

        return events;
    }

    private async Task<JsonNode> PageAsync(string path)
    {
        using var answer = await Client.GetAsync(new Uri(path, UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await AssetsFixture.JsonAsync(answer);
    }
}
