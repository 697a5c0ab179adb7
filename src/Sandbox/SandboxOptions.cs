using System.ComponentModel.DataAnnotations;

namespace Sandbox;

/// <summary>Section <c>Sandbox</c>: a stand-in for vendors, on this machine.</summary>
public sealed class SandboxOptions
{
    public const string Section = "Sandbox";

    /// <summary>The key it takes as fal; any other is refused with 401. Default <c>sandbox:key</c>.</summary>
    [Required]
    public string Key { get; set; } = "sandbox:key";

    /// <summary>The key it takes where it plays OpenAI; any other is refused with 401. Default <c>sandbox-openai-key</c>.</summary>
    [Required]
    public string OpenAiKey { get; set; } = "sandbox-openai-key";

    /// <summary>The key it takes where it plays Anthropic; any other is refused with 401. Default <c>sandbox-anthropic-key</c>.</summary>
    [Required]
    public string AnthropicKey { get; set; } = "sandbox-anthropic-key";

    /// <summary>The token it takes as Replicate; any other is refused with 401. Default <c>sandbox-token</c>.</summary>
    [Required]
    public string ReplicateToken { get; set; } = "sandbox-token";

    /// <summary>What its calls back as Replicate are signed with. Default <c>whsec_c2FuZGJveC1zZWNyZXQ=</c>.</summary>
    [RegularExpression("whsec_[A-Za-z0-9+/]+=*")]
    public string ReplicateSecret { get; set; } = "whsec_c2FuZGJveC1zZWNyZXQ=";

    /// <summary>Who draws: <c>local</c>, the demo renderer; or <c>no-op</c>, the same small file for everything, for load tests. Default <c>local</c>.</summary>
    [RegularExpression("local|no-op")]
    public string Renderer { get; set; } = "local";

    /// <summary>Jobs of one vendor that run at once, as fal allows a new account; the others wait in the queue. Default 2.</summary>
    [Range(1, 1000)]
    public int Concurrency { get; set; } = 2;

    /// <summary>How long a picture takes at least. Default 300 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan ImageTime { get; set; } = TimeSpan.FromMilliseconds(300);

    /// <summary>How long a video takes at least. Default 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan VideoTime { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a result can be asked for after its end. Default 1 hour.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "30.00:00:00")]
    public TimeSpan ResultLife { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Largest upload in bytes. Default 90 MB, above which fal wants parts.</summary>
    [Range(1, 1L << 32)]
    public long MaxUploadBytes { get; set; } = 90L << 20;
}
