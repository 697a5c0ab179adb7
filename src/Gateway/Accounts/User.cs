namespace Gateway.Accounts;

/// <summary>A person of a workspace.</summary>
public sealed class User
{
    public long Id { get; init; }

    public required long TenantId { get; init; }

    public required string Name { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }
}
