namespace Contracts.Generation;

/// <summary>A stored file, addressed by its content.</summary>
/// <param name="ObjectKey">Where the object store keeps it; begins with the tenant.</param>
/// <param name="Sha256">Lower-case hex of the content.</param>
/// <param name="Width">Pixels, as shown (orientation applied).</param>
/// <param name="Height">Pixels, as shown.</param>
/// <param name="DurationSec">Seconds; null for an image.</param>
/// <param name="PosterKey">A video's poster frame (JPEG) in the object store; null for an image.</param>
public sealed record MediaRef(
    string ObjectKey,
    string Sha256,
    string ContentType,
    int Width,
    int Height,
    long Bytes,
    decimal? DurationSec = null,
    string? PosterKey = null);
