using System.ComponentModel.DataAnnotations;

namespace Gateway.Accounts;

/// <summary>Section <c>ApiKeys</c>.</summary>
internal sealed class ApiKeyOptions
{
    /// <summary>Keys of one workspace that are not revoked.</summary>
    [Range(1, 100_000)]
    public int MaxPerWorkspace { get; set; } = 100;
}
