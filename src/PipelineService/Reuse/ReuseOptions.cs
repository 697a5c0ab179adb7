using System.ComponentModel.DataAnnotations;

namespace PipelineService.Reuse;

/// <summary>Section <c>Reuse</c>: how identical requests wait for one another in runs that reuse results.</summary>
public sealed class ReuseOptions
{
    public const string Section = "Reuse";

    /// <summary>Least wait before an item looks again whether the identical one in flight has ended; it waits as long as that one has been under way. Default 100 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "00:10:00")]
    public TimeSpan LeastWait { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Longest such wait. Default 5 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "00:10:00")]
    public TimeSpan LongestWait { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How often notes about who goes first are cleared away once that one has ended. Default 1 minute.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "1.00:00:00")]
    public TimeSpan SweepEvery { get; set; } = TimeSpan.FromMinutes(1);
}
