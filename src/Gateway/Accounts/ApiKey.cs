namespace Gateway.Accounts;

/// <summary>A key for the API. The key itself is shown once and never stored.</summary>
public sealed class ApiKey
{
    public long Id { get; init; }

    public required long TenantId { get; init; }

    public required string Name { get; set; }

    /// <summary>The first characters of the key, to tell keys apart.</summary>
    public required string Prefix { get; set; }

    /// <summary>SHA-256 of the key.</summary>
    public required byte[] Hash { get; set; }

    /// <summary>Words of <see cref="Identity.Scopes"/>.</summary>
    public required string[] Scopes { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>To within the time that credentials are cached.</summary>
    public DateTimeOffset? LastUsedAt { get; set; }

    public DateTimeOffset? RevokedAt { get; set; }
}
