namespace Media.Images;

/// <summary>What a format's own reader found; sizes are unjudged.</summary>
internal readonly record struct RawHeader(int Width, int Height, string? Refusal)
{
    public const string Truncated = "The file ends too early; it seems to be cut off.";

    public static RawHeader Refused(string reason) => new(0, 0, reason);
}
