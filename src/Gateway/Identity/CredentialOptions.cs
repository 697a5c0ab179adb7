using System.ComponentModel.DataAnnotations;

namespace Gateway.Identity;

/// <summary>Section <c>Credentials</c>.</summary>
internal sealed class CredentialOptions
{
    /// <summary>How long a key or session that was looked up is believed, 0 to 5 minutes. Revoking is seen at once by the gateway that does it, by others within this time.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan CacheFor { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Most credentials remembered at once.</summary>
    [Range(1, 1_000_000)]
    public int CacheSize { get; set; } = 10_000;
}
