namespace PipelineService.Library;

/// <summary>Assets that somebody put together under a name. An asset may lie in many.</summary>
public sealed class Collection
{
    public long Id { get; set; }

    public required long TenantId { get; init; }

    public required string Name { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>That an asset lies in a collection.</summary>
public sealed class CollectionAsset
{
    public required long CollectionId { get; init; }

    public required long TenantId { get; init; }

    public required long AssetId { get; init; }
}
