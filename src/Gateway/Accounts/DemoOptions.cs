using System.ComponentModel.DataAnnotations;

namespace Gateway.Accounts;

/// <summary>Section <c>Demo</c>; looked at in Development only.</summary>
internal sealed class DemoOptions
{
    /// <summary>The demo workspace's API key, made by whoever starts the system. Without it there is no demo workspace.</summary>
    [MinLength(20), MaxLength(200)]
    public string? ApiKey { get; set; }
}
