namespace Media;

/// <summary>How objects are named.</summary>
public static class ObjectKeys
{
    /// <summary><c>t/7/sha256/ab/abcdef….png</c>; <paramref name="extension"/> without the dot.</summary>
    public static string ForContent(long tenantId, string sha256, string extension) => $"t/{tenantId}/sha256/{sha256[..2]}/{sha256}.{extension}";

    /// <summary><c>t/7/thumb/ab/abcdef…-320.webp</c>: a thumbnail of the given width in pixels.</summary>
    public static string ForThumbnail(long tenantId, string sha256, int width) => $"t/{tenantId}/thumb/{sha256[..2]}/{sha256}-{width}.webp";
}
