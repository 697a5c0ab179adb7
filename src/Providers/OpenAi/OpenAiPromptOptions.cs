using System.ComponentModel.DataAnnotations;

namespace Providers.OpenAi;

/// <summary>Section <c>OpenAI:Prompts</c>: prompts by OpenAI's chat, or by any endpoint that speaks it.</summary>
public sealed class OpenAiPromptOptions
{
    public const string Section = "OpenAI:Prompts";

    /// <summary>Another endpoint that is compatible, such as <c>http://localhost:11434/v1</c>; it gets the key of this section, not OpenAI's. Default not set.</summary>
    public Uri? BaseUrl { get; set; }

    /// <summary>The key of <see cref="BaseUrl"/>; many local ones want none. Never logged. Default empty.</summary>
    public string ApiKey { get; set; } = "";

    /// <summary>The model. Default <c>gpt-6-luna</c>.</summary>
    [Required]
    public string Model { get; set; } = "gpt-6-luna";

    /// <summary>How hard it reasons: none, low, medium or high; empty for models that take no such word. Default low.</summary>
    [RegularExpression("none|low|medium|high|")]
    public string Effort { get; set; } = "low";

    /// <summary>Longest answer in tokens, its reasoning included. Default 8,000.</summary>
    [Range(256, 128_000)]
    public int MaxTokens { get; set; } = 8000;

    /// <summary>Longest wait for one answer. Default 60 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan CallTimeout { get; set; } = TimeSpan.FromSeconds(60);
}
