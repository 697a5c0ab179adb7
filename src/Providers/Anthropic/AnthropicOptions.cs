using System.ComponentModel.DataAnnotations;

namespace Providers.Anthropic;

/// <summary>Section <c>Anthropic</c>: the vendor Anthropic, which writes prompts. Set up when it has a key.</summary>
public sealed class AnthropicOptions
{
    public const string Section = "Anthropic";

    /// <summary>The key, for the service that calls Anthropic. Comes from the environment (<c>ANTHROPIC_API_KEY</c> for <c>./run dev</c>); never logged.</summary>
    public string ApiKey { get; set; } = "";

    /// <summary>True where another service has the key and this one only plans. Default false.</summary>
    public bool SetUp { get; set; }

    /// <summary>The key is sent to this origin alone. Default <c>https://api.anthropic.com</c>.</summary>
    [Required]
    public Uri BaseUrl { get; set; } = new("https://api.anthropic.com");

    /// <summary>The model. Default <c>claude-haiku-5-5</c>.</summary>
    [Required]
    public string Model { get; set; } = "claude-haiku-5-5";

    /// <summary>How hard it thinks: low, medium or high; empty for models that take no such word. Default low.</summary>
    [RegularExpression("low|medium|high|")]
    public string Effort { get; set; } = "low";

    /// <summary>Longest answer in tokens, its thinking included. Default 8,000.</summary>
    [Range(256, 128_000)]
    public int MaxTokens { get; set; } = 8000;

    /// <summary>Longest wait for one answer. Default 60 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan CallTimeout { get; set; } = TimeSpan.FromSeconds(60);

    internal bool IsSetUp => ApiKey.Length > 0 || SetUp;
}
