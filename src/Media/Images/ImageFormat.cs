namespace Media.Images;

/// <summary>The picture formats that are taken in.</summary>
public enum ImageFormat
{
    Png,
    Jpeg,
    WebP,
}
