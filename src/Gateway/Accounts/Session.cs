namespace Gateway.Accounts;

/// <summary>A browser that is signed in, either as a person or with an API key.</summary>
public sealed class Session
{
    public long Id { get; init; }

    public required long TenantId { get; init; }

    /// <summary>Null when signed in with a key.</summary>
    public long? UserId { get; init; }

    /// <summary>Set when signed in with a key; the session then has its scopes and ends with it.</summary>
    public long? ApiKeyId { get; init; }

    /// <summary>SHA-256 of the cookie's token.</summary>
    public required byte[] TokenHash { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }
}
