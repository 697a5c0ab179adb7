using System.ComponentModel.DataAnnotations;

namespace EnhancerService;

/// <summary>Section <c>Enhancer</c>.</summary>
public sealed class EnhancerOptions
{
    public const string Section = "Enhancer";

    /// <summary>How long an answer of the prompt box is kept. Default 7 days.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "365.00:00:00")]
    public TimeSpan CacheFor { get; set; } = TimeSpan.FromDays(7);

    /// <summary>From which share of words that both prompts have (0 to 1, of all words of both) an answer to the one will do for the other, where a workspace wants that. Default 0.75.</summary>
    [Range(0.5, 1.0)]
    public double SimilarFrom { get; set; } = 0.75;

    /// <summary>Among how many of the newest prompts that were asked about in the same way a similar one is looked for. Default 200.</summary>
    [Range(1, 10_000)]
    public int SimilarAmong { get; set; } = 200;

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
