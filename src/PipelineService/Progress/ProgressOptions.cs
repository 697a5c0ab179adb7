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

    /// <summary>Events that wait in memory for one reader; a slower reader goes on from the database. Default 512.</summary>
    [Range(1, 100_000)]
    public int ReaderQueue { get; set; } = 512;

    /// <summary>Most events of one frame, and of one read from the database. Default 200.</summary>
    [Range(1, 10_000)]
    public int BatchSize { get; set; } = 200;

    /// <summary>How long the events of a finished pipeline are kept. Default 90 days; zero keeps them for as long as the pipeline.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "3650.00:00:00")]
    public TimeSpan KeepFor { get; set; } = TimeSpan.FromDays(90);

    /// <summary>How often older events are looked for. Default 1 hour.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "1.00:00:00")]
    public TimeSpan SweepEvery { get; set; } = TimeSpan.FromHours(1);
}
