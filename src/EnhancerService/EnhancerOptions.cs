using System.ComponentModel.DataAnnotations;

namespace EnhancerService;

/// <summary>Section <c>Enhancer</c>.</summary>
public sealed class EnhancerOptions
{
    public const string Section = "Enhancer";

    /// <summary>How long an answer of the prompt box is kept. Default 7 days.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "365.00:00:00")]
    public TimeSpan CacheFor { get; set; } = TimeSpan.FromDays(7);
}
