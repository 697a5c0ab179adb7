namespace Providers.Local;

/// <summary>How a source becomes a frame of the wanted size.</summary>
internal static class Fit
{
    /// <summary>Filters that fill the frame and cut what stands over; what has to go at top and bottom goes rather below, where faces are not.</summary>
    public static string Fill(int width, int height) =>
        $"scale={width}:{height}:force_original_aspect_ratio=increase:flags=lanczos,crop={width}:{height}:(iw-ow)/2:(ih-oh)*0.3,setsar=1";
}
