namespace CostService.Keys;

/// <summary>A key of a vendor that a workspace brought along, encrypted before it came here.</summary>
internal sealed class ProviderKeyRow
{
    public required long TenantId { get; init; }

    /// <summary>In lower case.</summary>
    public required string Provider { get; init; }

    public required string Sealed { get; init; }

    /// <summary>Its last letters.</summary>
    public required string Hint { get; init; }

    public required DateTimeOffset ChangedAt { get; init; }

    /// <summary>Another one whenever the key is another one.</summary>
    public required Guid Version { get; init; }
}
