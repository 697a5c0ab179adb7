namespace Media.Images;

/// <summary>Bounds a picture must keep.</summary>
/// <param name="MaxBytes">Length of the file.</param>
/// <param name="MinSide">Pixels of the shorter side.</param>
/// <param name="MaxPixels">Width × height.</param>
public readonly record struct ImageLimits(long MaxBytes, int MinSide, long MaxPixels)
{
    public static ImageLimits ForUploads(MediaOptions options) => new(options.MaxImageBytes, options.MinSidePixels, options.MaxPixels);

    /// <summary>What a generator made: a 4K PNG may be larger than an upload may be.</summary>
    public static ImageLimits ForGenerated(MediaOptions options) => new(8 * options.MaxImageBytes, 1, options.MaxPixels);
}
