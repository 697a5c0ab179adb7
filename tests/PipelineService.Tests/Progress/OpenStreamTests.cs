using PipelineService.Progress;

namespace PipelineService.Tests.Progress;

/// <summary>When silence is filled, and when a client that takes nothing is let go.</summary>
public sealed class OpenStreamTests
{
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Goodbye = TimeSpan.FromSeconds(2);

    private readonly SetTime _time = new();
    private readonly FeedQueue _queue = new(10, 10_000);
    private bool _aborted;

    [Fact]
    public void A_socket_whose_frame_does_not_go_is_first_asked_to_come_back_and_later_torn()
    {
        var stream = Stream(isSocket: true);
        using var sending = stream.Sending();

        Assert.Equal((false, false), After(stream, 9));
        Assert.Equal((true, false), After(stream, 2));
        Assert.Equal((true, false), After(stream, 8));
        Assert.Equal((true, true), After(stream, 2));
    }

    [Fact]
    public void An_event_stream_has_no_word_for_it_and_is_torn_at_once()
    {
        var stream = Stream(isSocket: false);
        using var sending = stream.Sending();

        Assert.Equal((false, false), After(stream, 10));
        Assert.Equal((true, true), After(stream, 1));
    }

    [Fact]
    public void A_client_that_takes_each_frame_in_time_may_be_as_slow_as_it_likes()
    {
        var stream = Stream(isSocket: true);
        for (var frame = 0; frame < 20; frame++)
        {
            using var sending = stream.Sending();
            Assert.Equal((false, false), After(stream, 9));
        }
    }

    [Fact]
    public void A_frame_under_way_at_the_end_has_the_time_of_a_goodbye()
    {
        var stream = Stream(isSocket: true);
        using var sending = stream.Sending();
        After(stream, 5);
        stream.End();

        Assert.Equal((false, false), After(stream, 2));
        Assert.Equal((false, true), After(stream, 1));
    }

    [Fact]
    public async Task Silence_is_filled_on_event_streams_and_not_on_sockets()
    {
        var (events, socket) = (Stream(isSocket: false), Stream(isSocket: true));
        var waiting = _queue.WaitAsync().AsTask();

        After(socket, 60);
        Assert.False(waiting.IsCompleted);
        events.Sending().Dispose();
        After(events, 14);
        Assert.False(waiting.IsCompleted);
        After(events, 1);

        Assert.True(await waiting);
    }

    private OpenStream Stream(bool isSocket) => new(_queue, beats: !isSocket, sayWhy: isSocket, () => _aborted = true, _time);

    private (bool TooSlow, bool Aborted) After(OpenStream stream, int seconds)
    {
        _time.Ticks += seconds * TimeSpan.TicksPerSecond;
        stream.Look(Heartbeat, Patience, Goodbye);
        return (stream.TooSlow, _aborted);
    }

    private sealed class SetTime : TimeProvider
    {
        public long Ticks { get; set; } = 1;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Ticks;
    }
}
