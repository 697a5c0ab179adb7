using System.ComponentModel.DataAnnotations;

namespace CostService.Usage;

/// <summary>Section <c>Usage</c>.</summary>
internal sealed class UsageOptions
{
    public const string Section = "Usage";

    /// <summary>The longest time that may be asked for at once, in days. Default 366.</summary>
    [Range(1, 3660)]
    public int MaxDays { get; set; } = 366;

    /// <summary>The time looked at when no <c>from</c> is given, in days before <c>to</c>. Default 30.</summary>
    [Range(1, 3660)]
    public int DefaultDays { get; set; } = 30;

    /// <summary>Most rows of one answer; its total counts everything. Default 1,000.</summary>
    [Range(1, 100_000)]
    public int MaxRows { get; set; } = 1000;
}
