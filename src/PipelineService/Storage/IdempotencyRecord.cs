namespace PipelineService.Storage;

/// <summary>The first answer to a POST with an Idempotency-Key, kept for a while.</summary>
public sealed class IdempotencyRecord
{
    public required long TenantId { get; init; }

    /// <summary>Method and path.</summary>
    public required string Route { get; init; }

    public required string Key { get; init; }

    /// <summary>SHA-256 of the body.</summary>
    public required byte[] BodyHash { get; init; }

    /// <summary>Null while the first request is still being answered.</summary>
    public int? StatusCode { get; set; }

    public string? ContentType { get; set; }

    public string? Location { get; set; }

    public string? ETag { get; set; }

    public byte[]? Body { get; set; }

    public required DateTimeOffset CreatedAt { get; set; }
}
