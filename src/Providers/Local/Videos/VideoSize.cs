using System.Globalization;
using Contracts.Generation;
using Providers.Local.Images;

namespace Providers.Local.Videos;

/// <summary>How large a clip becomes, as vendors do it: the resolution names the shorter side.</summary>
/// <param name="Width">Pixels, even.</param>
/// <param name="Height">Pixels, even.</param>
internal readonly record struct VideoSize(int Width, int Height)
{
    private const int DefaultShortSide = 720;

    // beyond it the longer side would pass what players take
    private const double WidestAspect = 21.0 / 9;

    /// <param name="sourceAspect">Width ÷ height of the first frame; for <c>source</c>, <c>auto</c> and models without ratios, kept within 21:9 and 9:21.</param>
    public static VideoSize For(GenerationParameters parameters, double sourceAspect)
    {
        var aspect = Math.Clamp(ImageSize.Aspect(parameters.AspectRatio) ?? sourceAspect, 1 / WidestAspect, WidestAspect);
        var side = ShortSide(parameters.Resolution);
        return aspect >= 1 ? new VideoSize(Even(side * aspect), Even(side)) : new VideoSize(Even(side), Even(side / aspect));
    }

    /// <summary>The same ratio, with no side longer than so many pixels; 0 leaves it as it is.</summary>
    public VideoSize Within(int longest)
    {
        var scale = longest > 0 ? (double)longest / Math.Max(Width, Height) : 1;
        return scale >= 1 ? this : new VideoSize(Even(Width * scale), Even(Height * scale));
    }

    private static int ShortSide(string? resolution) => resolution?.ToUpperInvariant() switch
    {
        null => DefaultShortSide,
        "1K" => 1080,
        "2K" => 1440,
        "4K" => 2160,
        var named when int.TryParse(named.TrimEnd('P'), NumberStyles.None, CultureInfo.InvariantCulture, out var side) && side is >= 120 and <= 2160 => side,
        _ => DefaultShortSide,
    };

    private static int Even(double pixels) => Math.Max(16, (int)Math.Round(pixels / 2) * 2);
}
