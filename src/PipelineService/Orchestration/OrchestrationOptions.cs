using System.ComponentModel.DataAnnotations;

namespace PipelineService.Orchestration;

/// <summary>Section <c>Orchestration</c>.</summary>
public sealed class OrchestrationOptions
{
    public const string Section = "Orchestration";

    /// <summary>Tries of one item before it fails for good, counting only known failures that may be retried. Default 3.</summary>
    [Range(1, 20)]
    public int MaxAttempts { get; set; } = 3;

    /// <summary>How often a lease may run out while the item is running before it fails with <c>crash_loop</c>. Default 10.</summary>
    [Range(1, 1000)]
    public int MaxCrashes { get; set; } = 10;

    /// <summary>Wait before the first automatic retry; doubles each time, with jitter, up to <see cref="MaxRetryDelay"/>. Default 1 s.</summary>
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest wait before an automatic retry. Default 60 s.</summary>
    public TimeSpan MaxRetryDelay { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a sent item may stay without a sign of a worker before it is sent again. Default 60 s.</summary>
    public TimeSpan DispatchLease { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a running item may stay without a heartbeat before it is sent again. Default 20 s.</summary>
    public TimeSpan RunningLease { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>How often run-out leases are looked for. Default 2 s.</summary>
    public TimeSpan ReapEvery { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Fewest items a lane has in flight; more as long as they wait less than <see cref="WindowTime"/>. Default 32.</summary>
    [Range(1, 10_000)]
    public int MinWindow { get; set; } = 32;

    /// <summary>Most items a lane has in flight. Default 2,000.</summary>
    [Range(1, 100_000)]
    public int MaxWindow { get; set; } = 2000;

    /// <summary>What an item in flight should wait, beside the time it is worked on; the window is sized by it. Default 200 ms.</summary>
    public TimeSpan WindowTime { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>A lane without a result for so long, and for twice the time its items take, begins again with <see cref="MinWindow"/>. Default 100 ms.</summary>
    public TimeSpan SilentAfter { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Rows that one transaction of results writes, counting a result and what follows from it. Default 256.</summary>
    [Range(1, 10_000)]
    public int BatchRows { get; set; } = 256;

    /// <summary>Least time between two step_progress events of a step. Default 200 ms.</summary>
    public TimeSpan ProgressEvery { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>How long a step that has nothing left to do may wait for its end before its pipeline is told again. Default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00")]
    public TimeSpan DrainedAfter { get; set; } = TimeSpan.FromSeconds(10);
}
