namespace Providers.Local;

/// <summary>How a source becomes a frame of the wanted size.</summary>
internal static class Fit
{
    /// <summary>Filters that fill the frame and cut what stands over; what has to go at top and bottom goes rather below, where faces are not.</summary>
    /// <param name="captioned">The source carries a caption strip of ours, which goes first.</param>
    public static string Fill(int width, int height, bool captioned)
    {
        var caption = captioned ? FormattableString.Invariant($"crop=iw:floor(ih*{1 - Label.StripHeight}):0:0,") : "";
        return $"{caption}scale={width}:{height}:force_original_aspect_ratio=increase:flags=lanczos,crop={width}:{height}:(iw-ow)/2:(ih-oh)*0.18,setsar=1";
    }
}
