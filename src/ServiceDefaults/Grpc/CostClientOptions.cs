using System.ComponentModel.DataAnnotations;

namespace ServiceDefaults.Grpc;

/// <summary>Section <c>CostClient</c>.</summary>
public sealed class CostClientOptions
{
    public const string Section = "CostClient";

    /// <summary>How long a call may take, attempts included. Default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:05:00")]
    public TimeSpan Deadline { get; set; } = TimeSpan.FromSeconds(5);
}
