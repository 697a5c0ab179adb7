namespace Media.Videos;

/// <param name="Codec">As ffprobe names it, for example <c>h264</c>.</param>
/// <param name="Width">Pixels as shown.</param>
/// <param name="Height">Pixels as shown.</param>
/// <param name="DurationSec">Seconds, to the millisecond.</param>
public sealed record VideoFacts(string Codec, int Width, int Height, decimal DurationSec);
