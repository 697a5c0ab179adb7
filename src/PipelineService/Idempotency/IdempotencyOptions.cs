using System.ComponentModel.DataAnnotations;

namespace PipelineService.Idempotency;

/// <summary>Section <c>Idempotency</c>: how long the answers to keyed requests are kept.</summary>
public sealed class IdempotencyOptions
{
    public const string Section = "Idempotency";

    /// <summary>How long a key stands for its first request. Default 24 hours.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "30.00:00:00")]
    public TimeSpan KeepFor { get; set; } = TimeSpan.FromHours(24);

    /// <summary>
    /// A request that is being answered says so three times in this span. One that has been silent for all of it died with its process, and its
    /// repetition is answered anew. Default 15 seconds.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.3", "00:10:00")]
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How often older keys are deleted. Default 10 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "1.00:00:00")]
    public TimeSpan SweepEvery { get; set; } = TimeSpan.FromMinutes(10);
}
