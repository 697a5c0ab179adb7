using System.ComponentModel.DataAnnotations;

namespace Jobs;

/// <summary>Section <c>Worker</c>.</summary>
public sealed class WorkerOptions
{
    public const string Section = "Worker";

    /// <summary>Items a process works on at once; a provider may take fewer. Default 64.</summary>
    [Range(1, 1024)]
    public int Concurrency { get; set; } = 64;

    /// <summary>How long claims and results are gathered for one statement or message, when there was company last time. Default 2 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:00:01")]
    public TimeSpan GatherFor { get; set; } = TimeSpan.FromMilliseconds(2);

    /// <summary>How long a process counts as alive after its last sign; when it has been missed for half as long again, others take over its jobs. Default 6 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan AliveFor { get; set; } = TimeSpan.FromSeconds(6);

    /// <summary>How often a process says what it has in hand. Default 250 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:00:10")]
    public TimeSpan HeartbeatEvery { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Longest time for one call of a provider: a submit or a poll, a synchronous generation included. Default 5 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan CallTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long an accepted job counts as in hand without another look: one call and the longest wait.</summary>
    internal TimeSpan LookLife => CallTimeout + MaxPollEvery;

    /// <summary>First wait before an accepted job is looked at; grows with its age. Default 500 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:01:00")]
    public TimeSpan PollEvery { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Longest wait between two looks. Default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:10:00")]
    public TimeSpan MaxPollEvery { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Accepted jobs looked at at once. Default 64.</summary>
    [Range(1, 1024)]
    public int MostPolls { get; set; } = 64;

    /// <summary>How long a stopping process lets submits under way end, before it gives them back; less than the bus waits (6 s). Default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:05.500")]
    public TimeSpan StopItems { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a stopping process lets looks under way end, before others take their jobs over. Default 1.5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan StopPolls { get; set; } = TimeSpan.FromSeconds(1.5);

    /// <summary>Age at which an accepted job is given up as unknown. Default 1 hour.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "2.00:00:00")]
    public TimeSpan MaxJobAge { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How long jobs are kept, so that a late repeat is still known. Default 30 days.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "365.00:00:00")]
    public TimeSpan KeepJobs { get; set; } = TimeSpan.FromDays(30);
}
