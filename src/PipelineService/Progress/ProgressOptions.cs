using System.ComponentModel.DataAnnotations;

namespace PipelineService.Progress;

/// <summary>Section <c>Progress</c>: how the feed is served and how long it is kept.</summary>
public sealed class ProgressOptions
{
    public const string Section = "Progress";

    /// <summary>A sign of life after this long without an event: a ping on WebSockets, a comment on event streams. Default 15 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:01:30")]
    public TimeSpan HeartbeatEvery { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How often the database is looked at for wake-ups that were lost, all watched feeds in one look. Default 1 second.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "00:05:00")]
    public TimeSpan LookEvery { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The same while Redis, which carries the wake-ups, is away. Default 250 milliseconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "00:05:00")]
    public TimeSpan LookEveryWithoutRedis { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Least time between two reads of what is new, all feeds that have something in one read. The first event after a silence does not wait. Default 10 milliseconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:01")]
    public TimeSpan ReadEvery { get; set; } = TimeSpan.FromMilliseconds(10);

    /// <summary>Events that wait in memory for one reader; a slower reader goes on from the database. Default 512.</summary>
    [Range(1, 100_000)]
    public int ReaderQueue { get; set; } = 512;

    /// <summary>The same in bytes. Default 256 KB.</summary>
    [Range(1, 100_000_000)]
    public int ReaderQueueBytes { get; set; } = 262_144;

    /// <summary>Most events of one frame, and of one feed in one read from the database. Default 200.</summary>
    [Range(1, 10_000)]
    public int BatchSize { get; set; } = 200;

    /// <summary>Most bytes of one frame; one event alone may be larger. Default 64 KB.</summary>
    [Range(1, 10_000_000)]
    public int FrameBytes { get; set; } = 65_536;

    /// <summary>How long one frame may be on its way to a client. A slower client loses its connection and has to come back. Default 10 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:10:00")]
    public TimeSpan SendTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Readers that read from the database at once what they have missed. Default 4.</summary>
    [Range(1, 1000)]
    public int CatchUpReads { get; set; } = 4;

    /// <summary>How long the events of a finished pipeline are kept. Default 90 days; zero keeps them for as long as the pipeline.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "3650.00:00:00")]
    public TimeSpan KeepFor { get; set; } = TimeSpan.FromDays(90);

    /// <summary>How often older events are looked for. Default 1 hour.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "1.00:00:00")]
    public TimeSpan SweepEvery { get; set; } = TimeSpan.FromHours(1);
}
