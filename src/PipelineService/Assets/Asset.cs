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

    /// <summary>US dollars of the output it belongs to; null for uploads.</summary>
    public decimal? Cost { get; init; }

    /// <summary>1..5, or null. The same as its output's, where it has one: the database keeps it so.</summary>
    public int? Rating { get; set; }

    public bool Starred { get; set; }

    /// <summary>In the order of the alphabet.</summary>
    public string[] Tags { get; set; } = [];

    /// <summary>When it was moved to the trash; null: it is not there. Its file stays until it is really removed.</summary>
    public DateTimeOffset? DeletedAt { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }
}
