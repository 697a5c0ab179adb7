namespace Gateway.Accounts;

/// <summary>A tenant. Its id is the tenant id that every service's rows carry.</summary>
public sealed class Workspace
{
    public long Id { get; init; }

    /// <summary>Stable and unique; lower case.</summary>
    public required string Slug { get; init; }

    public required string Name { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }
}
