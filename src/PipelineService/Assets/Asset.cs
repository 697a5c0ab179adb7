namespace PipelineService.Assets;

/// <summary>A picture or a video in a tenant's library. The bytes are stored once, by content hash.</summary>
public sealed class Asset
{
    public long Id { get; set; }

    public required long TenantId { get; init; }

    /// <summary>image or video.</summary>
    public required string Type { get; init; }

    /// <summary>uploaded or generated.</summary>
    public required string Source { get; init; }

    public required string Name { get; set; }

    public required string ContentType { get; init; }

    /// <summary>Pixels as shown.</summary>
    public required int Width { get; init; }

    public required int Height { get; init; }

    /// <summary>Seconds; null for images.</summary>
    public decimal? DurationSec { get; init; }

    public required long Bytes { get; init; }

    /// <summary>Lower-case hex.</summary>
    public required string Sha256 { get; init; }

    public required string ObjectKey { get; init; }

    /// <summary>A video's poster frame.</summary>
    public string? PosterKey { get; init; }

    public long? PipelineId { get; init; }

    public long? OutputId { get; set; }

    public string? Model { get; init; }

    /// <summary>The prompt that made it; null for uploads.</summary>
    public string? Prompt { get; init; }

    /// <summary>Made by the demo renderer or the no-op provider.</summary>
    public bool Simulated { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
