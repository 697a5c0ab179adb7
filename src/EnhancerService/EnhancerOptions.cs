using System.ComponentModel.DataAnnotations;

namespace EnhancerService;

/// <summary>Section <c>Enhancer</c>.</summary>
public sealed class EnhancerOptions
{
    public const string Section = "Enhancer";

    /// <summary>How long an answer of the prompt box is kept. Default 7 days.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "365.00:00:00")]
    public TimeSpan CacheFor { get; set; } = TimeSpan.FromDays(7);

    /// <summary>Most input prompts of one call. Default 100.</summary>
    [Range(1, 10_000)]
    public int MaxPrompts { get; set; } = 100;

    /// <summary>Longest input prompt in characters. Default 2,000.</summary>
    [Range(1, 100_000)]
    public int MaxPromptChars { get; set; } = 2000;

    /// <summary>Most prompts made of one input. Default 20.</summary>
    [Range(1, 1000)]
    public int MaxCount { get; set; } = 20;
}
