namespace Media.Images;

/// <summary>What a file's header says.</summary>
public abstract record ImageProbeResult
{
    private ImageProbeResult()
    {
    }

    /// <param name="Width">Pixels as shown, orientation applied.</param>
    /// <param name="Height">Pixels as shown.</param>
    public sealed record Accepted(ImageFormat Format, int Width, int Height) : ImageProbeResult;

    /// <param name="Reason">A sentence for the person who sent the file.</param>
    public sealed record Refused(string Reason) : ImageProbeResult;
}
