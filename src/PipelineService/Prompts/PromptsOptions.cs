using System.ComponentModel.DataAnnotations;

namespace PipelineService.Prompts;

/// <summary>Section <c>Prompts</c>: the prompt box.</summary>
public sealed class PromptsOptions
{
    public const string Section = "Prompts";

    /// <summary>Most prompts of one enhancement. Default 100.</summary>
    [Range(1, 10_000)]
    public int MaxPrompts { get; set; } = 100;

    /// <summary>Longest prompt in characters. Default 2,000.</summary>
    [Range(1, 100_000)]
    public int MaxPromptChars { get; set; } = 2000;

    /// <summary>Most variations of one prompt. Default 20.</summary>
    [Range(1, 100)]
    public int MaxCount { get; set; } = 20;

    /// <summary>Longest wait for the enhancer. Default 90 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00")]
    public TimeSpan EnhancerTimeout { get; set; } = TimeSpan.FromSeconds(90);

    /// <summary>Suggestions for what somebody types. Default 8.</summary>
    [Range(1, 50)]
    public int Suggestions { get; set; } = 8;

    /// <summary>Newest pipelines of a tenant whose prompts are suggested. Default 40.</summary>
    [Range(1, 1000)]
    public int HistoryPipelines { get; set; } = 40;
}
