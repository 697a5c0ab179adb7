using System.Text;
using System.Text.Json.Nodes;
using PipelineService.Progress;

namespace PipelineService.Tests.Progress;

/// <summary>What may be left out of a frame, what never is, and how readers' queues are bounded.</summary>
public sealed class FeedBatchTests
{
    private static readonly DateTimeOffset At = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Progress_and_costs_that_a_later_event_overtakes_are_left_out_and_nothing_else()
    {
        var batch = FeedBatch.Of(0,
        [
            Progress(1, step: 21), Cost(2, pipeline: 7), Output(3), Progress(4, step: 22), Error(5), Status(6), Progress(7, step: 21), Cost(8, pipeline: 8), Output(9), Error(10), Status(11), Cost(12, pipeline: 7),
        ]);

        Assert.Equal([3, 4, 5, 6, 7, 8, 9, 10, 11, 12], Numbers(batch));
    }

    [Fact]
    public void Whatever_is_left_out_the_last_event_of_a_batch_has_the_number_it_reaches_to()
    {
        var random = new Random(41);
        for (var round = 0; round < 200; round++)
        {
            var events = Enumerable.Range(1, random.Next(1, 60)).Select(n => Any(random, n)).ToList();
            var batch = FeedBatch.Of(0, events);

            Assert.Equal(events.Count, batch.Last);
            Assert.Equal(batch.Last, batch.Events[^1].Number);
            Assert.Equal(Numbers(batch).Order().Distinct(), Numbers(batch));
            Assert.Equal(events.Where(progress => progress.Subject is null).Select(progress => progress.Number), batch.Events.Where(progress => progress.Subject is null).Select(progress => progress.Number));
            foreach (var subject in events.GroupBy(progress => progress.Subject).Where(group => group.Key is not null))
            {
                Assert.Equal([subject.Last().Number], batch.Events.Where(progress => progress.Subject == subject.Key).Select(progress => progress.Number));
            }
        }
    }

    [Fact]
    public void Batches_say_the_same_joined_as_cut()
    {
        var random = new Random(42);
        var events = Enumerable.Range(1, 100).Select(n => Any(random, n)).ToList();

        var whole = FeedBatch.Of(0, events);
        var joined = FeedBatch.Join([FeedBatch.Of(0, events[..30]), FeedBatch.Of(30, events[30..31]), FeedBatch.Of(31, events[31..])]);

        Assert.Equal((whole.After, whole.Last), (joined.After, joined.Last));
        Assert.Equal(whole.Json, joined.Json);
    }

    [Fact]
    public void A_frame_is_the_event_or_an_array_of_them()
    {
        var one = FeedBatch.Of(0, [Output(1)]).Json;
        var several = JsonNode.Parse(FeedBatch.Of(0, [Output(1), Error(2)]).Json)!.AsArray();

        Assert.Equal(1, JsonNode.Parse(one)!.Id());
        Assert.Equal([1, 2], several.Select(progress => progress!.Id()));
        Assert.Equal("id: 1\nevent: output_ready\ndata: " + Encoding.UTF8.GetString(one) + "\n\n", Encoding.UTF8.GetString(FeedBatch.Of(0, [Output(1)]).ServerSent));
    }

    [Fact]
    public void A_page_is_cut_into_frames_of_so_many_bytes_and_one_larger_event_goes_alone()
    {
        FeedEvent[] page = [Output(4), Output(5), Error(6, padding: 5000), Output(7), Output(8), Output(9)];
        var most = 2 * (Output(4).Json.Length + 1);

        var batches = FeedBatch.Cut(3, page, most).ToList();

        Assert.Equal([[4, 5], [6], [7, 8], [9]], batches.Select(Numbers));
        Assert.Equal([3, 5, 6, 8], batches.Select(batch => batch.After));
        Assert.Equal(page, batches.SelectMany(batch => batch.Events));
    }

    [Fact]
    public async Task A_full_queue_takes_nothing_more_until_its_reader_has_come_to_the_mark()
    {
        var queue = new FeedQueue(mostEvents: 2, mostBytes: 1_000_000);
        foreach (var number in FeedClient.Range(1, 9))
        {
            queue.Add(FeedBatch.Of(number - 1, [Output(number)]));
        }

        Assert.Equal([1, 2], (await TakeAsync(queue)).SelectMany(Numbers));
        Assert.Same(FeedBatch.Overrun, Assert.Single(await TakeAsync(queue)));
        queue.Add(FeedBatch.Of(9, [Output(10)]));
        Assert.Equal([10], (await TakeAsync(queue)).SelectMany(Numbers));
    }

    [Fact]
    public async Task A_queue_is_bounded_in_bytes_too_and_an_empty_one_takes_a_batch_of_any_size()
    {
        var queue = new FeedQueue(mostEvents: 1000, mostBytes: 3000);
        queue.Add(FeedBatch.Of(0, [Error(1, padding: 10_000)]));
        queue.Add(FeedBatch.Of(1, [Output(2)]));

        Assert.Equal([1], (await TakeAsync(queue)).SelectMany(Numbers));
        Assert.Same(FeedBatch.Overrun, Assert.Single(await TakeAsync(queue)));
    }

    [Fact]
    public async Task A_reader_takes_as_many_batches_at_once_as_fit_into_a_frame()
    {
        var queue = new FeedQueue(100, 1_000_000);
        foreach (var number in FeedClient.Range(1, 5))
        {
            queue.Add(FeedBatch.Of(number - 1, [Output(number)]));
        }

        Assert.Equal([1, 2, 3], (await TakeAsync(queue, frameEvents: 3)).SelectMany(Numbers));
        Assert.Equal([4, 5], (await TakeAsync(queue, frameEvents: 3)).SelectMany(Numbers));
    }

    [Fact]
    public async Task An_ended_queue_lets_go_of_what_waits()
    {
        var queue = new FeedQueue(100, 1_000_000);
        queue.Add(FeedBatch.Of(0, [Output(1)]));
        queue.End();
        queue.Add(FeedBatch.Of(1, [Output(2)]));

        Assert.False(await queue.WaitAsync());
    }

    private static async Task<List<FeedBatch>> TakeAsync(FeedQueue queue, int frameEvents = 100)
    {
        Assert.True(await queue.WaitAsync());
        var batches = new List<FeedBatch>();
        queue.Take(batches, frameEvents, 1_000_000);
        return batches;
    }

    private static IEnumerable<long> Numbers(FeedBatch batch) => batch.Events.Select(progress => progress.Number);

    private static FeedEvent Any(Random random, long number) => random.Next(5) switch
    {
        0 => Output(number),
        1 => Error(number),
        2 => Status(number),
        3 => Cost(number, random.Next(7, 9)),
        _ => Progress(number, random.Next(21, 24)),
    };

    private static FeedEvent Event(long number, string name, DateTimeOffset at, string data) => new(number, name, at, Encoding.UTF8.GetBytes(data));

    private static FeedEvent Progress(long number, long step) => Event(number, "step_progress", At, $$"""{"pipeline_id": 7, "step_id": {{step}}, "progress_pct": {{number}}}""");

    private static FeedEvent Cost(long number, long pipeline) => Event(number, "cost_update", At, $$"""{"pipeline_id": {{pipeline}}, "cost_actual": {{number}}}""");

    private static FeedEvent Output(long number) => Event(number, "output_ready", At, """{"pipeline_id": 7, "step_id": 21, "output_id": 50}""");

    private static FeedEvent Error(long number, int padding = 0) =>
        Event(number, "error", At, $$"""{"pipeline_id": 7, "step_id": 21, "item_id": 9, "error_message": "{{new string('x', padding)}}"}""");

    private static FeedEvent Status(long number) => Event(number, "pipeline_status", At, """{"id": 7, "status": "running"}""");
}
